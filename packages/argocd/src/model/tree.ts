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

const KNATIVE = 'serving.knative.dev'

/** Descendants that are not there yet: an Application's own health does not look below its managed resources (argo-cd #11473). */
export function unfinishedNodes({ nodes }: ResourceTree): TreeNode[] {
  return nodes.filter((node) => {
    const isUnfinished = node.health?.status === 'Progressing' || node.health?.status === 'Degraded'
    return isUnfinished && runsSomething(node) && !isTerminating(node)
  })
}

/** A Service runs nothing, but for the one of Knative. */
function runsSomething({ kind, group }: TreeNode): boolean {
  return RUNNING_KINDS.has(kind) || (kind === 'Service' && group === KNATIVE)
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

const LASTING_OWNERS = new Set(['ReplicaSet', 'StatefulSet', 'DaemonSet'])

/** Pods that are meant to stay, and are not on their way out. */
export function servingPods({ nodes }: ResourceTree): TreeNode[] {
  return nodes.filter((node) => {
    const isLasting = node.parentRefs.some(({ kind }) => LASTING_OWNERS.has(kind))
    return node.kind === 'Pod' && isLasting && !isTerminating(node) && !HAS_ENDED.test(reasonOf(node))
  })
}

/** What a pod that was evicted, or whose node was shut down, is left with. */
const HAS_ENDED =
  /^(?:Completed|Succeeded|Failed|Evicted|Error|Terminated|NodeShutdown|NodeAffinity|OutOf\w+|Unexpected\w+)$/

/**
 * Whether it is of a version before: its ReplicaSet is not the newest of its Deployment, or its Revision not the newest of
 * its Knative Configuration, which has a Deployment for each.
 */
export function isOutdated(tree: ResourceTree, node: TreeNode): boolean {
  const line = lineOf(tree, node)
  const set = line.find(({ kind }) => kind === 'ReplicaSet')
  const revision = line.find(({ kind, group }) => kind === 'Revision' && group === KNATIVE)
  const hasNewerSet =
    set !== undefined && siblingsOf(tree, set).some((other) => revisionOf(other) > revisionOf(set))
  const hasNewerRevision =
    revision !== undefined && siblingsOf(tree, revision).some((other) => isAfter(other, revision))
  return hasNewerSet || hasNewerRevision
}

/** The newest ReplicaSet of a Deployment. */
export function newestSet(tree: ResourceTree, deployment: TreeNode): TreeNode | undefined {
  return childrenOf(tree, deployment, 'ReplicaSet')
    .sort((one, other) => revisionOf(one) - revisionOf(other))
    .at(-1)
}

/** More owners above each other than any controller makes; a server may say anything. */
const LONGEST_LINE = 10

/** The node, what owns it, what owns that, and so on. */
function lineOf(tree: ResourceTree, node: TreeNode, most = LONGEST_LINE): readonly TreeNode[] {
  const owner = tree.nodes.find((other) => other !== node && isChild(node, other))
  return owner === undefined || most === 0 ? [node] : [node, ...lineOf(tree, owner, most - 1)]
}

function siblingsOf({ nodes }: ResourceTree, node: TreeNode): TreeNode[] {
  return nodes.filter(
    (other) => other.kind === node.kind && node.parentRefs.some(({ uid }) => isChildOf(other, uid)),
  )
}

/** Revisions of a Configuration are numbered in their names, `churn-predictor-00012`. */
function isAfter(one: TreeNode, other: TreeNode): boolean {
  if (one.createdAt !== other.createdAt) return one.createdAt > other.createdAt
  return one.name.length === other.name.length ? one.name > other.name : one.name.length > other.name.length
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

/** One that is deleted on a node that was lost is called Unknown (controller/cache/info.go populatePodInfo). */
function isTerminating(node: TreeNode): boolean {
  const reason = reasonOf(node)
  return reason.endsWith('Terminating') || reason === 'Unknown'
}

function reasonOf(node: TreeNode): string {
  return infoOf(node, 'Status Reason')
}

function infoOf({ info }: TreeNode, name: string): string {
  return info.find((item) => item.name === name)?.value ?? ''
}
