import { compact, type JsonObject, listAt, numberAt, objectAt, textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { type Health, healthOf } from './health.ts'
import type { ArgocdState } from './state.ts'

/** One node of the resource tree with the object that it stands for. */
export interface TreeNode {
  readonly object: KubeObject
  readonly parents: readonly KubeObject[]
  readonly health: Health | undefined
}

/** The managed resources that live, and everything that they own, parents first. */
export function resourceTree(state: ArgocdState, app: string): TreeNode[] {
  const { store } = state.kubernetes
  const roots = (state.managed.get(app) ?? []).flatMap((one) => {
    const live =
      one.live && [...store.objects.values()].find((object) => object.metadata.uid === one.live?.metadata.uid)
    return live ? [live] : []
  })
  const nodes: TreeNode[] = []
  const visit = (object: KubeObject, parents: readonly KubeObject[]): void => {
    if (nodes.some((node) => node.object.metadata.uid === object.metadata.uid)) return
    nodes.push({ object, parents, health: healthOf(object) })
    for (const child of store.objects.values()) if (isChild(child, object)) visit(child, [object])
  }
  for (const root of roots) visit(root, [])
  return nodes
}

function isChild(child: KubeObject, parent: KubeObject): boolean {
  return (child.metadata.ownerReferences ?? []).some((one) => textAt(one, 'uid') === parent.metadata.uid)
}

export function groupOf(object: KubeObject): string {
  return object.apiVersion.includes('/') ? (object.apiVersion.split('/')[0] ?? '') : ''
}

/** Reference of a node, as `nodes[]`, `parentRefs[]` and the resource endpoints name it. */
export function nodeReference(object: KubeObject): JsonObject {
  const version = object.apiVersion.split('/').at(-1) ?? ''
  const { name, namespace = '', uid } = object.metadata
  return { group: groupOf(object), version, kind: object.kind, namespace, name, uid }
}

/** JSON of one node of `GET …/resource-tree`. */
export function nodeJson({ object, parents, health }: TreeNode): JsonObject {
  const images = object.kind === 'Pod' ? imagesOf(object) : []
  const info = [...revisionInfo(object), ...(object.kind === 'Pod' ? podInfo(object) : [])]
  return compact({
    ...nodeReference(object),
    parentRefs: parents.length === 0 ? undefined : parents.map(nodeReference),
    info: info.length === 0 ? undefined : info,
    images: images.length === 0 ? undefined : images,
    resourceVersion: object.metadata.resourceVersion,
    createdAt: object.metadata.creationTimestamp,
    health: health && compact({ status: health.status, message: health.message }),
  })
}

/** Images of a pod's containers, init containers included. */
export function imagesOf(pod: KubeObject): string[] {
  const containers = ['initContainers', 'containers'].flatMap((field) => listAt(pod, 'spec', field))
  return [...new Set(containers.flatMap((one) => textAt(one, 'image') ?? []))]
}

/** `status.summary.images`: of the pods alone, so it is empty at scale to zero and holds both during a rollout. */
export function summaryImages(nodes: readonly TreeNode[]): string[] {
  return [...new Set(nodes.flatMap(({ object }) => (object.kind === 'Pod' ? imagesOf(object) : [])))].sort()
}

/** Of ReplicaSets, and of Deployments themselves (argo-cd:util/resource/revision.go). */
function revisionInfo({ metadata }: KubeObject): JsonObject[] {
  const revision = Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? '0')
  return revision > 0 ? [{ name: 'Revision', value: `Rev:${revision}` }] : []
}

/** What `kubectl get pods` prints (argo-cd:controller/cache/info.go populatePodInfo). */
function podInfo(pod: KubeObject): JsonObject[] {
  const main = listAt(pod, 'status', 'containerStatuses')
  const ready = main.filter((one) => one['ready'] === true).length
  const total = listAt(pod, 'spec', 'containers').length
  const counted = [...listAt(pod, 'status', 'initContainerStatuses'), ...main]
  const restarts = counted.reduce((sum, one) => sum + (numberAt(one, 'restartCount') ?? 0), 0)
  return [
    { name: 'Status Reason', value: statusReason(pod) },
    { name: 'Node', value: textAt(pod, 'spec', 'nodeName') ?? '' },
    { name: 'Containers', value: `${ready}/${total}` },
    ...(restarts > 0 ? [{ name: 'Restart Count', value: String(restarts) }] : []),
  ]
}

export function statusReason(pod: KubeObject): string {
  const isOver = ['Failed', 'Succeeded'].includes(textAt(pod, 'status', 'phase') ?? '')
  if (pod.metadata.deletionTimestamp !== undefined && !isOver) return 'Terminating'
  for (const init of listAt(pod, 'status', 'initContainerStatuses')) {
    if (init['ready'] === true) continue
    const waiting = textAt(init, 'state', 'waiting', 'reason')
    if (waiting !== undefined && waiting !== 'PodInitializing') return `Init:${waiting}`
    const ended = textAt(init, 'state', 'terminated', 'reason')
    return ended === undefined ? 'Init:0/1' : `Init:${ended}`
  }
  for (const status of listAt(pod, 'status', 'containerStatuses')) {
    const reason =
      textAt(objectAt(status, 'state', 'waiting'), 'reason') ??
      textAt(status, 'state', 'terminated', 'reason')
    if (reason !== undefined) return reason
  }
  return textAt(pod, 'status', 'reason') ?? textAt(pod, 'status', 'phase') ?? 'Unknown'
}
