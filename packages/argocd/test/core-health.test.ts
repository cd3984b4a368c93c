import { expect, test } from '@jest/globals'
import { healthOf } from '../src/core/health.ts'
import { isObject } from '../src/core/object.wire.ts'

// Each row by gitops-engine pkg/health and resource_customizations of argo-cd.

const WAITING = (reason: string) => [{ name: 'c', state: { waiting: { reason, message: 'm' } } }]
const READY = [{ type: 'Ready', status: 'True' }]
const knative = (...status: string[]) =>
  ['ConfigurationsReady', 'RoutesReady', 'Ready'].map((type, at) => ({ type, status: status[at] ?? 'True' }))

test.each([
  [
    'Deployment',
    { replicas: 2 },
    { updatedReplicas: 2, availableReplicas: 2, replicas: 2, observedGeneration: 1 },
    'Healthy',
  ],
  ['Deployment', { replicas: 2 }, { updatedReplicas: 2, availableReplicas: 2, replicas: 2 }, 'Progressing'],
  [
    'Deployment',
    { replicas: 2 },
    { updatedReplicas: 1, availableReplicas: 2, replicas: 2, observedGeneration: 1 },
    'Progressing',
  ],
  [
    'Deployment',
    { replicas: 2 },
    { updatedReplicas: 2, availableReplicas: 2, replicas: 3, observedGeneration: 1 },
    'Progressing',
  ],
  [
    'Deployment',
    { replicas: 2 },
    { updatedReplicas: 2, availableReplicas: 1, replicas: 2, observedGeneration: 1 },
    'Progressing',
  ],
  ['Deployment', { paused: true }, {}, 'Suspended'],
  [
    'Deployment',
    { replicas: 1 },
    {
      observedGeneration: 1,
      conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
    },
    'Degraded',
  ],
  ['ReplicaSet', { replicas: 1 }, { observedGeneration: 1, availableReplicas: 1 }, 'Healthy'],
  ['ReplicaSet', { replicas: 1 }, { observedGeneration: 1 }, 'Progressing'],
  ['ReplicaSet', { replicas: 0 }, { observedGeneration: 1 }, 'Healthy'],
  [
    'ReplicaSet',
    { replicas: 1 },
    { observedGeneration: 1, conditions: [{ type: 'ReplicaFailure', status: 'True' }] },
    'Degraded',
  ],
  [
    'StatefulSet',
    { replicas: 1 },
    { observedGeneration: 1, readyReplicas: 1, currentRevision: 'a', updateRevision: 'a' },
    'Healthy',
  ],
  [
    'StatefulSet',
    { replicas: 1 },
    { observedGeneration: 1, readyReplicas: 1, currentRevision: 'a', updateRevision: 'b' },
    'Progressing',
  ],
  ['StatefulSet', { replicas: 1 }, { observedGeneration: 1 }, 'Progressing'],
  [
    'StatefulSet',
    { replicas: 1, updateStrategy: { type: 'OnDelete' } },
    { observedGeneration: 1, readyReplicas: 1, updateRevision: 'b' },
    'Healthy',
  ],
  [
    'StatefulSet',
    { replicas: 3, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } },
    { observedGeneration: 1, readyReplicas: 3, updatedReplicas: 1 },
    'Progressing',
  ],
  [
    'StatefulSet',
    { replicas: 3, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } },
    { observedGeneration: 1, readyReplicas: 3, updatedReplicas: 2, updateRevision: 'b' },
    'Healthy',
  ],
  [
    'DaemonSet',
    {},
    { observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 },
    'Healthy',
  ],
  [
    'DaemonSet',
    {},
    { observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 1, numberAvailable: 2 },
    'Progressing',
  ],
  [
    'DaemonSet',
    {},
    { observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1 },
    'Progressing',
  ],
  ['Pod', {}, { phase: 'Running', conditions: READY }, 'Healthy'],
  ['Pod', {}, { phase: 'Running' }, 'Progressing'],
  [
    'Pod',
    {},
    { phase: 'Running', containerStatuses: [{ lastState: { terminated: { exitCode: 1 } } }] },
    'Degraded',
  ],
  ['Pod', {}, { phase: 'Pending', containerStatuses: WAITING('ImagePullBackOff') }, 'Degraded'],
  ['Pod', {}, { phase: 'Pending', containerStatuses: WAITING('ContainerCreating') }, 'Progressing'],
  [
    'Pod',
    { restartPolicy: 'Never' },
    { phase: 'Pending', containerStatuses: WAITING('ImagePullBackOff') },
    'Progressing',
  ],
  ['Pod', { restartPolicy: 'Never' }, { phase: 'Running', conditions: READY }, 'Progressing'],
  ['Pod', { restartPolicy: 'Never' }, { phase: 'Succeeded' }, 'Healthy'],
  [
    'Pod',
    {},
    { phase: 'Failed', containerStatuses: [{ name: 'c', state: { terminated: { exitCode: 3 } } }] },
    'Degraded',
  ],
  ['Rollout', {}, { observedGeneration: 1, phase: 'Paused' }, 'Suspended'],
  ['Rollout', {}, { observedGeneration: 1, phase: 'Degraded' }, 'Degraded'],
  ['Service', {}, { conditions: knative() }, 'Healthy'],
  ['Service', {}, { conditions: knative('Unknown') }, 'Progressing'],
  ['Service', {}, { conditions: knative('False') }, 'Degraded'],
  ['ConfigMap', {}, {}, undefined],
])('a %s with %j and %j is %s', (kind, spec, status, wanted) => {
  const groups: Readonly<Record<string, string>> = {
    Pod: '',
    ConfigMap: '',
    Rollout: 'argoproj.io',
    Service: 'serving.knative.dev',
  }
  const object = isObject({ metadata: { name: 'x', generation: 1 }, spec, status })
  expect(healthOf(kind, groups[kind] ?? 'apps', object)?.status).toBe(wanted)
})

test('what is on its way out is Progressing, whatever it was', () => {
  const metadata = { name: 'x', deletionTimestamp: '2026-01-15T12:00:00Z' }
  expect(healthOf('Pod', '', isObject({ metadata, status: { phase: 'Failed' } }))?.status).toBe('Progressing')
})
