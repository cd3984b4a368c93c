import type { ResourceTree, TreeNode } from './resource.wire.ts'

/** Kinds that run something, so that their health is that of the deployed version. */
const RUNNING_KINDS = new Set([
  'Pod',
  'ReplicaSet',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Rollout',
  'Revision',
])

/** Descendants that are not there yet: an Application's own health does not look below its managed resources (argo-cd #11473). */
export function unfinishedNodes({ nodes }: ResourceTree): TreeNode[] {
  return nodes.filter((node) => {
    const { kind, health } = node
    const isUnfinished = health?.status === 'Progressing' || health?.status === 'Degraded'
    return RUNNING_KINDS.has(kind) && isUnfinished && !isTerminating(node)
  })
}

/** Whether it is a pod that a Job has made. */
export function isOfJob({ kind, parentRefs }: TreeNode): boolean {
  return kind === 'Pod' && parentRefs.some((parent) => parent.kind === 'Job')
}

/** The nodes of a kind that this one owns. */
export function childrenOf({ nodes }: ResourceTree, parent: TreeNode, kind: string): TreeNode[] {
  return nodes.filter((node) => node.kind === kind && isChild(node, parent))
}

/** Pods that may be in trouble: those that Argo CD calls Degraded first, then the youngest. */
export function suspectPods(tree: ResourceTree): TreeNode[] {
  const rank = ({ health }: TreeNode) => (health?.status === 'Degraded' ? 0 : 1)
  return unfinishedNodes(tree)
    .filter(({ kind }) => kind === 'Pod')
    .sort((one, other) => rank(one) - rank(other) || other.createdAt.localeCompare(one.createdAt))
}

/** Whether a pod or a ReplicaSet is of a version before: its ReplicaSet is not the newest of its Deployment. */
export function isOutdated({ nodes }: ResourceTree, node: TreeNode): boolean {
  const set = node.kind === 'ReplicaSet' ? node : nodes.find((other) => isChild(node, other))
  if (set?.kind !== 'ReplicaSet') return false
  const siblings = nodes.filter(
    (other) => other.kind === 'ReplicaSet' && set.parentRefs.some(({ uid }) => isChildOf(other, uid)),
  )
  return siblings.some((other) => revisionOf(other) > revisionOf(set))
}

function isChild(child: TreeNode, parent: TreeNode): boolean {
  return isChildOf(child, parent.uid)
}

function isChildOf({ parentRefs }: TreeNode, parent: string): boolean {
  return parent !== '' && parentRefs.some(({ uid }) => uid === parent)
}

/** `Rev:3`: the annotation deployment.kubernetes.io/revision (argo-cd controller/cache/info.go populateNodeInfo). */
function revisionOf(node: TreeNode): number {
  return Number(/^Rev:(\d+)$/.exec(infoOf(node, 'Revision'))?.[1] ?? '0')
}

function isTerminating(node: TreeNode): boolean {
  return infoOf(node, 'Status Reason').endsWith('Terminating')
}

function infoOf({ info }: TreeNode, name: string): string {
  return info.find((item) => item.name === name)?.value ?? ''
}
