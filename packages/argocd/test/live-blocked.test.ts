import { describe, expect, test } from '@jest/globals'
import type { LiveState } from '../src/index.ts'
import { after, judgeOf, OLD, SECOND, type Shape, START, state } from './fixture.ts'

const DENY = { kind: 'deny', schedule: '0 22 * * *', duration: '8h' }
const OUT = { sync: 'OutOfSync', operationRevision: OLD }

const CASES: readonly [string, Shape, Partial<LiveState>, string, string][] = [
  ['a closed sync window', OUT, { blocking: DENY }, 'ARGOCD_WINDOW', 'a sync window keeps it from syncing'],
  ['automated sync off', { ...OUT, automated: null }, {}, 'ARGOCD_AUTO_SYNC_OFF', 'automated sync is off'],
  [
    'a pull request that is not merged',
    { revision: OLD, targetRevision: 'main' },
    { relation: 'diverged', proposal: 'pull request #12 (to main), which is not merged' },
    'ARGOCD_NOT_MERGED',
    'the wanted commit is on no branch that Argo CD follows: it belongs to pull request #12',
  ],
  [
    'only pruning, which automated sync leaves alone',
    { ...OUT, resources: [{ kind: 'Service', name: 'x', status: 'OutOfSync', requiresPruning: true }] },
    {},
    'ARGOCD_PRUNE',
    'only resources that have to be pruned',
  ],
]

describe.each(CASES)('%s is no time-out', (_, shape, more, code, words) => {
  const look = (now: number) => state(shape, { now, ...more })

  test('it ends the wait with kind policy when it has lasted for half a minute', () => {
    expect(after(25, look)).toContain('pending')
    expect(after(35, look)).toContain('failed: policy')
    expect(after(35, look)).toContain(words)
  })

  test('or is waited for, and known as blocked when the time is over', () => {
    const judge = judgeOf({ onBlocked: 'wait' })
    expect(after(600, look, judge)).toContain('pending')
    expect(judge.verdict?.status).toBe('blocked')
    expect(judge.blocked).toMatchObject({ kind: 'policy', code })
  })

  test('and nothing is blocked any more once it is over', () => {
    const judge = judgeOf({ onBlocked: 'wait' })
    const opening = (now: number) => (now < START + 60 * SECOND ? look(now) : state({}, { now }))
    expect(after(120, opening, judge)).toBe('done: live')
    expect(judge.blocked).toBeUndefined()
  })
})

test('an annotation that stops Argo CD altogether is known at the first look', () => {
  const stopped = { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } }
  const judge = judgeOf()
  expect(after(0, (now) => state(stopped, { now }), judge)).toContain('failed: policy: the annotation')
  expect(judge.blocked?.code).toBe('ARGOCD_SKIP_RECONCILE')
})
