import { expect, test } from '@jest/globals'
import { evaluate, type LiveState, type Memory, NOTHING_SEEN } from '../src/index.ts'
import { CRASH, OLD, pod, replicaSet, SECOND, type Shape, START, state, WANTED, wanted } from './fixture.ts'

const ROLLOUTS = 10_000
const NEWER = 'd'.repeat(40)
const want = wanted()

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function numbers(seed: number): () => number {
  let at = seed
  return () => {
    at = (at + 0x6d2b79f5) | 0
    const mixed = Math.imul(at ^ (at >>> 15), 1 | at)
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((more ^ (more >>> 14)) >>> 0) / 2 ** 32
  }
}

/** When what happens in one healthy rollout, in seconds from the start of the wait. */
interface Course {
  readonly compared: number
  readonly syncing: number
  readonly synced: number
  readonly judged: number
  readonly scheduled: number
  readonly pulled: number
  readonly ready: number
  readonly oldGone: number
  readonly newer: number
  readonly noise: readonly Noise[]
}

/** Something that is so for a while and then passes. */
interface Noise {
  readonly from: number
  readonly to: number
  readonly kind: 'degraded' | 'unreachable' | 'out-of-sync' | 'progressing'
}

function courseOf(random: () => number): Course {
  const after = (before: number, most: number) => before + random() * most
  const compared = after(0, 60)
  const syncing = after(compared, 8)
  const synced = after(syncing, random() < 0.1 ? 90 : 15)
  const judged = after(synced, 5)
  const scheduled = after(judged, random() < 0.2 ? 300 : 3)
  const pulled = after(scheduled, 40)
  const ready = after(pulled, random() < 0.1 ? 400 : 60)
  const kinds = ['degraded', 'unreachable', 'out-of-sync', 'progressing'] as const
  const noise = kinds.flatMap((kind): Noise[] => {
    if (random() > 0.25) return []
    const from = after(0, ready)
    return [{ kind, from, to: after(from, LONGEST[kind]) }]
  })
  return {
    compared,
    syncing,
    synced,
    judged,
    scheduled,
    pulled,
    ready,
    oldGone: after(ready, 30),
    noise,
    newer: random() < 0.1 ? after(judged, 120) : Infinity,
  }
}

/** How long such a thing takes to pass, in seconds. */
const LONGEST = { degraded: 45, unreachable: 40, 'out-of-sync': 20, progressing: 60 }

const SETS = [replicaSet('rs-old', 1), replicaSet('rs-new', 2)]
const owner = (uid: string) => ({ kind: 'ReplicaSet', uid })
/** After the sync began, whenever that is. */
const createdAt = '2026-01-15T13:00:00Z'
const OLD_POD = pod({
  name: 'old',
  health: 'Degraded',
  reason: 'CrashLoopBackOff',
  restarts: 9,
  lastState: CRASH,
  createdAt: '2026-01-15T11:00:00Z',
  owner: owner('rs-old'),
})
const PENDING = pod({
  name: 'new',
  health: 'Progressing',
  phase: 'Pending',
  createdAt,
  owner: owner('rs-new'),
})
const PULLING = pod({
  name: 'new',
  reason: 'ErrImagePull',
  message: 'i/o timeout',
  createdAt,
  owner: owner('rs-new'),
})
const STARTING = pod({
  name: 'new',
  health: 'Progressing',
  restarts: 1,
  lastState: CRASH,
  createdAt,
  owner: owner('rs-new'),
})
const READY = pod({ name: 'new', health: 'Healthy', createdAt, owner: owner('rs-new') })

const STAGES = [OLD_POD, PENDING, PULLING, STARTING, READY]

/** What Argo CD shows at that second. */
function shapeAt(at: number, course: Course): Shape {
  const is = (kind: Noise['kind']) =>
    course.noise.some((one) => one.kind === kind && at >= one.from && at < one.to)
  const time = (second: number) => new Date(START + Math.floor(second) * SECOND).toISOString()
  const { compared, syncing, synced, judged, ready, newer } = course
  const unreachable = is('unreachable')
    ? {
        conditions: [{ type: 'ComparisonError', message: 'failed to list refs: dial tcp: i/o timeout' }],
        sync: 'Unknown',
      }
    : {}
  if (at < compared) return { revision: OLD, operationRevision: OLD, ...unreachable }
  if (at < syncing) return { revision: WANTED, sync: 'OutOfSync', operationRevision: OLD, ...unreachable }
  if (at < synced)
    return { sync: 'OutOfSync', phase: 'Running', startedAt: time(syncing), health: 'Progressing' }
  const ended = { startedAt: time(syncing), finishedAt: time(synced) }
  if (at < judged) return { ...ended, reconciledAt: time(syncing), sync: 'OutOfSync' }
  const health = at < ready || is('progressing') ? 'Progressing' : 'Healthy'
  const revision = at >= newer ? NEWER : WANTED
  const sync = is('out-of-sync') ? { sync: 'OutOfSync', automated: { selfHeal: true } } : {}
  return {
    ...ended,
    revision,
    operationRevision: WANTED,
    health: is('degraded') ? 'Degraded' : health,
    ...sync,
    ...unreachable,
  }
}

function podsAt(at: number, { scheduled, pulled, ready, oldGone, judged }: Course) {
  const fresh =
    at < judged
      ? []
      : at < scheduled
        ? [PENDING]
        : at < Math.min(pulled, scheduled + 15)
          ? [PULLING]
          : at < ready
            ? [STARTING]
            : [READY]
  return at < oldGone ? [OLD_POD, ...fresh] : fresh
}

/** By what is seen but for its times: to check hundreds of thousands of Applications would take minutes. */
const SEEN = new Map<string, LiveState>()

function stateAt(at: number, course: Course, comparedAt: number): LiveState {
  const { startedAt, finishedAt, reconciledAt, ...shape } = shapeAt(at, course)
  const pods = podsAt(at, course)
  const relation = at < course.compared ? 'older' : shape.revision === NEWER ? 'newer' : 'same'
  const key = `${JSON.stringify(shape)} ${relation} ${pods.map((one) => STAGES.indexOf(one))}`
  const seen = SEEN.get(key) ?? state(shape, { relation, operated: 'unknown' }, pods, SETS)
  SEEN.set(key, seen)
  const { application } = seen
  const { operationState } = application.status
  const times = { ...(startedAt && { startedAt }), ...(finishedAt && { finishedAt }) }
  const compared = reconciledAt ?? new Date(START + Math.floor(comparedAt) * SECOND).toISOString()
  const status = {
    ...application.status,
    reconciledAt: compared,
    ...(operationState && { operationState: { ...operationState, ...times } }),
  }
  return { ...seen, application: { ...application, status }, now: START + at * SECOND }
}

/** The end of the wait: looks every ten seconds and whenever something changes, of which some get lost, come twice or late. */
function waitFor(course: Course, random: () => number): string {
  let memory: Memory = NOTHING_SEEN
  let comparedAt = 0
  for (let at = 0; at < 1_800; at += random() < 0.3 ? 1 + random() * 3 : 8 + random() * 4) {
    if (random() < 0.15) continue
    if (random() < 0.7) comparedAt = at
    const seen = stateAt(random() < 0.05 ? Math.max(0, at - 2) : at, course, comparedAt)
    const now = START + at * SECOND
    for (const look of random() < 0.1 ? [seen, seen] : [seen]) {
      const judged = evaluate(memory, { ...look, now }, want)
      memory = judged.memory
      if (judged.verdict.status !== 'pending') return `${judged.verdict.status}: ${judged.verdict.reason}`
    }
  }
  return 'timeout'
}

test(`of ${ROLLOUTS} healthy rollouts, however noisy, none fails`, () => {
  const ends = new Map<string, number>()
  for (let seed = 0; seed < ROLLOUTS; seed += 1) {
    const random = numbers(seed)
    const end = waitFor(courseOf(random), random)
    ends.set(end, (ends.get(end) ?? 0) + 1)
  }
  const good = (ends.get('live: synced and healthy') ?? 0) + (ends.get('superseded: synced and healthy') ?? 0)
  expect([Object.fromEntries(ends), good]).toEqual([expect.anything(), ROLLOUTS])
  expect(ends.get('superseded: synced and healthy')).toBeGreaterThan(100)
})
