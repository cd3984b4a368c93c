import { classifyPull, isFinal } from './image-pull.ts'
import { conditionOf } from './metadata.wire.ts'
import type { ContainerStatus, Pod } from './pod.wire.ts'
import type { Patience } from './sightings.ts'
import type { Trouble } from './trouble.ts'

const AT_ONCE: Patience = { looks: 1, lasting: 0 }
const SEEN_TWICE: Patience = { looks: 2, lasting: 0 }
/** The kubelet's first back-off is 10 s: what lasts longer has been tried again. */
const TRIED_AGAIN: Patience = { looks: 2, lasting: 20_000 }

const PULL = new Set(['ImagePullBackOff', 'ErrImagePull', 'ErrImageNeverPull', 'RegistryUnavailable'])
const CONFIG = new Set(['CreateContainerConfigError', 'CreateContainerError'])

/** Everything that is wrong with one pod, worst first. Pure. */
export function troublesOfPod(pod: Pod): readonly Trouble[] {
  const { initContainerStatuses, containerStatuses, conditions } = pod.status
  const scheduled = conditionOf(conditions, 'PodScheduled')
  return [
    ...initContainerStatuses.flatMap((status) => [...ended(pod, status, true), ...waits(pod, status)]),
    ...containerStatuses.flatMap((status) => [...ended(pod, status, false), ...waits(pod, status)]),
    ...(scheduled?.status === 'False' ? [unschedulable(pod, scheduled.reason, scheduled.message)] : []),
  ]
}

/**
 * A server that ends twice more after its first start is in a crash loop. An init container is expected to end,
 * so two failures are enough: the first may be a model store that was slow to answer.
 */
function ended(pod: Pod, status: ContainerStatus, isInit: boolean): readonly Trouble[] {
  const { state, lastState, restartCount } = status
  const isBackingOff = state.waiting?.reason === 'CrashLoopBackOff'
  const last = state.terminated ?? (isBackingOff ? lastState.terminated : undefined)
  const failures = restartCount + 1
  if (last === undefined || failures < (isInit ? 2 : 3)) return []
  if (isInit && last.exitCode === 0) return []
  return [
    {
      ...about(pod, status, isInit ? 'init-failed' : 'crash-loop'),
      reason: last.reason === 'OOMKilled' ? 'OOMKilled' : 'CrashLoopBackOff',
      message: last.message,
      isLog: true,
      exitCode: last.exitCode,
      failures,
      patience: AT_ONCE,
    },
  ]
}

function waits(pod: Pod, status: ContainerStatus): readonly Trouble[] {
  const { reason = '', message = '' } = status.state.waiting ?? {}
  const seen = { reason, message, isLog: false }
  if (reason === 'InvalidImageName') {
    return [{ ...about(pod, status, 'image-name'), ...seen, patience: SEEN_TWICE }]
  }
  if (PULL.has(reason)) {
    const patience = isFinal(classifyPull(message)) ? SEEN_TWICE : TRIED_AGAIN
    return [{ ...about(pod, status, 'image-pull'), ...seen, patience }]
  }
  if (CONFIG.has(reason))
    return [{ ...about(pod, status, 'container-config'), ...seen, patience: TRIED_AGAIN }]
  return []
}

/** An autoscaler may bring a node, so this is said but is no failure. */
function unschedulable(pod: Pod, reason: string, message: string): Trouble {
  return {
    code: 'unschedulable',
    key: `unschedulable ${pod.metadata.uid}`,
    on: `pod ${pod.metadata.name}`,
    pod: pod.metadata.name,
    reason: reason || 'Unschedulable',
    message,
    isLog: false,
    patience: undefined,
  }
}

function about<Code extends Trouble['code']>(pod: Pod, { name }: ContainerStatus, code: Code) {
  const { name: podName, uid } = pod.metadata
  return {
    code,
    key: `${code} ${uid} ${name}`,
    on: `pod ${podName}, container ${name}`,
    pod: podName,
    container: name,
  }
}
