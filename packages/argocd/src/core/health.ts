import { conditionOf } from '@mlops-actions/kubernetes'
import type { ContainerState, LiveObject } from './object.wire.ts'

export interface Health {
  readonly status: string
  readonly message: string
}

const health = (status: string, message = ''): Health => ({ status, message })
const HEALTHY = health('Healthy')

/**
 * The health of a live object as Argo CD's engine sees it (gitops-engine pkg/health), for the kinds that its tree is
 * judged by; undefined for all others, as there.
 */
export function healthOf(kind: string, group: string, object: LiveObject): Health | undefined {
  if (object.metadata.deletionTimestamp !== undefined) return health('Progressing', 'Pending deletion')
  const judge = JUDGES[group === '' ? kind : `${kind}.${group}`]
  return judge?.(object)
}

const JUDGES: Readonly<Record<string, (object: LiveObject) => Health>> = {
  'Deployment.apps': healthOfDeployment,
  'ReplicaSet.apps': healthOfReplicaSet,
  'StatefulSet.apps': healthOfStatefulSet,
  'DaemonSet.apps': healthOfDaemonSet,
  'Rollout.argoproj.io': healthOfRollout,
  'Service.serving.knative.dev': healthOfKnative,
  Pod: healthOfPod,
}

function healthOfDeployment({ metadata, spec, status }: LiveObject): Health {
  if (spec.paused) return health('Suspended', 'Deployment is paused')
  const { replicas, updatedReplicas, availableReplicas } = status
  if (metadata.generation > status.observedGeneration) return progressing('it has not been looked at yet')
  if (conditionOf(status.conditions, 'Progressing')?.reason === 'ProgressDeadlineExceeded')
    return health('Degraded', `Deployment "${metadata.name}" exceeded its progress deadline`)
  if (spec.replicas !== undefined && updatedReplicas < spec.replicas)
    return progressing(`${updatedReplicas} of ${spec.replicas} new replicas have been updated`)
  if (replicas > updatedReplicas) return progressing(`${replicas - updatedReplicas} old replicas are to go`)
  if (availableReplicas < updatedReplicas)
    return progressing(`${availableReplicas} of ${updatedReplicas} updated replicas are available`)
  return HEALTHY
}

function healthOfReplicaSet({ metadata, spec, status }: LiveObject): Health {
  if (metadata.generation > status.observedGeneration) return progressing('it has not been looked at yet')
  const failure = conditionOf(status.conditions, 'ReplicaFailure')
  if (failure?.status === 'True') return health('Degraded', failure.message)
  if (spec.replicas !== undefined && status.availableReplicas < spec.replicas)
    return progressing(`${status.availableReplicas} of ${spec.replicas} new replicas are available`)
  return HEALTHY
}

function healthOfStatefulSet({ metadata, spec, status }: LiveObject): Health {
  const { replicas, updateStrategy } = spec
  if (status.observedGeneration === 0 || metadata.generation > status.observedGeneration)
    return progressing('it has not been looked at yet')
  if (replicas !== undefined && status.readyReplicas < replicas)
    return progressing(`${replicas - status.readyReplicas} pods are not ready`)
  if (updateStrategy.type === 'RollingUpdate' && updateStrategy.rollingUpdate !== undefined) {
    const wanted = (replicas ?? 0) - updateStrategy.rollingUpdate.partition
    return status.updatedReplicas < wanted
      ? progressing(`${status.updatedReplicas} of ${wanted} new pods have been updated`)
      : HEALTHY
  }
  if (updateStrategy.type === 'OnDelete' || status.updateRevision === status.currentRevision) return HEALTHY
  return progressing(`${status.updatedReplicas} pods are at revision ${status.updateRevision}`)
}

function healthOfDaemonSet({ metadata, spec, status }: LiveObject): Health {
  const { desiredNumberScheduled: desired, updatedNumberScheduled: updated, numberAvailable } = status
  if (metadata.generation > status.observedGeneration) return progressing('it has not been looked at yet')
  if (spec.updateStrategy.type === 'OnDelete') return HEALTHY
  if (updated < desired) return progressing(`${updated} of ${desired} new pods have been updated`)
  if (numberAvailable < desired)
    return progressing(`${numberAvailable} of ${desired} updated pods are available`)
  return HEALTHY
}

/** Since Argo Rollouts 1.0 its phase says it (resource_customizations/argoproj.io/Rollout/health.lua). */
function healthOfRollout({ metadata, status }: LiveObject): Health {
  const { phase, message, observedGeneration } = status
  if (metadata.generation > observedGeneration || phase === '')
    return progressing('it has not been looked at yet')
  return health(phase === 'Paused' ? 'Suspended' : phase, message)
}

/** resource_customizations/serving.knative.dev/Service/health.lua */
function healthOfKnative({ status: { conditions } }: LiveObject): Health {
  const bad = conditions.filter(({ status }) => status !== 'True')
  const good = ['ConfigurationsReady', 'RoutesReady', 'Ready'].filter(
    (type) => conditionOf(conditions, type)?.status === 'True',
  )
  if (bad.length === 0 && good.length === 3) return HEALTHY
  const message = bad
    .map((one) => `${one.type} is ${one.status}: ${one.reason} ${one.message}`.trim())
    .join('\n')
  return health(bad.some(({ status }) => status === 'False') ? 'Degraded' : 'Progressing', message)
}

const IGNORE_RESTART_POLICY = 'argocd.argoproj.io/ignore-restart-policy'

function healthOfPod({ metadata, spec, status }: LiveObject): Health {
  const { phase, message, containerStatuses, initContainerStatuses } = status
  const isToStay = spec.restartPolicy === 'Always' || metadata.annotations[IGNORE_RESTART_POLICY] === 'true'
  const stuck = containerStatuses.flatMap(({ state: { waiting } }) =>
    waiting !== undefined && /^Err|Error$|BackOff$/.test(waiting.reason) ? [waiting.message] : [],
  )
  if (isToStay && stuck.length > 0) return health('Degraded', stuck.join(', '))
  if (phase === 'Pending') return health('Progressing', message)
  if (phase === 'Succeeded') return health('Healthy', message)
  if (phase === 'Failed') {
    const ended = [...initContainerStatuses, ...containerStatuses].map(endingOf)
    return health('Degraded', message || ended.find((one) => one !== '') || '')
  }
  if (phase !== 'Running') return health('Unknown', message)
  if (!isToStay) return health('Progressing', message)
  if (conditionOf(status.conditions, 'Ready')?.status === 'True') return health('Healthy', message)
  const hasEnded = containerStatuses.some(({ lastState }) => lastState.terminated !== undefined)
  return health(hasEnded ? 'Degraded' : 'Progressing', message)
}

function endingOf({ name, state: { terminated } }: ContainerState): string {
  if (terminated === undefined) return ''
  const { message, reason, exitCode } = terminated
  if (message !== '') return message
  if (reason === 'OOMKilled') return reason
  return exitCode === 0 ? '' : `container "${name}" failed with exit code ${exitCode}`
}

function progressing(what: string): Health {
  return health('Progressing', `Waiting for the rollout to finish: ${what}`)
}
