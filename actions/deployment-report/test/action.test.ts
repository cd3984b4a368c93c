import { describe, expect, test } from '@jest/globals'
import { HOSTILE_TEXT } from '../../../test/harness/hostile.ts'
import { BACK_COMMIT, NEW_COMMIT, REPORTS, tell } from './fixture.ts'

const GOOD = 'bump=success\nsync=success\nhealth=success\nrollback=skipped\nresync=skipped\nrestored=skipped'
const BACK = 'bump=success\nsync=failure\nhealth=skipped\nrollback=success\nresync=success\nrestored=success'
const RUN = 'https://github.com/octo/churn/actions/runs/42'

describe('the report of a good deployment', () => {
  test('says what serves, how that is known, and how to undo it', async () => {
    const { bump, sync, health } = REPORTS
    const step = await tell({ steps: GOOD, reports: { bump, sync, health } })
    expect(step).toMatchObject({ code: 0, errors: [], outputs: { result: 'live' } })
    expect(step.outputs['text']).toBe(`churn serves its new version on production. ${RUN}`)
    expect(step.summary.split('\n')[0]).toBe('## ✅ churn serves its new version on production.')
    expect(step.summary).toContain(
      '→ 2 of 2 ready pods run this version, 0 restarts → 50 of 50 requests answered as expected, p95 11 ms → seen twice',
    )
    expect(step.summary).toContain('| image | `r.example/churn@sha256:0ld` | `r.example/churn@sha256:9a41` |')
    expect(step.summary).toContain(`\`rollback-of: ${NEW_COMMIT}\``)
    expect(step.summary).toContain('  Argo CD sync :0, 2000\n  rollout :2000, 2700')
  })

  test('is only the result where no summary is wanted', async () => {
    const step = await tell({
      steps: GOOD,
      reports: { bump: REPORTS.bump },
      inputs: { summary: 'on-failure' },
    })
    expect(step).toMatchObject({ code: 0, summary: '', outputs: { result: 'live' } })
  })

  test('says when nothing had to be changed, also when nobody knows what stood there before', async () => {
    const unknownBefore = JSON.stringify(REPORTS.foundThere).replaceAll(/"before":"[^"]*"/g, '"before":null')
    const step = await tell({ steps: GOOD, reports: { bump: unknownBefore, sync: REPORTS.sync } })
    expect(step.summary).toMatch(/^## ✅ churn serves this version on production, as it did before/)
    expect(step.summary).toContain('| image | unknown | `r.example/churn@sha256:9a41` |')
    expect(step.summary).not.toContain('Undo')
  })
})

describe('the report of a deployment that was taken back', () => {
  test('says so first, then why, and what serves', async () => {
    const { bump, crash: sync, back: rollback, health: restored } = REPORTS
    const step = await tell({
      steps: BACK,
      reports: { bump, sync, rollback, restored },
      inputs: { environment: 'staging' },
    })
    expect(step).toMatchObject({ code: 0, errors: [], outputs: { result: 'rolled-back' } })
    const [verdict, , why, , advice] = step.summary.split('\n')
    expect(verdict).toBe(
      '## ❌ churn: the new version is not live on staging. The previous one was restored and is proven to serve.',
    )
    expect(why).toBe("**Why:** pod churn\\-x7k2p: CrashLoopBackOff<br>it said: KeyError: 'MODEL\\_PATH'")
    expect(advice).toBe('**Do this:** Look at the log of the container')
    expect(step.summary).toContain(
      '| | not live | serves |\n|:--|:--|:--|\n| image | `r.example/churn@sha256:9a41` | `r.example/churn@sha256:0ld` |',
    )
    expect(step.summary).toContain(
      `[\`${BACK_COMMIT.slice(0, 7)}\`](https://github.com/octo/gitops/commit/${BACK_COMMIT}) is on`,
    )
  })

  test('tells that somebody else was faster', async () => {
    const { bump, slow: health, overtaken: rollback, health: restored } = REPORTS
    const steps = BACK.replace('sync=failure\nhealth=skipped', 'sync=success\nhealth=failure')
    const step = await tell({ steps, reports: { bump, health, rollback, restored } })
    expect(step).toMatchObject({ code: 0, outputs: { result: 'superseded' } })
    expect(step.summary).toContain('A later one of somebody else stands there and is proven to serve')
    expect(step.summary).toContain('**Why:** The latency objective is missed: p95 140 ms')
    expect(step.summary).toContain('**Do this:** Give it more CPU')
    expect(step.summary).toContain(
      '| image | `r.example/churn@sha256:9a41` | `r.example/churn@sha256:1a7e` |',
    )
  })

  test('tells that the run was cancelled', async () => {
    const { bump, back: rollback, health: restored } = REPORTS
    const steps = BACK.replace('sync=failure', 'sync=cancelled')
    const step = await tell({ steps, reports: { bump, rollback, restored } })
    expect(step.summary).toContain('**Why:** the run was cancelled at the step that looks after Argo CD')
  })
})

describe('an alarm', () => {
  test.each([
    [
      'the rollback failed',
      'bump=success\nsync=failure\nrollback=failure',
      REPORTS.bump,
      'The previous one was not written back',
    ],
    [
      'the rollback is not proven',
      'bump=success\nsync=failure\nrollback=success\nresync=failure',
      REPORTS.bump,
      'is not proven to serve',
    ],
    [
      'there was no previous version',
      'bump=success\nsync=failure',
      REPORTS.first,
      'There is no previous one to go back to',
    ],
  ])('fails with one annotation when %s', async (_when, steps, bump, sentence) => {
    const step = await tell({ steps, reports: { bump, sync: REPORTS.crash } })
    expect(step).toMatchObject({
      code: 1,
      outputs: { result: 'failed', 'failure-kind': 'workload', retryable: 'false' },
    })
    expect(step.summary).toMatch(/^## 🚨 churn: the new version is not live on production\./)
    expect(step.summary).toContain('Look at production now')
    expect(step.errors).toEqual([
      { title: 'deployment-report: Nothing is proven to serve', message: expect.stringContaining(sentence) },
    ])
    expect(step.outputs['text']).toContain(sentence)
  })
})

test('nothing that was changed is no alarm', async () => {
  const step = await tell({ steps: 'bump=failure' })
  expect(step).toMatchObject({ code: 0, outputs: { result: 'failed' } })
  expect(step.summary).toMatch(/^## ❌ churn: nothing was changed on production\./)
})

test('a report that cannot be read costs details and no verdict', async () => {
  const step = await tell({ steps: GOOD, reports: { bump: 'no JSON', health: REPORTS.health } })
  expect(step).toMatchObject({ code: 0, outputs: { result: 'live' } })
  expect(step.stdout).toContain('::warning::The report of the step bump cannot be read')
})

test('what servers said stays the text that it is', async () => {
  const seen = HOSTILE_TEXT.join('\n')
  const step = await tell({
    steps: BACK,
    reports: { bump: REPORTS.bump, sync: { ...REPORTS.crash, seen }, rollback: REPORTS.back },
  })
  expect(step.summary).not.toMatch(/<script|<img|\]\(javascript/i)
})

test.each([
  [{ steps: 'bump=won' }, 'steps: got "bump=won"; want one of success, failure, cancelled, skipped'],
  [{ steps: 'push=success' }, 'steps: got "push=success"; want steps among bump, sync'],
  [{ steps: 'bump=success', reports: 'push=/tmp/x' }, 'reports: push is no step'],
  [{ steps: 'bump=success', service: '' }, 'service: is required'],
])('%j is a wrong input', async (inputs, message) => {
  const step = await tell({ steps: 'bump=success', inputs })
  expect(step).toMatchObject({ code: 1, outputs: { 'failure-kind': 'config' } })
  expect(step.errors[0]?.message).toContain(message)
})
