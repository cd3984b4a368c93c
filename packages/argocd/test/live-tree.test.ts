import { describe, expect, test } from '@jest/globals'
import { DEPLOYMENTS, REPLICA_SETS, type RolloutState } from '@mlops-actions/kubernetes/pods'
import { describePaused, isOutdated, podsOfDeployment, ROLLOUTS } from '../src/index.ts'
import { isResourceTree } from '../src/model/resource.wire.ts'
import { after, CRASH, judgeOf, pod, replicaSet, START, state } from './fixture.ts'

const BEFORE = '2026-01-15T11:50:00Z'
const BACK_OFF = { reason: 'CrashLoopBackOff', restarts: 2, lastState: CRASH }

describe('Knative, which has a Deployment for each Revision', () => {
  const KNATIVE = { group: 'serving.knative.dev' }
  const revision = (number: number, createdAt = BEFORE) => ({
    ...KNATIVE,
    kind: 'Revision',
    name: `churn-predictor-0000${number}`,
    uid: `revision-${number}`,
    createdAt,
    parentRefs: [{ kind: 'Configuration', uid: 'configuration' }],
  })
  const below = (number: number) => [
    {
      kind: 'Deployment',
      name: `d${number}`,
      uid: `d${number}`,
      parentRefs: [{ uid: `revision-${number}` }],
    },
    { kind: 'ReplicaSet', name: `rs${number}`, uid: `rs${number}`, parentRefs: [{ uid: `d${number}` }] },
  ]
  const nodes = [revision(1), revision(2), ...below(1), ...below(2)]

  test('a pod of the Revision before may crash while the traffic moves', () => {
    const crashing = pod({ ...BACK_OFF, createdAt: BEFORE, owner: { kind: 'ReplicaSet', uid: 'rs1' } })
    const look = (now: number) => state({}, { now }, [crashing], nodes)
    expect(after(600, look)).toContain('pending: synced; pod churn-x7k2p waits')
  })

  test('a pod of the newest Revision may not', () => {
    const crashing = pod({ ...BACK_OFF, owner: { kind: 'ReplicaSet', uid: 'rs2' } })
    expect(after(0, (now) => state({}, { now }, [crashing], nodes))).toContain('failed: workload: CrashLoop')
  })

  test('Revisions that were made in one second are told apart by their numbers', () => {
    const tree = isResourceTree({ nodes })
    const outdated = tree.nodes.filter((node) => isOutdated(tree, node)).map(({ name }) => name)
    expect(outdated).toEqual(['churn-predictor-00001', 'd1', 'rs1'])
  })

  test('a Knative Service that is not well below an InferenceService holds the verdict up; a Service does not', () => {
    const service = { kind: 'Service', name: 'churn-predictor', uid: 's' }
    const health = { status: 'Degraded', message: 'RevisionFailed' }
    const look = (node: object) => (now: number) => state({}, { now }, [], [node])
    expect(after(30, look({ ...service, ...KNATIVE, health }))).toBe(
      'pending: synced; Service churn-predictor is Degraded',
    )
    expect(after(60, look({ ...service, ...KNATIVE, health }))).toContain(
      'failed: workload: Service churn-pr',
    )
    expect(after(30, look({ ...service, health }))).toBe('done: live')
  })
})

test('objects that say that they own each other, which no cluster has, are no endless line', () => {
  const set = (uid: string, owner: string) => ({
    ...replicaSet(uid, 1, { status: 'Progressing' }),
    parentRefs: [{ uid: owner }],
  })
  const look = (now: number) => state({}, { now }, [], [set('one', 'other'), set('other', 'one')])
  expect(after(10, look)).toContain('pending')
})

test('a pod on a node that was lost, which nobody could read, is on its way out', () => {
  const lost = pod({ statusReason: 'Unknown', health: 'Progressing' })
  const unread = (now: number) => state({}, { now, pods: new Map() }, [lost])
  expect(after(30, unread)).toBe('done: live')
})

describe('the rollout of an InferenceService is judged by the rule of kserve-health-check', () => {
  const meta = (name: string, uid: string, owner?: string) => ({
    name,
    uid,
    namespace: 'ml',
    generation: 2,
    ownerReferences: owner === undefined ? [] : [{ kind: 'Owner', name: owner, uid: owner }],
  })
  const template = { spec: { containers: [{ name: 'kserve-container', image: 'r/churn:v2' }] } }
  const tree = (ready: boolean, others: object[] = []) => {
    const node = { kind: 'Deployment', name: 'churn-predictor', uid: 'deployment' }
    const well = pod({ health: ready ? 'Healthy' : 'Progressing' })
    return isResourceTree({ nodes: [node, replicaSet('rs-new', 2), well.node, ...others] })
  }

  function rollout(
    {
      replicas = 1,
      observed = 2,
      updated = replicas,
      conditions = [],
    }: { replicas?: number; observed?: number; updated?: number; conditions?: readonly object[] },
    seen = tree(true),
  ): RolloutState {
    const [node] = seen.nodes
    if (node === undefined) throw new Error('the tree has a Deployment')
    const counts = { replicas: updated, updatedReplicas: updated, availableReplicas: updated }
    return {
      deployment: DEPLOYMENTS.check({
        metadata: meta('churn-predictor', 'deployment'),
        spec: { replicas, template },
        status: { observedGeneration: observed, ...counts, conditions },
      }),
      replicaSets: [
        REPLICA_SETS.check({ metadata: meta('rs-new', 'rs-new', 'deployment'), spec: { template } }),
      ],
      pods: replicas === 0 ? [] : podsOfDeployment(seen, node, new Map()),
    }
  }
  const verdict = (one: RolloutState, seconds = 30) =>
    after(seconds, (now) => state({}, { now, rollouts: [one] }))

  test('complete, and every ready pod of the newest ReplicaSet', () => {
    expect(verdict(rollout({}))).toBe('done: live')
    expect(verdict(rollout({ observed: 1 }))).toBe(
      'pending: synced; Deployment churn-predictor: the Deployment has not been acted on yet',
    )
    expect(verdict(rollout({}, tree(false)))).toContain('pending: synced; Deployment churn-predictor: 0 of 1')
  })

  test('also with a pod of an older ReplicaSet that Argo CD calls Healthy', () => {
    const old = pod({ name: 'old', health: 'Healthy', owner: { kind: 'ReplicaSet', uid: 'rs-old' } })
    const seen = tree(true, [replicaSet('rs-old', 1), old.node])
    expect(verdict(rollout({}, seen))).toContain('1 old pod still there')
  })

  test('scaled to zero it is complete: nothing has to serve for a commit to be live', () => {
    expect(verdict(rollout({ replicas: 0 }))).toBe('done: live')
  })

  test('and what the API server does not let be made ends the wait', () => {
    const refused = [
      { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota' },
    ]
    expect(verdict(rollout({ updated: 0, conditions: refused }))).toContain('failed: quota: FailedCreate')
  })
})

describe('a Rollout that is paused', () => {
  const steps = [{ setWeight: 10 }, { pause: {} }, { setWeight: 50 }, { pause: {} }]
  const rollout = (strategy: object, status: object = {}, paused = false) =>
    ROLLOUTS.check({
      metadata: { name: 'churn' },
      spec: { paused, strategy },
      status: { pauseConditions: [{ reason: 'CanaryPauseStep' }], ...status },
    })

  test.each<[string, ReturnType<typeof rollout>, string | undefined]>([
    [
      'at the weight of its router',
      rollout({ canary: { steps } }, { canary: { weights: { canary: { weight: 15 } } } }),
      'Rollout churn is paused with 15 % of the traffic on the new version',
    ],
    [
      'at the weight of its last step',
      rollout({ canary: { steps } }, { currentStepIndex: 1 }),
      'Rollout churn is paused with 10 % of the traffic on the new version',
    ],
    [
      'before it switches',
      rollout({ blueGreen: {} }),
      'Rollout churn is paused before the new version gets traffic',
    ],
    ['not at all', rollout({ canary: { steps } }, { pauseConditions: [] }), undefined],
  ])('%s', (_, one, words) => expect(describePaused(one)).toBe(words))

  test('is live where that is accepted, and how far it has come is said', () => {
    const paused = ['Rollout churn is paused with 10 % of the traffic on the new version']
    const judge = judgeOf({ acceptSuspended: true })
    const look = (now: number) => state({ health: 'Suspended' }, { now, paused })
    expect(after(30, look, judge)).toBe('done: live')
    expect(judge.verdict).toMatchObject({
      status: 'live',
      notes: paused,
      reason: expect.stringContaining('10 %'),
    })
    expect(judge.evaluate(look(START + 60_000))).toMatchObject({ value: { notes: paused } })
  })
})
