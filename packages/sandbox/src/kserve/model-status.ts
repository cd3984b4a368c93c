import { compact, type JsonObject, listAt, numberAt, objectAt, textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import type { Cluster } from './cluster.ts'
import type { Predictor } from './predictor.ts'

type ModelState = 'Pending' | 'Loading' | 'Loaded' | 'FailedToLoad'

interface Finding {
  readonly state: ModelState
  readonly failure?: JsonObject
}

/**
 * modelStatus: judged on one pod, the newest; `lastFailureInfo` stays after recovery, ImagePullBackOff is never told.
 * Source: kserve/kserve:pkg/apis/serving/v1beta1/inference_service_status.go PropagateModelStatus.
 */
export function modelStatusOf(
  cluster: Cluster,
  isvc: KubeObject,
  predictor: Predictor,
  isReady: boolean,
): JsonObject {
  const before = objectAt(isvc, 'status', 'modelStatus')
  if ('invalid' in predictor) {
    return {
      ...before,
      transitionStatus: 'InvalidSpec',
      states: { ...objectAt(before, 'states'), targetModelState: 'FailedToLoad' },
      lastFailureInfo: { reason: predictor.invalid, message: predictor.message },
    }
  }
  const pods = podsOf(cluster, isvc)
  const found = judge(pods[0], isReady)
  const totalCopies = pods.filter(isPodReady).length
  if (!found) return { ...before, copies: { totalCopies } }
  const active = found.state === 'Loaded' ? 'Loaded' : textAt(before, 'states', 'activeModelState')
  const failure = found.failure ?? before['lastFailureInfo']
  return compact({
    copies: { totalCopies },
    states: compact({ activeModelState: active, targetModelState: found.state }),
    transitionStatus: transitionOf(found.state),
    lastFailureInfo: failure,
  })
}

function transitionOf(state: ModelState): string {
  if (state === 'Loaded') return 'UpToDate'
  return state === 'FailedToLoad' ? 'BlockedByFailedLoad' : 'InProgress'
}

/** Newest first; equal ages by name. */
function podsOf(cluster: Cluster, isvc: KubeObject): KubeObject[] {
  const app = `isvc.${isvc.metadata.name}-predictor`
  const mine = cluster.state.store
    .list(RESOURCES.pods, isvc.metadata.namespace)
    .filter((pod) => pod.metadata.labels?.['app'] === app)
  return mine.sort((a, b) => {
    const [older, newer] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp]
    if (older !== newer) return older < newer ? 1 : -1
    return a.metadata.name < b.metadata.name ? -1 : 1
  })
}

export function isPodReady(pod: KubeObject): boolean {
  return listAt(pod, 'status', 'conditions').some(
    (one) => textAt(one, 'type') === 'Ready' && textAt(one, 'status') === 'True',
  )
}

/** Undefined: nothing is to be changed (storage-initializer runs again after an error). */
function judge(pod: KubeObject | undefined, isReady: boolean): Finding | undefined {
  if (!pod) return { state: 'Pending' }
  const init = containerNamed(pod, 'initContainerStatuses', 'storage-initializer')
  if (init) {
    const failure = failureOf(init)
    if (failure) return { state: 'FailedToLoad', failure }
    const running = objectAt(init, 'state')['running'] !== undefined
    if (running)
      return objectAt(init, 'lastState')['terminated'] === undefined ? { state: 'Loading' } : undefined
  }
  if (isReady) return { state: 'Loaded' }
  const main = containerNamed(pod, 'containerStatuses', 'kserve-container')
  if (!main) return undefined
  const failure = failureOf(main)
  return failure ? { state: 'FailedToLoad', failure } : { state: 'Pending' }
}

function containerNamed(pod: KubeObject, field: string, name: string): JsonObject | undefined {
  return listAt(pod, 'status', field).find((one) => textAt(one, 'name') === name)
}

/** Only the reason `Error` counts, so a container killed for memory shows once it is in CrashLoopBackOff. */
function failureOf(status: JsonObject): JsonObject | undefined {
  const ended = objectAt(status, 'state', 'terminated')
  if (textAt(ended, 'reason') === 'Error') return failureInfo(ended)
  const looping = textAt(status, 'state', 'waiting', 'reason') === 'CrashLoopBackOff'
  return looping ? failureInfo(objectAt(status, 'lastState', 'terminated')) : undefined
}

function failureInfo(ended: JsonObject): JsonObject {
  return compact({
    reason: 'ModelLoadFailed',
    message: textAt(ended, 'message'),
    exitCode: numberAt(ended, 'exitCode'),
  })
}
