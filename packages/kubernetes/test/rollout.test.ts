import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  countReady,
  evaluateRollout,
  explainTrouble,
  hasLasted,
  matchesImage,
  type RolloutState,
  type RolloutWant,
  remember,
  rolloutKeys,
  type Sightings,
  servingVersions,
} from '../src/index.ts'
import { deployment, MODEL, NEW, OLD, type PodOptions, pod, replicaSet } from './objects.ts'

const WANT: RolloutWant = { image: NEW, digest: NEW.split('@')[1], storageUri: MODEL }
const SETS = [replicaSet('old'), replicaSet('new')]
const SECOND = 1_000

function rollout(more: Partial<RolloutState> = {}): RolloutState {
  return { deployment: deployment(), replicaSets: SETS, pods: [pod()], ...more }
}

/** The verdict after the same state has been seen at each of these times, in milliseconds. */
function judge(state: RolloutState, times: readonly number[] = [0], want = WANT) {
  let sightings: Sightings = new Map()
  for (const now of times) sightings = remember(sightings, rolloutKeys(state, want), now)
  return evaluateRollout(state, want, { sightings, now: times.at(-1) ?? 0 })
}

describe('a rollout is done', () => {
  test('when every ready pod is of the newest ReplicaSet and runs the image, with the proof', () => {
    expect(judge(rollout())).toEqual({
      status: 'done',
      proof: {
        deployment: 'churn-predictor',
        replicaSet: 'churn-predictor-new',
        image: NEW,
        storageUri: MODEL,
        pods: [{ name: 'churn-predictor-new-x7k2p', uid: expect.any(String), restarts: 0, imageId: NEW }],
      },
    })
  })

  test.each<[string, Partial<RolloutState>, RolloutWant]>([
    [
      'while an old pod is on its way out: it gets no requests',
      { pods: [pod(), pod({ set: 'old', deleted: true })] },
      WANT,
    ],
    [
      'with an evicted old pod left behind',
      { pods: [pod(), pod({ set: 'old', ready: false, phase: 'Failed' })] },
      WANT,
    ],
    ['when the runtime names another index of the same content', { pods: [pod({ imageID: OLD })] }, WANT],
    ['with several pods', { deployment: deployment({ replicas: 3 }), pods: [pod(), pod(), pod()] }, WANT],
    [
      'by the digest of what was pulled, where the manifest has a tag',
      {
        deployment: deployment({ image: 'registry.test/churn:v2' }),
        replicaSets: [replicaSet('new', { image: 'registry.test/churn:v2' })],
        pods: [pod({ image: 'registry.test/churn:v2', imageID: `registry.test/churn@${WANT.digest}` })],
      },
      { image: `registry.test/churn:v2@${WANT.digest}`, digest: WANT.digest },
    ],
    [
      'when only the model is asked for',
      {
        deployment: deployment({ image: OLD }),
        replicaSets: [replicaSet('new', { image: OLD })],
        pods: [pod({ image: OLD })],
      },
      { storageUri: MODEL },
    ],
  ])('%s', (_name, more, want) => {
    expect(judge(rollout(more), [0], want).status).toBe('done')
  })
})

describe('a rollout is pending', () => {
  test.each<[string, Partial<RolloutState>, RegExp]>([
    ['without a Deployment', { deployment: undefined }, /does not exist/],
    [
      'while the Deployment has another image',
      { deployment: deployment({ image: OLD }) },
      /still has the image/,
    ],
    [
      'while the Deployment has another model',
      { deployment: deployment({ storageUri: 's3://ml/churn/v1/' }) },
      /still has the model s3:\/\/ml\/churn\/v1\//,
    ],
    [
      'while its controller has not seen the change',
      { deployment: deployment({ observed: 3 }) },
      /not been acted on/,
    ],
    [
      'before the new ReplicaSet exists',
      { replicaSets: [replicaSet('old')] },
      /ReplicaSet of the new version/,
    ],
    [
      'before pods are new',
      { deployment: deployment({ counts: { updatedReplicas: 0 } }) },
      /0 of 1 pods are new/,
    ],
    [
      'while the old pod serves beside the new one',
      { deployment: deployment({ counts: { replicas: 2 } }), pods: [pod(), pod({ set: 'old' })] },
      /1 old pod still there/,
    ],
    [
      'while an old pod serves that the counts do not show yet',
      { pods: [pod(), pod({ set: 'old' })] },
      /1 old pod still there/,
    ],
    [
      'while a pod serves that nobody owns',
      { pods: [pod(), pod({ set: 'none', image: NEW })] },
      /1 old pod still there/,
    ],
    [
      'while the new pod is not ready',
      { deployment: deployment({ counts: { availableReplicas: 0 } }), pods: [pod({ ready: false })] },
      /0 of 1 new pods are ready/,
    ],
    [
      'and names what a new pod waits for',
      {
        deployment: deployment({ counts: { availableReplicas: 0 } }),
        pods: [pod({ ready: false, state: { waiting: { reason: 'ContainerCreating' } } })],
      },
      /0 of 1 new pods are ready; pod churn-predictor-new-x7k2p waits: ContainerCreating$/,
    ],
    [
      'while an init container works',
      {
        deployment: deployment({ counts: { availableReplicas: 0 } }),
        pods: [pod({ ready: false, init: { name: 'storage-initializer', state: { running: {} } } })],
      },
      /is in its init container storage-initializer$/,
    ],
    [
      'while the server beside a sidecar is not ready',
      {
        deployment: deployment({ counts: { availableReplicas: 0 } }),
        pods: [
          pod({
            ready: false,
            init: { name: 'istio-proxy', state: { running: {} } },
            conditions: [{ type: 'Initialized', status: 'True' }],
          }),
        ],
      },
      /pod churn-predictor-new-x7k2p runs, and is not ready$/,
    ],
    ['while the counts are ahead of the pods', { pods: [] }, /0 of 1 new pods are ready/],
    [
      'at zero replicas, where nothing serves',
      { deployment: deployment({ replicas: 0 }), pods: [] },
      /scaled to zero/,
    ],
    [
      'while it is scaled down',
      {
        deployment: deployment({ counts: { replicas: 2, updatedReplicas: 2, availableReplicas: 2 } }),
        pods: [pod(), pod()],
      },
      /1 pods more/,
    ],
  ])('%s', (_name, more, reason) => {
    const verdict = judge(rollout(more), [0, 60 * SECOND])
    expect(verdict).toMatchObject({ status: 'pending', reason: expect.stringMatching(reason) })
  })

  test('while a pod of the right tag runs another digest', () => {
    const image = 'registry.test/churn:v2'
    const state = rollout({
      deployment: deployment({ image }),
      replicaSets: [replicaSet('new', { image })],
      pods: [pod({ image, imageID: OLD })],
    })
    const want = { image: `${image}@${WANT.digest}`, digest: WANT.digest }
    expect(judge(state, [0], want)).toMatchObject({
      reason: expect.stringContaining('not the wanted digest'),
    })
  })
})

const failing = (options: PodOptions): RolloutState =>
  rollout({
    deployment: deployment({ counts: { replicas: 2, availableReplicas: 1 } }),
    pods: [pod({ ready: false, ...options }), pod({ set: 'old' })],
  })
const waits = (reason: string, message = '') => ({ state: { waiting: { reason, message } } })
const ended = (exitCode: number, reason = 'Error', message = '') => ({
  terminated: { exitCode, reason, message },
})
const NOT_FOUND =
  'Back-off pulling image "x": ErrImagePull: rpc error: code = NotFound desc = failed to pull: not found'
const TIMEOUT = 'rpc error: code = Unknown desc = dial tcp 10.0.0.1:443: i/o timeout'
const initStatus = (more: object) => ({ name: 'storage-initializer', restartCount: 1, ...more })
const unschedulable = {
  type: 'PodScheduled',
  status: 'False',
  reason: 'Unschedulable',
  message: '0/3 nodes are available',
}
const condition = (type: string, status: string, reason: string, message: string) =>
  rollout({
    deployment: deployment({
      counts: { updatedReplicas: 0 },
      conditions: [{ type, status, reason, message }],
    }),
    pods: [],
  })

/** Each row of reference 2.5 with the looks (ms) after which it is pending still, and those after which it is red. */
const FAILURES: readonly [string, RolloutState, pendingAt: number[], redAt: number[], code: string][] = [
  [
    'an image that does not exist',
    failing(waits('ImagePullBackOff', NOT_FOUND)),
    [0],
    [0, 3 * SECOND],
    'image-pull',
  ],
  [
    'an image that may not be pulled',
    failing(waits('ErrImagePull', 'unauthorized: authentication required')),
    [0],
    [0, 1],
    'image-pull',
  ],
  [
    'an image of another platform',
    failing(waits('ErrImagePull', 'no match for platform in manifest')),
    [0],
    [0, 1],
    'image-pull',
  ],
  [
    'a registry that does not answer',
    failing(waits('ImagePullBackOff', TIMEOUT)),
    [0, 3 * SECOND, 19 * SECOND],
    [0, 10 * SECOND, 20 * SECOND],
    'image-pull',
  ],
  [
    'a name that is no image',
    failing(waits('InvalidImageName', 'invalid reference format')),
    [0],
    [0, 1],
    'image-name',
  ],
  [
    'a secret that is missing',
    failing(waits('CreateContainerConfigError', 'secret "x" not found')),
    [0, 10 * SECOND],
    [0, 20 * SECOND],
    'container-config',
  ],
  [
    'a command that does not exist',
    failing(waits('CreateContainerError', 'exec: "x": not found')),
    [0],
    [0, 20 * SECOND],
    'container-config',
  ],
  [
    'a server that ends again and again',
    failing({ restarts: 2, ...waits('CrashLoopBackOff'), lastState: ended(3) }),
    [],
    [0],
    'crash-loop',
  ],
  ['a server between two ends', failing({ restarts: 2, state: ended(1) }), [], [0], 'crash-loop'],
  [
    'a server that ends well, which it must not',
    failing({ restarts: 2, ...waits('CrashLoopBackOff'), lastState: ended(0, 'Completed') }),
    [],
    [0],
    'crash-loop',
  ],
  [
    'a storage-initializer that failed twice',
    failing({
      init: initStatus({ state: waits('CrashLoopBackOff').state, lastState: ended(1) }),
      ...waits('PodInitializing'),
    }),
    [],
    [0],
    'init-failed',
  ],
  [
    'a quota',
    condition('ReplicaFailure', 'True', 'FailedCreate', 'exceeded quota: compute'),
    [0, 10 * SECOND],
    [0, 20 * SECOND],
    'create-refused',
  ],
  [
    'a progress deadline',
    condition('Progressing', 'False', 'ProgressDeadlineExceeded', 'timed out progressing'),
    [0],
    [0, 1],
    'progress-deadline',
  ],
]

describe('a rollout fails fast', () => {
  test.each(FAILURES)('with %s', (_name, state, pendingAt, redAt, code) => {
    if (pendingAt.length > 0) expect(judge(state, pendingAt).status).toBe('pending')
    expect(judge(state, redAt)).toMatchObject({ status: 'failed', trouble: { code } })
  })

  test('and names the out-of-memory kill', () => {
    const state = failing({ restarts: 2, ...waits('CrashLoopBackOff'), lastState: ended(137, 'OOMKilled') })
    expect(judge(state)).toMatchObject({ trouble: { reason: 'OOMKilled', exitCode: 137, failures: 3 } })
  })

  test('with what came first in the life of a pod', () => {
    const state = failing({
      init: initStatus({ restartCount: 4, state: ended(1, 'Error', 'AccessDenied') }),
      ...waits('ErrImagePull', NOT_FOUND),
    })
    expect(judge(state, [0, 1])).toMatchObject({ trouble: { code: 'init-failed', message: 'AccessDenied' } })
  })
})

describe('what is no failure', () => {
  test.each<[string, RolloutState]>([
    ['a server that ended once', failing({ restarts: 0, state: ended(1) })],
    [
      'a server that ended twice',
      failing({ restarts: 1, ...waits('CrashLoopBackOff'), lastState: ended(1) }),
    ],
    ['a server that runs again', failing({ restarts: 5, lastState: ended(1) })],
    [
      'a storage-initializer that failed once',
      failing({ init: initStatus({ restartCount: 0, state: ended(1) }) }),
    ],
    [
      'a storage-initializer that is done',
      failing({ init: initStatus({ restartCount: 1, state: ended(0, 'Completed') }) }),
    ],
    ['a container that is being created', failing(waits('ContainerCreating'))],
    [
      'a crash loop of an old pod',
      rollout({
        pods: [
          pod(),
          pod({ set: 'old', ready: false, restarts: 9, ...waits('CrashLoopBackOff'), lastState: ended(1) }),
        ],
      }),
    ],
    [
      'the deadline of the version before',
      {
        ...condition('Progressing', 'False', 'ProgressDeadlineExceeded', ''),
        deployment: deployment({
          observed: 3,
          conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
        }),
      },
    ],
  ])('%s', (_name, state) => {
    expect(judge(state, [0, 60 * SECOND, 600 * SECOND]).status).not.toBe('failed')
  })

  test('a pod that no node takes is a warning, however long', () => {
    const state = failing({ conditions: [unschedulable], ...waits('') })
    expect(judge(state, [0, 600 * SECOND])).toMatchObject({
      status: 'pending',
      warning: 'pod churn-predictor-new-x7k2p: Unschedulable: 0/3 nodes are available',
    })
  })

  test('a pull error that was gone in between', () => {
    const broken = failing(waits('ErrImagePull', NOT_FOUND))
    let sightings: Sightings = remember(new Map(), rolloutKeys(broken, WANT), 0)
    sightings = remember(sightings, rolloutKeys(failing(waits('ContainerCreating')), WANT), 1)
    sightings = remember(sightings, rolloutKeys(broken, WANT), 2)
    expect(evaluateRollout(broken, WANT, { sightings, now: 2 }).status).toBe('pending')
  })
})

test('no mixture of pods is done while a ready pod is not of the newest ReplicaSet', () => {
  const anyPod = fc.record({
    set: fc.constantFrom('new' as const, 'old' as const, 'none' as const),
    ready: fc.boolean(),
    deleted: fc.boolean(),
    image: fc.constantFrom(NEW, OLD),
  })
  fc.assert(
    fc.property(fc.array(anyPod, { maxLength: 6 }), fc.integer({ min: 0, max: 4 }), (options, replicas) => {
      const pods = options.map((one) => pod(one))
      const state = rollout({ deployment: deployment({ replicas }), pods })
      const stale = options.some(
        ({ set, ready, deleted, image }) => !deleted && ready && (set !== 'new' || image !== NEW),
      )
      const live = options.filter(({ set, ready, deleted }) => set === 'new' && ready && !deleted).length
      const verdict = judge(state)
      if (stale || live < replicas || replicas === 0) expect(verdict.status).not.toBe('done')
    }),
    { numRuns: 500 },
  )
})

describe('patience', () => {
  test('counts looks in a row and forgets what is gone', () => {
    const once = remember(new Map(), ['a', 'a', 'b'], 10)
    const twice = remember(once, ['a'], 30)
    expect([...twice]).toEqual([['a', { looks: 2, since: 10 }]])
    expect(hasLasted(twice, 'a', { looks: 2, lasting: 20 }, 30)).toBe(true)
    expect(hasLasted(twice, 'a', { looks: 2, lasting: 21 }, 30)).toBe(false)
    expect(hasLasted(twice, 'a', { looks: 3, lasting: 0 }, 30)).toBe(false)
    expect(hasLasted(twice, 'b', { looks: 1, lasting: 0 }, 30)).toBe(false)
  })
})

describe('an image of a manifest is the wanted one', () => {
  const digest = `sha256:${'a'.repeat(64)}`
  test.each<[string | undefined, RolloutWant, boolean]>([
    ['r/x:v1', { image: 'r/x:v1' }, true],
    ['r/x:v1', { image: 'r/x:v2' }, false],
    ['r/x:v1', {}, true],
    [undefined, { image: 'r/x:v1' }, false],
    [`r/x@${digest}`, { image: `r/x@${digest}`, digest }, true],
    [`r/x:v1@${digest}`, { image: `r/x@${digest}`, digest }, true],
    [`r/x:v1@${digest}`, { image: 'r/x:v1' }, true],
    ['r/x:v1', { image: `r/x:v1@${digest}`, digest }, true],
    ['r/x:v1', { image: `r/x@${digest}`, digest }, false],
    [`other/x@${digest}`, { image: `r/x@${digest}`, digest }, false],
    [`r:5000/x@${digest}`, { image: `r:5000/x:v1@${digest}`, digest }, true],
    [`r/x@${digest}`, { digest }, true],
    [`r/x@sha256:${'b'.repeat(64)}`, { digest }, false],
  ])('%s for %j: %s', (actual, want, expected) => expect(matchesImage(actual, want)).toBe(expected))
})

describe('what serves', () => {
  test('is counted by version, the one with most pods first', () => {
    const pods = [pod({ set: 'old' }), pod(), pod(), pod({ ready: false })]
    expect(servingVersions(pods).map(({ image, pods: names }) => [image, names.length])).toEqual([
      [NEW, 2],
      [OLD, 1],
    ])
    expect(countReady(rollout({ pods }))).toEqual({ fresh: 2, old: 1 })
  })
})

describe('a trouble as a failure', () => {
  const explain = (state: RolloutState, showLogs = false) => {
    const verdict = judge(state, [0, 30 * SECOND])
    if (verdict.status !== 'failed') throw new Error(`the verdict is ${verdict.status}`)
    return explainTrouble(verdict.trouble, { namespace: 'models', showLogs })
  }

  test.each(FAILURES)('of %s has four parts', (_name, state) => {
    const { details } = explain(state)
    for (const part of [details.what, details.on, details.seen, details.next]) expect(part).not.toBe('')
    expect(['workload', 'quota']).toContain(details.kind)
  })

  test('says what a container printed only where that is allowed', () => {
    const state = failing({ restarts: 2, state: ended(1, 'Error', 'KeyError: customer 4711') })
    expect(explain(state).message).not.toContain('4711')
    expect(explain(state, true).message).toContain('4711')
    expect(explain(state).details.next).toContain('include-pod-logs: true')
    expect(explain(state, true).details.next).not.toContain('include-pod-logs')
  })

  test('of a refused pull tells the nodes apart from the name', () => {
    expect(explain(failing(waits('ErrImagePull', 'denied'))).details.next).toContain('Let the nodes pull it')
    expect(explain(failing(waits('ErrImagePull', NOT_FOUND))).details.next).toContain('Push the image')
  })

  test('of a quota is of kind quota, of a policy of kind policy', () => {
    expect(explain(condition('ReplicaFailure', 'True', 'FailedCreate', 'exceeded quota: compute')).kind).toBe(
      'quota',
    )
    const webhook = 'admission webhook "v.k.svc" denied the request: no latest tag'
    expect(explain(condition('ReplicaFailure', 'True', 'FailedCreate', webhook)).kind).toBe('policy')
  })
})
