import { afterAll, expect, test } from '@jest/globals'
import { createLiveJudge, type LiveState } from '../src/index.ts'
import { CRASH, OLD, pod, replicaSet, SECOND, type Shape, START, state, WANTED, wanted } from './fixture.ts'

/** From the moment that something shows to the end of the wait. */
const MOST_SECONDS = 30
/** Between two looks, as the action has it by default, with the most that its jitter adds. */
const INTERVAL = 10 * SECOND
const LATE = 1.2

type Look = (at: number) => LiveState
const told: string[] = []
afterAll(() => console.info(`Seconds from showing to red:\n${told.join('\n')}`))

/** A wait that looks as the action does: at every interval, or sooner where the judge says that a look is due. */
function secondsToRed(look: Look): { readonly seconds: number; readonly why: string } {
  const judge = createLiveJudge(wanted())
  for (let now = START; now <= START + 900 * SECOND; ) {
    const verdict = judge.evaluate(look(now))
    if (verdict.status === 'failed')
      return { seconds: (now - START) / SECOND, why: `${verdict.failure.kind}: ${verdict.failure.code}` }
    now += Math.round(Math.min(INTERVAL, judge.dueIn(now) ?? INTERVAL) * LATE)
  }
  return { seconds: Infinity, why: 'it never ends' }
}

const pods =
  (...all: ReturnType<typeof pod>[]) =>
  (now: number) =>
    state({}, { now }, all)
const shape =
  (given: Shape, more: Partial<LiveState> = {}) =>
  (now: number) =>
    state(given, { now, ...more })
const GENERATING = 'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: '

/** Retry-waiting of the operation, for the second time from the fifth second on. */
const retrying = (resource: object) => (now: number) =>
  state(
    {
      phase: 'Running',
      sync: 'OutOfSync',
      finishedAt: '2026-01-15T11:59:00Z',
      retryCount: now < START + 5 * SECOND ? 1 : 2,
      syncResources: [{ kind: 'Job', name: 'migrate', ...resource }],
    },
    { now },
  )

test.each<[string, Look]>([
  ['an image that is not there', pods(pod({ reason: 'ImagePullBackOff', message: 'manifest unknown' }))],
  ['an image that may not be pulled', pods(pod({ reason: 'ErrImagePull', message: 'denied' }))],
  ['a registry that does not answer', pods(pod({ reason: 'ImagePullBackOff', message: 'i/o timeout' }))],
  ['an image name that is none', pods(pod({ reason: 'InvalidImageName', message: 'bad' }))],
  ['a crash loop', pods(pod({ reason: 'CrashLoopBackOff', restarts: 2, lastState: CRASH }))],
  [
    'a storage-initializer that fails',
    pods(pod({ reason: 'Init:CrashLoopBackOff', restarts: 1, lastState: CRASH })),
  ],
  ['a Secret that is not there', pods(pod({ reason: 'CreateContainerConfigError', message: 'secret "x"' }))],
  [
    'a quota that is used up',
    (now) => {
      const health = { status: 'Degraded', message: 'pods "x" is forbidden: exceeded quota' }
      return state({}, { now }, [], [replicaSet('rs-new', 2, health)])
    },
  ],
  ['a hook that failed', shape({ phase: 'Failed', sync: 'OutOfSync' })],
  ['a hook that is tried again', retrying({ hookType: 'PreSync', hookPhase: 'Failed', message: 'exit 1' })],
  [
    'a right that Argo CD lacks',
    retrying({ status: 'SyncFailed', message: 'jobs.batch is forbidden: User "x" cannot create resource' }),
  ],
  [
    'an object that the API server calls invalid',
    retrying({ status: 'SyncFailed', message: 'Job "migrate" is invalid: spec.template: Required value' }),
  ],
  [
    'a manifest that is no YAML',
    shape({
      sync: 'Unknown',
      conditions: [{ type: 'ComparisonError', message: `${GENERATING}yaml: line 3: did not find` }],
    }),
  ],
  [
    'retries that are used up',
    shape({
      sync: 'OutOfSync',
      conditions: [{ type: 'SyncError', message: `Failed last sync [${WANTED}]` }],
    }),
  ],
  ['a force-push', shape({ revision: OLD }, { relation: 'diverged' })],
])('%s ends the wait within half a minute', (what, look) => {
  expect(tell(what, look)).toBeLessThanOrEqual(MOST_SECONDS)
})

test.each<[string, Look]>([
  [
    'a branch that the commit is not on',
    shape({ revision: OLD, targetRevision: 'prod' }, { relation: 'elsewhere' }),
  ],
  ['automated sync that is off', shape({ sync: 'OutOfSync', automated: null, operationRevision: OLD })],
])('%s, which somebody may be about to change, at the first look after that', (what, look) => {
  const seconds = tell(what, look)
  expect(seconds).toBeGreaterThanOrEqual(MOST_SECONDS)
  expect(seconds).toBeLessThanOrEqual(MOST_SECONDS * LATE)
})

function tell(what: string, look: Look): number {
  const { seconds, why } = secondsToRed(look)
  told.push(`${seconds.toFixed(1).padStart(6)}  ${what} (${why})`)
  return seconds
}
