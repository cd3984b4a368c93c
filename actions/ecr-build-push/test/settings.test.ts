import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { SettingsReview } from '@mlops-actions/ecr'
import { readContext } from '@mlops-actions/runner'
import { HOSTILE_TEXT } from '../../../test/harness/hostile.ts'
import { REPOSITORY, type ScanFixture, startScanFixture } from '../../../test/harness/scans.ts'
import { createWanted, warnOf, withSettings } from '../src/settings.ts'

let fixture: ScanFixture
beforeEach(async () => {
  fixture = await startScanFixture()
})
afterEach(() => fixture.close())

const world = () => ({
  ...fixture.world,
  context: readContext({}),
  output: () => {},
  idToken: () => Promise.reject(new Error('no token is needed')),
})
const RESULT = { outputs: {}, summary: '## ✅ pushed', report: { outcome: 'pushed' } }
const review = (text: string): SettingsReview => ({
  differences: [{ setting: 'repository-tags', wanted: 'team=ml', found: text }],
  notes: [`${text} could not be compared`],
})

test('a repository that another job makes at the same moment is not ours: it is compared, and not changed', async () => {
  const wanted = { tagMutability: 'IMMUTABLE', lifecyclePolicy: '{"rules":[]}' } as const
  expect(await createWanted(world(), fixture.ecr, REPOSITORY, wanted)).toEqual({
    created: false,
    review: {
      // Not the lifecycle policy, which the other job may be about to set.
      differences: [{ setting: 'tag-mutability', wanted: 'IMMUTABLE', found: 'MUTABLE' }],
      notes: [],
    },
  })
  expect(fixture.repository).toMatchObject({ tagMutability: 'MUTABLE', lifecyclePolicy: undefined })
})

describe('what differs', () => {
  test('is a warning, and what could not be compared is a line', () => {
    warnOf(REPOSITORY, review('team=infra'), world())
    expect(fixture.world.lines).toEqual([
      'warning: The repository ml/churn exists, and is left as it is: `repository-tags` asks for team=ml, it has team=infra',
      'team=infra could not be compared',
    ])
  })

  test.each(HOSTILE_TEXT)('is shown as text: %j', (text) => {
    const { summary } = withSettings(RESULT, review(text))
    expect(summary.split('\n').filter((line) => line.startsWith('| `repository-tags` |'))).toHaveLength(1)
    expect(summary).not.toMatch(/^\s*::\w|##\[|[\u001b\u202e\u2066]/m)
    const outside = summary.replace(/(`+)[^`\n]+?\1/g, '').replace(/<code>.*?<\/code>/g, '')
    expect(outside).not.toMatch(/<(?!br>)|!\[|(?<!\\)\[[^\]]*\]\(|:\/\/(?!\u200b)/)
  })

  test('is nothing where nothing does', () => {
    expect(withSettings(RESULT, { differences: [], notes: [] })).toEqual(RESULT)
    expect(withSettings(RESULT, undefined)).toEqual(RESULT)
  })
})
