import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { evaluate, type LiveState, type Memory, NOTHING_SEEN, type Relation } from '../src/index.ts'
import { CRASH, OLD, pod, replicaSet, START, state, WANTED, wanted } from './fixture.ts'

const OTHER = 'c'.repeat(40)

/** Looks at trees and operations of any commit; where Argo CD is at the wanted one or a newer, it is not synced there. */
const shape = fc.record({
  revision: fc.constantFrom(WANTED, OLD, OTHER, 'main', ''),
  sync: fc.constantFrom('Synced', 'OutOfSync', 'Unknown'),
  health: fc.constantFrom('Healthy', 'Progressing', 'Degraded', 'Missing', 'Suspended'),
  phase: fc.constantFrom('Running', 'Succeeded', 'Failed', 'Terminating'),
  operationRevision: fc.constantFrom(WANTED, OLD, OTHER),
  finishedAt: fc.constantFrom('2026-01-15T11:59:00Z', '2026-01-15T12:10:00Z'),
  conditions: fc.constantFrom<{ type: string; message: string }[]>(
    [],
    [{ type: 'ComparisonError', message: 'failed to generate manifest' }],
    [{ type: 'SyncError', message: `Failed last sync attempt to [${OLD}]` }],
  ),
})
const tree = fc.constantFrom(
  { pods: [], nodes: [] },
  { pods: [pod({ health: 'Healthy' })], nodes: [replicaSet('rs-new', 2)] },
  {
    pods: [pod({ reason: 'CrashLoopBackOff', restarts: 4, lastState: CRASH })],
    nodes: [replicaSet('rs-old', 1), replicaSet('rs-new', 2)],
  },
)
const look = fc.record({
  shape,
  tree,
  relation: fc.constantFrom<Relation>('older', 'unknown', 'newer', 'elsewhere', 'diverged'),
  operated: fc.constantFrom<Relation>('same', 'older', 'newer', 'unknown'),
  hydrated: fc.constantFrom<Relation>('same', 'newer', 'older', 'unknown'),
  refreshed: fc.boolean(),
  passed: fc.nat(60_000),
})
type Look = typeof look extends fc.Arbitrary<infer T> ? T : never

/** Whether this look shows the wanted revision, or one that contains it, in the cluster. */
function showsIt({ application, relation, hydrated }: LiveState): boolean {
  const isThere = relation === 'same' || relation === 'newer'
  const isRead = hydrated === 'same' || hydrated === 'newer'
  return isThere && isRead && application.status.sync.status === 'Synced'
}

function stateOf({ shape: given, tree: { pods, nodes }, ...more }: Look, now: number): LiveState {
  const { relation, operated, hydrated, refreshed } = more
  const isSame = given.revision === WANTED
  return state(
    given,
    { now, relation: isSame ? 'same' : relation, operated, hydrated, refreshed },
    pods,
    nodes,
  )
}

const want = wanted({ acceptSuspended: true, settle: 1 })

test('no order, loss or repetition of looks makes a revision live that no look shows to be synced', () => {
  fc.assert(
    fc.property(fc.array(look, { maxLength: 30 }), (looks) => {
      let memory: Memory = NOTHING_SEEN
      let now = START
      for (const one of looks) {
        now += one.passed
        const seen = stateOf(one, now)
        if (showsIt(seen)) continue
        const judged = evaluate(memory, seen, want)
        memory = judged.memory
        expect(['live', 'superseded']).not.toContain(judged.verdict.status)
      }
    }),
    { numRuns: 300 },
  )
})

test('nor one that was synced, but of which Argo CD has compared only once', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(60_000)), { maxLength: 30 }), (looks) => {
      let memory: Memory = NOTHING_SEEN
      let now = START
      for (const [isThere, passed] of looks) {
        now += passed
        const at = isThere ? {} : { revision: OLD }
        const judged = evaluate(memory, state(at, { now, refreshed: false }), want)
        memory = judged.memory
        expect(judged.verdict.status).toBe('pending')
      }
    }),
  )
})

test('the same look with the same memory is judged the same, and leaves the memory as it is', () => {
  fc.assert(
    fc.property(fc.array(look, { minLength: 1, maxLength: 8 }), (looks) => {
      let memory: Memory = NOTHING_SEEN
      let now = START
      for (const one of looks) {
        now += one.passed
        const seen = stateOf(one, now)
        const before = [...memory.marks]
        const [first, again] = [evaluate(memory, seen, want), evaluate(memory, seen, want)]
        expect([again.verdict.status, again.verdict.reason]).toEqual([
          first.verdict.status,
          first.verdict.reason,
        ])
        expect(again.memory).toEqual(first.memory)
        expect([...memory.marks]).toEqual(before)
        memory = first.memory
      }
    }),
  )
})
