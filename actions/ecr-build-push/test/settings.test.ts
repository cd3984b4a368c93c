import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { SettingsReview } from '@mlops-actions/ecr'
import { readContext } from '@mlops-actions/runner'
import { failureOf } from '../../../test/harness/failure.ts'
import { HOSTILE_TEXT } from '../../../test/harness/hostile.ts'
import { REPOSITORY, type ScanFixture, startScanFixture } from '../../../test/harness/scans.ts'
import { inputs as schema } from '../src/inputs.ts'
import { createWanted, readSettings, warnOf, withSettings } from '../src/settings.ts'

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

describe('a file with a lifecycle policy', () => {
  let workspace: string
  beforeEach(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'policy-'))
  })
  afterEach(() => rm(workspace, { recursive: true }))

  const settingsOf = (path: string) => {
    const given: Record<string, string> = {
      repository: 'ml/churn',
      tags: 'v1',
      'create-repository': 'true',
      'lifecycle-policy': path,
    }
    const inputs = schema.read(
      (name) => given[name] ?? '',
      () => {},
    )
    return readSettings(inputs, workspace)
  }

  test('is read as it is', async () => {
    const text = '{\n  "rules": [{ "rulePriority": 1 }]\n}\n'
    await writeFile(join(workspace, 'policy.json'), text)
    expect((await settingsOf('policy.json'))?.lifecyclePolicy).toBe(text)
  })

  test.each<[what: string, path: string, content: string, seen: string]>([
    ['that is not there', 'no.json', '', 'there is no file no.json'],
    ['outside of the workspace', '/etc/passwd', '', '/etc/passwd leads out of the workspace'],
    ['that is no JSON', 'policy.json', 'rules: []', 'policy.json is no JSON'],
    ['without rules', 'policy.json', '{"rules":[]}', 'policy.json has no list of `rules`'],
    [
      'that is too long',
      'policy.json',
      `{"rules":[1],"x":"${'x'.repeat(30_701)}"}`,
      'policy.json has 30,721 characters, and ECR takes 30,720',
    ],
    ['that is no policy at all', 'policy.json', 'x'.repeat(200_001), 'policy.json has 200,001 bytes'],
  ])('%s is refused', async (_what, path, content, seen) => {
    if (content !== '') await writeFile(join(workspace, 'policy.json'), content)
    const { details } = await failureOf(() => settingsOf(path))
    expect(details).toMatchObject({ kind: 'config', on: 'the input `lifecycle-policy`', seen })
  })
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
