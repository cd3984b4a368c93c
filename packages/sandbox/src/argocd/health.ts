import { booleanAt, type JsonObject, listAt, numberAt, objectAt, textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { type Health, progressing } from './health-status.ts'
import { podHealth } from './pod-health.ts'

export type { Health } from './health-status.ts'

const ORDER: readonly Health['status'][] = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
]

/** The worst of the given; Healthy when there is none (argo-cd:util/health). */
export function worstOf(found: readonly Health['status'][]): Health['status'] {
  return found.reduce<Health['status']>(
    (worst, one) => (ORDER.indexOf(one) > ORDER.indexOf(worst) ? one : worst),
    'Healthy',
  )
}

/** Health of one live object; undefined for kinds that have none. Source: gitops-engine pkg/health, resource_customizations. */
export function healthOf(object: KubeObject): Health | undefined {
  if (object.metadata.deletionTimestamp !== undefined)
    return { status: 'Progressing', message: 'Pending deletion' }
  switch (object.kind) {
    case 'Deployment':
      return deploymentHealth(object)
    case 'ReplicaSet':
      return replicaSetHealth(object)
    case 'Pod':
      return podHealth(object)
    case 'Job':
      return jobHealth(object)
    case 'InferenceService':
      return inferenceServiceHealth(object)
    case 'Rollout':
      return rolloutHealth(object)
    case 'Service':
      return object.apiVersion === 'v1' ? { status: 'Healthy' } : knativeServiceHealth(object)
    default:
      return undefined
  }
}

/**
 * InferenceService/health.lua as of 2025-11: a False condition alone is Progressing for ever, Degraded comes from
 * `transitionStatus` alone, and no generation is looked at.
 */
export function inferenceServiceHealth(object: JsonObject): Health {
  const conditions = listAt(object, 'status', 'conditions')
  if (conditions.length === 0 && objectAt(object, 'status')['modelStatus'] === undefined) {
    return { status: 'Progressing', message: 'Waiting for status update.' }
  }
  const stopped = conditions.find((one) => textAt(one, 'type') === 'Stopped')
  if (textAt(stopped, 'status') === 'True')
    return { status: 'Suspended', message: 'InferenceService is Stopped' }
  const transition = textAt(object, 'status', 'modelStatus', 'transitionStatus')
  const known = objectAt(object, 'status')['modelStatus'] !== undefined
  const degraded = known && transition !== 'UpToDate' && transition !== 'InProgress'
  const bad = conditions.filter(
    (one) => one !== stopped && ['False', 'Unknown'].includes(textAt(one, 'status') ?? ''),
  )
  const message = [
    ...(known && transition !== 'UpToDate'
      ? [`${degraded ? 'Degraded' : 'Progressing'}: transitionStatus is ${transition ?? ''}`]
      : []),
    ...bad.map(conditionText),
  ].join('\n')
  if (degraded) return { status: 'Degraded', message }
  if (bad.length === 0 && transition !== 'InProgress')
    return { status: 'Healthy', message: 'InferenceService is healthy.' }
  return { status: 'Progressing', message }
}

function conditionText(condition: JsonObject): string {
  const reason = textAt(condition, 'reason')
  const message = textAt(condition, 'message')
  const since = reason === undefined || reason === '' ? '' : `, since ${reason}.`
  return `${textAt(condition, 'type') ?? ''} is ${textAt(condition, 'status') ?? ''}${since}${message === undefined ? '' : ` ${message}`}`
}

/** serving.knative.dev/Service/health.lua: three conditions have to be True, and no generation is looked at. */
function knativeServiceHealth(object: JsonObject): Health {
  const conditions = listAt(object, 'status', 'conditions')
  if (conditions.length === 0) return progressing('Waiting for status update.')
  const of = (status: string) => conditions.filter((one) => textAt(one, 'status') === status)
  const needed = of('True').filter((one) => KNATIVE_READY.has(textAt(one, 'type') ?? ''))
  const bad = [...of('False'), ...of('Unknown')]
  if (needed.length === KNATIVE_READY.size && bad.length === 0)
    return { status: 'Healthy', message: 'Knative Service is healthy.' }
  const message = bad.map(conditionText).join('\n')
  return of('False').length > 0 ? { status: 'Degraded', message } : progressing(message)
}

const KNATIVE_READY = new Set(['ConfigurationsReady', 'RoutesReady', 'Ready'])

/** argoproj.io/Rollout/health.lua, for controllers from v1.0 on, which say a phase; they write the generation as text. */
function rolloutHealth(object: KubeObject): Health {
  const observed = Number(textAt(object, 'status', 'observedGeneration') ?? Number.NaN)
  if (observed !== object.metadata.generation)
    return progressing('Waiting for rollout spec update to be observed')
  const phase = textAt(object, 'status', 'phase')
  const message = textAt(object, 'status', 'message') ?? ''
  if (phase === 'Paused') return { status: 'Suspended', message }
  return phase === 'Healthy' || phase === 'Degraded' ? { status: phase, message } : progressing(message)
}

function deploymentHealth(object: KubeObject): Health {
  if (booleanAt(object, 'spec', 'paused') === true)
    return { status: 'Suspended', message: 'Deployment is paused' }
  if (object.metadata.generation > (numberAt(object, 'status', 'observedGeneration') ?? 0)) {
    return progressing(
      'Waiting for rollout to finish: observed deployment generation less than desired generation',
    )
  }
  const count = (field: string): number => numberAt(object, 'status', field) ?? 0
  const desired = numberAt(object, 'spec', 'replicas') ?? 1
  const [updated, replicas, available] = [
    count('updatedReplicas'),
    count('replicas'),
    count('availableReplicas'),
  ]
  const late = listAt(object, 'status', 'conditions').some(
    (one) => textAt(one, 'reason') === 'ProgressDeadlineExceeded',
  )
  if (late)
    return {
      status: 'Degraded',
      message: `Deployment "${object.metadata.name}" exceeded its progress deadline`,
    }
  const rollout = 'Waiting for rollout to finish:'
  if (updated < desired)
    return progressing(`${rollout} ${updated} out of ${desired} new replicas have been updated...`)
  if (replicas > updated)
    return progressing(`${rollout} ${replicas - updated} old replicas are pending termination...`)
  if (available < updated)
    return progressing(`${rollout} ${available} of ${updated} updated replicas are available...`)
  return { status: 'Healthy' }
}

function replicaSetHealth(object: KubeObject): Health {
  if (object.metadata.generation > (numberAt(object, 'status', 'observedGeneration') ?? 0)) {
    return progressing(
      'Waiting for rollout to finish: observed replica set generation less than desired generation',
    )
  }
  const failure = listAt(object, 'status', 'conditions').find(
    (one) => textAt(one, 'type') === 'ReplicaFailure',
  )
  if (textAt(failure, 'status') === 'True')
    return { status: 'Degraded', message: textAt(failure, 'message') ?? '' }
  const [available, desired] = [
    numberAt(object, 'status', 'availableReplicas') ?? 0,
    numberAt(object, 'spec', 'replicas') ?? 0,
  ]
  if (available < desired)
    return progressing(
      `Waiting for rollout to finish: ${available} out of ${desired} new replicas are available...`,
    )
  return { status: 'Healthy' }
}

function jobHealth(object: KubeObject): Health {
  const conditions = listAt(object, 'status', 'conditions').filter((one) => textAt(one, 'status') === 'True')
  const failed = conditions.find((one) => textAt(one, 'type') === 'Failed')
  if (failed) return { status: 'Degraded', message: textAt(failed, 'message') ?? '' }
  return conditions.some((one) => textAt(one, 'type') === 'Complete')
    ? { status: 'Healthy' }
    : progressing('')
}
