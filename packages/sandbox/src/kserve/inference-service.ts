import { compact, type JsonObject, listAt, numberAt, objectAt, textAt, textsAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import type { ObjectKey } from '../kubernetes/store.ts'
import { type Cluster, ensure, keyOfObject, ownedBy, removeIfThere, setStatus } from './cluster.ts'
import { recordEvent } from './events.ts'
import { isStopped, statusOf, stoppedStatus } from './isvc-status.ts'
import { servingPort } from './pod-ports.ts'
import { type Predictor, predictorName, resolvePredictor } from './predictor.ts'

/** InferenceService -> Deployment and Services, and back: Deployment and pods -> status. */
export function reconcileInferenceService(cluster: Cluster, isvc: KubeObject): void {
  if (isvc.metadata.deletionTimestamp !== undefined) return
  if (isStopped(isvc)) {
    for (const key of childrenOf(isvc)) removeIfThere(cluster, key)
    setStatus(cluster, keyOfObject(isvc), stoppedStatus(cluster, isvc))
    return
  }
  const predictor = resolvePredictor(cluster.state.store, isvc)
  if ('invalid' in predictor) {
    recordEvent(cluster, isvc, {
      type: 'Warning',
      reason: 'InternalError',
      message: `fails to reconcile predictor: ${predictor.message}`,
      component: 'v1beta1Controllers',
    })
  } else {
    applyChildren(cluster, isvc, predictor)
  }
  // The Deployment is read after it was written: its status is still that of the template before.
  setStatus(cluster, keyOfObject(isvc), statusOf(cluster, isvc, predictor))
}

function childrenOf(isvc: KubeObject): ObjectKey[] {
  const namespace = isvc.metadata.namespace ?? ''
  return [
    { type: RESOURCES.deployments, namespace, name: predictorName(isvc) },
    { type: RESOURCES.services, namespace, name: predictorName(isvc) },
    { type: RESOURCES.services, namespace, name: isvc.metadata.name },
  ]
}

function applyChildren(
  cluster: Cluster,
  isvc: KubeObject,
  predictor: Extract<Predictor, { template: object }>,
): void {
  const namespace = isvc.metadata.namespace ?? ''
  const name = predictorName(isvc)
  const selector = { app: `isvc.${name}` }
  const labels = objectAt(predictor.template, 'metadata', 'labels')
  const metadata = { namespace, labels, annotations: {}, ownerReferences: [ownedBy(isvc)] }
  ensure(cluster, RESOURCES.deployments, {
    metadata: { ...metadata, name },
    spec: {
      replicas: replicasOf(isvc),
      selector: { matchLabels: selector },
      template: predictor.template,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 10,
    },
  })
  ensure(cluster, RESOURCES.services, {
    metadata: { ...metadata, name },
    spec: {
      type: 'ClusterIP',
      selector,
      ports: servicePorts(name, listAt(predictor.template, 'spec', 'containers')[0] ?? {}),
    },
  })
  ensure(cluster, RESOURCES.services, {
    metadata: { ...metadata, name: isvc.metadata.name },
    spec: {
      type: 'ExternalName',
      externalName: 'knative-local-gateway.istio-system.svc.cluster.local',
      ports: [],
    },
  })
}

/** The first containerPort behind port 80, the others as they are (service_reconciler.go createDefaultSvc). */
function servicePorts(name: string, container: JsonObject): JsonObject[] {
  const [first, ...others] = listAt(container, 'ports')
  if (first === undefined) return [{ name, port: 80, targetPort: servingPort(container), protocol: 'TCP' }]
  const portOf = (one: JsonObject, port: number): JsonObject =>
    compact({
      name: textAt(one, 'name'),
      port,
      targetPort: numberAt(one, 'containerPort'),
      protocol: textAt(one, 'protocol') ?? 'TCP',
    })
  return [portOf(first, 80), ...others.map((one) => portOf(one, numberAt(one, 'containerPort') ?? 0))]
}

/** minReplicas, at least 1 unless an autoscaler that can reach zero is chosen (HPA cannot). */
function replicasOf(isvc: KubeObject): number {
  const wanted = numberAt(isvc, 'spec', 'predictor', 'minReplicas') ?? 1
  const scaler = textsAt(isvc, 'metadata', 'annotations')['serving.kserve.io/autoscalerClass'] ?? 'hpa'
  return scaler === 'hpa' ? Math.max(1, wanted) : wanted
}
