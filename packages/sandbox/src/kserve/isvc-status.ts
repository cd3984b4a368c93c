import {
  type Json,
  type JsonObject,
  listAt,
  numberAt,
  objectAt,
  textAt,
  textsAt,
} from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import { type Cluster, type Condition, nowText, withTransitions } from './cluster.ts'
import { modelStatusOf } from './model-status.ts'
import { type Predictor, predictorName, runtimeFields } from './predictor.ts'

export function isStopped(isvc: KubeObject): boolean {
  return textsAt(isvc, 'metadata', 'annotations')['serving.kserve.io/stop'] === 'true'
}

/** The status of a stopped service: conditions only, whatever ran before is forgotten. */
export function stoppedStatus(cluster: Cluster, isvc: KubeObject): JsonObject {
  const stopped = (type: string): Condition => ({ type, status: 'False', reason: 'Stopped' })
  const conditions = withTransitions(listAt(isvc, 'status', 'conditions'), nowText(cluster), [
    stopped('IngressReady'),
    stopped('PredictorReady'),
    stopped('Ready'),
    { type: 'Stopped', status: 'True' },
  ])
  return { conditions, deploymentMode: 'Standard' }
}

/**
 * Status from what runs. `observedGeneration` is the Deployment's, not the service's: it proves nothing about the
 * spec. Source: kserve/kserve:pkg/apis/serving/v1beta1/inference_service_status.go PropagateRawStatus.
 */
export function statusOf(cluster: Cluster, isvc: KubeObject, predictor: Predictor): JsonObject {
  const namespace = isvc.metadata.namespace ?? ''
  const key = { type: RESOURCES.deployments, namespace, name: predictorName(isvc) }
  const deployment = cluster.state.store.get(key)
  const url = cluster.frontUrls.get(`${namespace}/${isvc.metadata.name}`)
  const ready =
    'invalid' in predictor ? undefined : predictorReady(deployment, cluster.options.version ?? '0.20')
  const conditions = conditionsOf(ready, url)
  const isReady = conditions.some((one) => one.type === 'Ready' && one.status === 'True')
  const before = objectAt(isvc, 'status')
  const observed = numberAt(deployment, 'status', 'observedGeneration')
  const address = { url: `http://${isvc.metadata.name}.${namespace}.svc.cluster.local` }
  const reachable = url !== undefined && ready?.status === 'True'
  return {
    conditions: withTransitions(listAt(before, 'conditions'), nowText(cluster), conditions),
    deploymentMode: 'Standard',
    components: { predictor: reachable ? { url } : objectAt(before, 'components', 'predictor') },
    modelStatus: modelStatusOf(cluster, isvc, predictor, isReady),
    ...('invalid' in predictor ? {} : runtimeFields(predictor.runtime)),
    ...(observed === undefined ? {} : { observedGeneration: observed }),
    ...(reachable ? { url, address } : kept(before, ['url', 'address'])),
  }
}

function kept(before: JsonObject, fields: readonly string[]): JsonObject {
  const entries = fields.flatMap((field): [string, Json][] => {
    const value = before[field]
    return value === undefined ? [] : [[field, value]]
  })
  return Object.fromEntries(entries)
}

function predictorReady(deployment: KubeObject | undefined, version: '0.16' | '0.20'): Condition | undefined {
  const conditions = listAt(deployment, 'status', 'conditions')
  if (conditions.length === 0) return undefined
  const find = (type: string): JsonObject | undefined =>
    conditions.find((one) => textAt(one, 'type') === type)
  const as = (status: Condition['status'], source: JsonObject): Condition => ({
    type: 'PredictorReady',
    status,
    ...(status === 'True' ? {} : { reason: textAt(source, 'reason'), message: textAt(source, 'message') }),
  })
  const [available, progressing, failure] = [find('Available'), find('Progressing'), find('ReplicaFailure')]
  if (failure && textAt(failure, 'status') === 'True') return as('False', failure)
  if (available && textAt(available, 'status') === 'False') return as('False', available)
  if (progressing && textAt(progressing, 'status') === 'False') return as('False', progressing)
  const rolling = textAt(progressing, 'reason') !== 'NewReplicaSetAvailable'
  if (version === '0.16' && progressing && rolling) return as('Unknown', progressing)
  return available ? as('True', available) : undefined
}

/** Living condition set: Ready follows PredictorReady and IngressReady (knative.dev/pkg apis/condition_set.go). */
function conditionsOf(predictor: Condition | undefined, url: string | undefined): Condition[] {
  const ready: Condition = predictor ?? { type: 'PredictorReady', status: 'Unknown' }
  const ingress: Condition =
    ready.status === 'True'
      ? { type: 'IngressReady', status: url === undefined ? 'Unknown' : 'True' }
      : { type: 'IngressReady', status: 'False', reason: 'Predictor ingress not created' }
  const worst =
    [ready, ingress].find((one) => one.status === 'False') ??
    [ready, ingress].find((one) => one.status === 'Unknown')
  const all: Condition = worst ? { ...worst, type: 'Ready' } : { type: 'Ready', status: 'True' }
  return [ingress, ready, all, { type: 'Stopped', status: 'False' }]
}
