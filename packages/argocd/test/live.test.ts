import { describe, expect, test } from '@jest/globals'
import type { Verdict } from '@mlops-actions/wait'
import fc from 'fast-check'
import { isApplication, isResourceTree } from '../src/application.wire.ts'
import {
  createLiveJudge,
  isSameRepository,
  type Live,
  type LiveState,
  type LiveWant,
  selectSources,
} from '../src/index.ts'

const WANTED = 'a'.repeat(40)
const OLD = 'b'.repeat(40)
const START = Date.parse('2026-01-15T12:00:00Z')
const SECOND = 1_000

interface Shape {
  revision?: string
  sync?: string
  health?: string
  phase?: string
  operationRevision?: string
  finishedAt?: string
  reconciledAt?: string
  conditions?: { type: string; message: string }[]
  automated?: object | null
  annotations?: Record<string, string>
  deletionTimestamp?: string
  resources?: object[]
  syncResources?: object[]
  images?: string[]
  retryCount?: number
}

function application(shape: Shape = {}) {
  const { revision = WANTED, sync = 'Synced', health = 'Healthy', phase = 'Succeeded' } = shape
  return isApplication({
    metadata: {
      name: 'churn-prod',
      annotations: shape.annotations,
      deletionTimestamp: shape.deletionTimestamp,
    },
    spec: {
      source: { repoURL: 'https://git.example/octo/gitops.git', path: 'churn' },
      syncPolicy: shape.automated === null ? {} : { automated: shape.automated ?? {} },
    },
    status: {
      sync: { status: sync, revision },
      health: { status: health },
      operationState: {
        phase,
        message: `${phase} it`,
        finishedAt: phase === 'Running' ? undefined : (shape.finishedAt ?? '2026-01-15T11:59:00Z'),
        retryCount: shape.retryCount,
        syncResult: { revision: shape.operationRevision ?? revision, resources: shape.syncResources },
      },
      reconciledAt: shape.reconciledAt ?? '2026-01-15T12:00:00Z',
      conditions: shape.conditions,
      resources: shape.resources,
      summary: { images: shape.images },
    },
  })
}

function pod(reason: string, { name = 'churn-x7k2p', restarts = '0', health = 'Degraded' } = {}) {
  const info = [{ name: 'Status Reason', value: reason }, { name: 'Restart Count', value: restarts }] // biome-ignore format: one line
  return { kind: 'Pod', name, info, health: { status: health, message: 'back-off' } }
}

function state(shape: Shape = {}, more: Partial<LiveState> = {}, nodes: object[] = []): LiveState {
  const app = application(shape)
  const relation = app.status.sync.revision === WANTED ? 'same' : 'unknown'
  return { application: app, tree: isResourceTree({ nodes }), relation, now: START, refreshed: true, ...more }
}

function judgeOf(more: Partial<LiveWant> = {}) {
  const [source] = selectSources(application(), undefined)
  if (source === undefined) throw new Error('the fixture has a source')
  return createLiveJudge({
    revision: WANTED,
    source,
    images: [],
    settle: 10 * SECOND,
    degradedGrace: 60 * SECOND,
    acceptNewer: true,
    acceptSuspended: false,
    ...more,
  })
}

function text(verdict: Verdict<Live>): string {
  if (verdict.status === 'done') return `done: ${verdict.value.result}`
  if (verdict.status === 'failed') return `failed: ${verdict.failure.kind}: ${verdict.failure.details.seen}`
  return `pending: ${verdict.reason}`
}

/** The verdict on a state that stays as it is for `seconds`, looked at every five. */
function after(seconds: number, make: (now: number) => LiveState, judge = judgeOf()): string {
  let verdict = judge.evaluate(make(START))
  for (let at = 5; at <= seconds && verdict.status === 'pending'; at += 5)
    verdict = judge.evaluate(make(START + at * SECOND))
  return text(verdict)
}

describe('a commit is live', () => {
  test('when everything is good twice, the second time after a refresh, and has settled', () => {
    const judge = judgeOf()
    expect(text(judge.evaluate(state()))).toBe('pending: synced and healthy; looking once more')
    expect(text(judge.evaluate(state({}, { now: START + 5 * SECOND, refreshed: false })))).toBe(
      'pending: synced and healthy; looking once more',
    )
    expect(text(judge.evaluate(state({}, { now: START + 6 * SECOND })))).toBe(
      'pending: synced and healthy for 6 s of 10 s',
    )
    expect(text(judge.evaluate(state({}, { now: START + 10 * SECOND })))).toBe('done: live')
  })

  test('with the looks that matter coming soon, the first of them after a refresh', () => {
    const judge = judgeOf()
    expect([judge.isUnconfirmed, judge.dueIn(START)]).toEqual([false, undefined])
    judge.evaluate(state())
    expect([judge.isUnconfirmed, judge.dueIn(START)]).toEqual([true, SECOND])
    judge.evaluate(state({}, { now: START + SECOND }))
    expect([judge.isUnconfirmed, judge.dueIn(START + 4 * SECOND)]).toEqual([false, 6 * SECOND])
  })

  test('not when it was good, then was not, and is again: the time starts anew', () => {
    const judge = judgeOf()
    judge.evaluate(state())
    judge.evaluate(state({}, { now: START + 9 * SECOND }))
    expect(text(judge.evaluate(state({ health: 'Progressing' }, { now: START + 10 * SECOND })))).toBe(
      'pending: synced, health Progressing',
    )
    expect(text(judge.evaluate(state({}, { now: START + 11 * SECOND })))).toContain('looking once more')
  })

  test('never at the old commit, however Synced and Healthy it is', () => {
    expect(after(900, (now) => state({ revision: OLD }, { now, relation: 'older' }))).toBe(
      'pending: Argo CD is at bbbbbbb, not yet at aaaaaaa',
    )
    expect(after(900, (now) => state({ revision: 'main' }, { now }))).toBe(
      'pending: Argo CD has not compared yet',
    )
  })

  test('as superseded when a newer commit that contains it is live', () => {
    const newer = (now: number) => state({ revision: OLD }, { now, relation: 'newer' })
    expect(after(30, newer)).toBe('done: superseded')
    expect(after(30, newer, judgeOf({ acceptNewer: false }))).toContain(
      'failed: conflict: Argo CD is already at bbbbbbb',
    )
  })
})

describe('what can never become live fails at once', () => {
  test.each<[string, Shape, Partial<LiveState>, string]>([
    [
      'being deleted',
      { deletionTimestamp: '2026-01-15T12:00:00Z' },
      {},
      'failed: not-found: the Application is being deleted',
    ],
    [
      'skip-reconcile',
      { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } },
      {},
      'failed: policy',
    ],
    [
      'a force-push',
      { revision: OLD },
      { relation: 'diverged' },
      'failed: conflict: Argo CD is at bbbbbbb, which does not contain aaaaaaa',
    ],
    [
      'a failed sync of this commit',
      { phase: 'Failed', sync: 'OutOfSync' },
      {},
      'failed: workload: the sync of this commit failed: Failed it',
    ],
    [
      'a failed PostSync hook behind Synced and Healthy',
      {
        phase: 'Failed',
        syncResources: [
          { kind: 'Job', name: 'migrate', hookType: 'PostSync', hookPhase: 'Failed', message: 'exit 1' },
        ],
      },
      {},
      'failed: workload: the sync of this commit failed: Failed it\nJob migrate: exit 1',
    ],
    [
      'retries used up',
      { sync: 'OutOfSync', conditions: [{ type: 'SyncError', message: 'Failed last sync attempt' }] },
      {},
      'failed: workload: Failed last sync attempt',
    ],
  ])('%s', (_, shape, more, wanted) => {
    expect(text(judgeOf().evaluate(state(shape, more)))).toContain(wanted)
  })

  test('a crash loop with two restarts, at the first look', () => {
    expect(text(judgeOf().evaluate(state({}, {}, [pod('CrashLoopBackOff', { restarts: '2' })])))).toBe(
      'failed: workload: pod churn-x7k2p: CrashLoopBackOff: back-off',
    )
  })

  test.each([
    'ImagePullBackOff',
    'Init:ErrImagePull',
    'CreateContainerConfigError',
    'InvalidImageName',
    'Init:CrashLoopBackOff',
  ])('a pod in %s that does not pass, within 15 s', (reason) =>
    expect(after(15, (now) => state({}, { now }, [pod(reason)]))).toContain(
      `failed: workload: pod churn-x7k2p: ${reason}`,
    ),
  )
})

describe('what may pass is waited for', () => {
  test('a failed operation of an older commit is stale', () => {
    const stale = state({ phase: 'Failed', operationRevision: OLD })
    expect(text(judgeOf().evaluate(stale))).toContain('pending: synced and healthy')
  })

  test('a pull error that passes is no failure', () => {
    const judge = judgeOf()
    judge.evaluate(state({}, {}, [pod('ErrImagePull')]))
    judge.evaluate(state({}, {}, [pod('ImagePullBackOff')]))
    expect(text(judge.evaluate(state({}, {}, [pod('Running', { health: 'Healthy' })])))).toContain(
      'pending: synced and healthy',
    )
    expect(text(judge.evaluate(state({}, {}, [pod('ErrImagePull')])))).toContain('pending')
  })

  test('a terminating pod of the old version does not count', () => {
    expect(
      text(judgeOf().evaluate(state({}, {}, [pod('Terminating', { health: 'Progressing' })]))),
    ).toContain('pending: synced and healthy')
  })

  test('health that was judged before the sync ended says nothing', () => {
    const early = state({ finishedAt: '2026-01-15T12:00:05Z', reconciledAt: '2026-01-15T12:00:00Z' })
    expect(text(judgeOf().evaluate(early))).toBe('pending: synced; health has not been judged since')
  })

  test('Degraded is a failure only after its grace', () => {
    const degraded = (now: number) =>
      state(
        {
          health: 'Degraded',
          resources: [
            { kind: 'InferenceService', name: 'churn', health: { status: 'Degraded', message: 'no' } },
          ],
        },
        { now },
      )
    expect(after(55, degraded)).toContain('pending: synced, health Degraded')
    expect(after(60, degraded)).toBe('failed: workload: Degraded\nInferenceService churn: no')
  })

  test('a comparison error is a failure only after a minute', () => {
    const broken = (now: number) =>
      state(
        { revision: OLD, conditions: [{ type: 'ComparisonError', message: 'bad yaml' }] },
        { now, relation: 'older' },
      )
    expect(after(55, broken)).toContain('pending')
    expect(after(60, broken)).toBe('failed: workload: ComparisonError: bad yaml')
  })

  test('OutOfSync with automated sync off is a policy failure after half a minute, not the deadline', () => {
    expect(after(60, (now) => state({ sync: 'OutOfSync', automated: null }, { now }))).toContain(
      'failed: policy: it is OutOfSync and automated sync is off',
    )
    expect(
      after(60, (now) => state({ sync: 'OutOfSync', automated: { enabled: false } }, { now })),
    ).toContain('failed: policy')
    expect(
      after(60, (now) =>
        state(
          {
            sync: 'OutOfSync',
            resources: [{ kind: 'Service', name: 'x', status: 'OutOfSync', requiresPruning: true }],
          },
          { now },
        ),
      ),
    ).toContain('pruned')
    expect(
      after(600, (now) =>
        state(
          { sync: 'OutOfSync', resources: [{ kind: 'Service', name: 'x', status: 'OutOfSync' }] },
          { now },
        ),
      ),
    ).toContain('pending')
  })

  test('a sync that runs or is being retried says so', () => {
    expect(text(judgeOf().evaluate(state({ phase: 'Running', sync: 'OutOfSync' })))).toBe(
      'pending: syncing: Running it',
    )
  })

  test('Suspended counts as healthy only where it may', () => {
    expect(after(600, (now) => state({ health: 'Suspended' }, { now }))).toBe(
      'pending: synced, health Suspended',
    )
    expect(
      after(30, (now) => state({ health: 'Suspended' }, { now }), judgeOf({ acceptSuspended: true })),
    ).toBe('done: live')
  })

  test('expected images have to be there', () => {
    const judge = () => judgeOf({ images: ['r/churn@sha256:1'] })
    expect(after(600, (now) => state({ images: ['r/churn@sha256:0'] }, { now }), judge())).toContain(
      'no pod has the image',
    )
    expect(after(30, (now) => state({ images: ['r/churn@sha256:1'] }, { now }), judge())).toBe('done: live')
  })
})

test('no order, loss or repetition of looks makes a commit live that was never synced', () => {
  const never = fc.record({
    revision: fc.constantFrom(OLD, 'main', ''),
    sync: fc.constantFrom('Synced', 'OutOfSync', 'Unknown'),
    health: fc.constantFrom('Healthy', 'Progressing', 'Degraded', 'Missing'),
    phase: fc.constantFrom('Running', 'Succeeded', 'Failed'),
  })
  const relation = fc.constantFrom('older' as const, 'unknown' as const)
  const steps = fc.array(fc.tuple(never, relation, fc.boolean(), fc.nat(60_000)), { maxLength: 30 })
  fc.assert(
    fc.property(steps, (looks) => {
      const judge = judgeOf()
      let now = START
      for (const [shape, related, refreshed, passed] of looks) {
        now += passed
        expect(judge.evaluate(state(shape, { now, relation: related, refreshed })).status).not.toBe('done')
      }
    }),
  )
})

describe('a repository', () => {
  test.each([
    ['https://git.example/Octo/GitOps.git', 'git@git.example:octo/gitops', true],
    ['https://user@git.example/octo/gitops/', 'octo/gitops', true],
    ['ssh://git@git.example:2222/octo/gitops', 'ssh://git.example:2222/octo/gitops.git', true],
    ['https://git.example/octo/gitops', 'https://git.example/octo/gitops2', false],
    ['https://git.example/octo/gitops', 'gitops', true],
    ['https://git.example/octo/notgitops', 'gitops', false],
  ])('%s and %s', (a, b, same) => expect(isSameRepository(a, b)).toBe(same))
})
