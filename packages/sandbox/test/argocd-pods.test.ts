import { describe, expect, test } from '@jest/globals'
import { podHealth } from '../src/argocd/pod-health.ts'
import { nodeJson } from '../src/argocd/tree.ts'
import type { JsonObject, KubeObject } from '../src/kubernetes/index.ts'

// What argo-cd 3.5 makes of pods: controller/cache/info.go populatePodInfo, gitops-engine pkg/health/health_pod.go.

function object(
  kind: string,
  fields: JsonObject,
  metadata: Partial<KubeObject['metadata']> = {},
): KubeObject {
  const own = { name: 'x', uid: 'u', resourceVersion: '1', generation: 1, creationTimestamp: '', ...metadata }
  return { apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1', kind, metadata: own, ...fields }
}

const waiting = (reason: string, restartCount = 0) => ({
  name: 'c',
  restartCount,
  state: { waiting: { reason, message: 'words' } },
})
const ended = (message = '') => ({
  name: 'c',
  state: { terminated: { exitCode: 3, reason: 'Error', message } },
})

describe('a pod', () => {
  test.each<[string, JsonObject, JsonObject]>([
    [
      'whose init container crashes is Progressing, with the restarts of that container',
      { phase: 'Pending', initContainerStatuses: [waiting('CrashLoopBackOff', 4)] },
      { status: 'Progressing', reason: 'Init:CrashLoopBackOff', restarts: '4' },
    ],
    [
      'whose server crashes is Degraded, with the words of the kubelet',
      { phase: 'Running', containerStatuses: [waiting('CrashLoopBackOff', 2)] },
      { status: 'Degraded', message: 'words', reason: 'CrashLoopBackOff', restarts: '2' },
    ],
    [
      'that was evicted is Degraded for as long as it lies there',
      { phase: 'Failed', reason: 'Evicted', message: 'low on memory' },
      { status: 'Degraded', message: 'low on memory', reason: 'Evicted' },
    ],
    [
      'that failed without a word of its own says how its container ended',
      { phase: 'Failed', containerStatuses: [ended()] },
      { status: 'Degraded', message: 'container "c" failed with exit code 3', reason: 'Error' },
    ],
    ['that has done its work is Healthy', { phase: 'Succeeded' }, { status: 'Healthy', reason: 'Succeeded' }],
  ])('%s', (_, status, { reason, restarts, ...health }) => {
    const pod = object('Pod', { status, spec: { containers: [{ name: 'c' }] } })
    const node = nodeJson({ object: pod, parents: [], health: podHealth(pod) })
    expect(node['health']).toMatchObject(health)
    const info = JSON.stringify(node['info'])
    expect(info).toContain(`{"name":"Status Reason","value":"${String(reason)}"}`)
    expect(info.includes('Restart Count')).toBe(restarts !== undefined)
    if (restarts !== undefined) expect(info).toContain(`"Restart Count","value":"${String(restarts)}"`)
  })

  test('that is to end is never Degraded for what it waits for', () => {
    const status = { phase: 'Pending', containerStatuses: [waiting('ImagePullBackOff')] }
    expect(podHealth(object('Pod', { status, spec: { restartPolicy: 'Never' } })).status).toBe('Progressing')
  })
})

test('a ReplicaSet carries the revision by which the newest is known', () => {
  const set = object('ReplicaSet', {}, { annotations: { 'deployment.kubernetes.io/revision': '7' } })
  expect(nodeJson({ object: set, parents: [], health: undefined })['info']).toEqual([
    { name: 'Revision', value: 'Rev:7' },
  ])
})
