import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  evaluate,
  type LiveState,
  type LiveWant,
  type Memory,
  NOTHING_SEEN,
  type Relation,
} from '../src/index.ts'
import { CRASH, OLD, pod, replicaSet, START, state, WANTED, wanted } from './fixture.ts'

const OTHER = 'c'.repeat(40)

const BACK_OFF = { reason: 'CrashLoopBackOff', restarts: 4, lastState: CRASH }
const SETS = [replicaSet('rs-old', 1), replicaSet('rs-new', 2)]

/** Mostly the good one, so that what is wrong is wrong alone. */
const mostly = <T>(good: T, ...others: T[]) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

const tree = mostly<{ pods: ReturnType<typeof pod>[]; nodes: object[] }>(
  { pods: [pod({ health: 'Healthy' })], nodes: SETS },
  { pods: [], nodes: [] },
  { pods: [pod(BACK_OFF)], nodes: SETS },
  { pods: [pod({ ...BACK_OFF, owner: { kind: 'ReplicaSet', uid: 'rs-old' } })], nodes: SETS },
)

/** What one look shows beside the place where Argo CD is: operations of any commit, and any state of health. */
const rest = fc.record({
  health: mostly('Healthy', 'Progressing', 'Degraded', 'Missing', 'Suspended'),
  phase: mostly('Succeeded', 'Running', 'Failed', 'Terminating'),
  operationRevision: fc.constantFrom(WANTED, OLD, OTHER),
  finishedAt: mostly('2026-01-15T11:59:00Z', '2026-01-15T12:10:00Z'),
  conditions: mostly<{ type: string; message: string }[]>(
    [],
    [{ type: 'ComparisonError', message: 'failed to generate manifest' }],
    [{ type: 'SyncError', message: `Failed last sync attempt to [${OLD}]` }],
  ),
})

/** Why it is not there: Argo CD is elsewhere, whatever is Synced there; or it is there, and that is not in the cluster. */
const flaw = fc.oneof(
  fc.record({
    revision: fc.constantFrom(OLD, OTHER, 'main', ''),
    sync: mostly('Synced', 'OutOfSync', 'Unknown'),
    relation: fc.constantFrom<Relation>('older', 'unknown', 'elsewhere', 'diverged'),
    hydrated: fc.constant<Relation>('same'),
  }),
  fc.record({
    revision: fc.constantFrom(WANTED, OTHER),
    sync: fc.constantFrom('OutOfSync', 'Unknown'),
    relation: fc.constantFrom<Relation>('same', 'newer'),
    hydrated: fc.constant<Relation>('same'),
  }),
  fc.record({
    revision: fc.constantFrom(WANTED, OTHER),
    sync: fc.constant('Synced'),
    relation: fc.constantFrom<Relation>('same', 'newer'),
    hydrated: fc.constantFrom<Relation>('older', 'unknown', 'diverged'),
  }),
)
const look = fc.record({
  rest,
  flaw,
  tree,
  operated: fc.constantFrom<Relation>('same', 'older', 'newer', 'unknown'),
  refreshed: mostly(true, false),
  passed: fc.nat(60_000),
})
type Look = typeof look extends fc.Arbitrary<infer T> ? T : never

const DRY = { repoURL: 'https://git.example/octo/gitops.git', path: 'churn', targetRevision: 'main' }
const [git, hydrated] = (['git', 'hydrated'] as const).map((kind) =>
  wanted({ acceptSuspended: true, settle: 1, source: { source: DRY, index: undefined, kind } }),
)

/** With the manifests of a source hydrator, which Git alone does not have. */
function stateOf({ rest: given, flaw: place, tree: { pods, nodes }, ...more }: Look, now: number): LiveState {
  const { revision, sync, relation, hydrated } = place
  const { operated, refreshed } = more
  const seen = state(
    { ...given, revision, sync },
    { now, relation, hydrated, operated, refreshed },
    pods,
    nodes,
  )
  const { status } = seen.application
  const written = { phase: 'Hydrated', message: '', drySHA: WANTED, hydratedSHA: OTHER, startedAt: '' }
  return {
    ...seen,
    application: {
      ...seen.application,
      status: { ...status, sourceHydrator: { currentOperation: written } },
    },
  }
}

/** The verdicts on looks, one after the other, each with the memory of those before. */
function* judged(looks: readonly Look[]): Generator<string> {
  const memories = new Map<LiveWant | undefined, Memory>()
  let now = START
  for (const one of looks) {
    now += one.passed
    // Whether a commit is written anew is a question of a source hydrator only.
    const want = one.flaw.hydrated === 'same' ? git : hydrated
    if (want === undefined) continue
    const { memory, verdict } = evaluate(memories.get(want) ?? NOTHING_SEEN, stateOf(one, now), want)
    memories.set(want, memory)
    yield verdict.status
  }
}

test('no order, loss or repetition of looks makes a revision live that no look shows to be synced', () => {
  fc.assert(
    fc.property(fc.array(look, { maxLength: 40 }), (looks) => {
      const ends = [...judged(looks)]
      expect(ends.filter((end) => end === 'live' || end === 'superseded')).toEqual([])
    }),
    { numRuns: 400 },
  )
})

test('and the same looks make it live where they show it twice, so it is that which they lack', () => {
  fc.assert(
    fc.property(fc.array(look, { maxLength: 10 }), (looks) => {
      const good = {
        health: 'Healthy',
        phase: 'Succeeded',
        finishedAt: '2026-01-15T11:59:00Z',
        conditions: [],
      }
      const place = { revision: WANTED, sync: 'Synced', relation: 'same', hydrated: 'same' } as const
      const shown = [1, 2, 3].map(() => ({
        rest: { ...good, operationRevision: WANTED },
        flaw: place,
        tree: { pods: [], nodes: [] },
        operated: 'unknown' as const,
        refreshed: true,
        passed: 10_000,
      }))
      expect([...judged([...looks, ...shown])].at(-1)).toBe('live')
    }),
  )
})

const want = wanted({ acceptSuspended: true, settle: 1 })

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
