import type { Application, PodTrouble, ResourceTree, TreeNode } from '@mlops-actions/argocd'
import { escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import { describeTrouble } from '@mlops-actions/kubernetes/pods'

const MOST_LINES = 24
const MOST_DEPTH = 8

export interface ChainOptions {
  readonly troubles: readonly PodTrouble[]
  /** Whether output of the user's containers may be shown. */
  readonly showLogs: boolean
}

/**
 * From the Application down to each thing that is not well, as a list in Markdown: `Application > InferenceService > Deployment
 * > Pod`. What is well and leads to nothing else is left out. Empty where everything below is well. Pure.
 */
export function chainOf(
  application: Application,
  tree: ResourceTree | undefined,
  options: ChainOptions,
): readonly string[] {
  if (tree === undefined) return []
  const known = new Set(tree.nodes.map(({ uid }) => uid))
  const roots = tree.nodes.filter(({ parentRefs }) => !parentRefs.some(({ uid }) => known.has(uid)))
  const below = roots.flatMap((root) => linesOf(root, tree, options, 1))
  if (below.length === 0) return []
  const { sync, health } = application.status
  const top = item(0, 'Application', application.metadata.name, `${sync.status}, ${health.status}`)
  const lines = [top, ...below]
  const left = lines.length - MOST_LINES
  return left > 0 ? [...lines.slice(0, MOST_LINES), `- and ${left} more`] : lines
}

function linesOf(
  node: TreeNode,
  tree: ResourceTree,
  options: ChainOptions,
  depth: number,
): readonly string[] {
  const children = depth > MOST_DEPTH ? [] : tree.nodes.filter(({ parentRefs }) => isBelow(parentRefs, node))
  const isLink = node.kind === 'ReplicaSet' && node.health?.status !== 'Degraded'
  const below = children.flatMap((child) => linesOf(child, tree, options, isLink ? depth : depth + 1))
  if (below.length === 0 && !isUnwell(node)) return []
  return isLink ? below : [item(depth, node.kind, node.name, stateOf(node, options)), ...below]
}

function item(depth: number, kind: string, name: string, state: string): string {
  return `${'  '.repeat(depth)}- ${escapeMarkdown(kind)} ${inlineCode(name)}: ${escapeMarkdown(state)}`
}

function isBelow(parentRefs: TreeNode['parentRefs'], { uid }: TreeNode): boolean {
  return uid !== '' && parentRefs.some((parent) => parent.uid === uid)
}

function isUnwell({ health }: TreeNode): boolean {
  return health !== undefined && !['', 'Healthy', 'Suspended'].includes(health.status)
}

/** The reason of the pod itself where it was read, otherwise what Argo CD's list of pods shows. */
function stateOf({ uid, health, info }: TreeNode, { troubles, showLogs }: ChainOptions): string {
  const own = troubles.find(({ pod }) => pod !== undefined && pod.metadata.uid === uid)
  if (own !== undefined) return describeTrouble(own.trouble, showLogs)
  const reason = info.find(({ name }) => name === 'Status Reason')?.value ?? ''
  const status = health?.status || 'no health of its own'
  // A health that is good needs no words.
  const message = status === 'Healthy' ? '' : (health?.message ?? '')
  return [status, reason === status ? '' : reason, message].filter((part) => part !== '').join(', ')
}

/** What is not well, the deepest first: it is the cause of what is above it. */
export function unwellNodes(tree: ResourceTree | undefined): readonly TreeNode[] {
  if (tree === undefined) return []
  const rank = ({ kind }: TreeNode) => (kind === 'Pod' ? 0 : kind === 'ReplicaSet' ? 1 : 2)
  return tree.nodes.filter(isUnwell).toSorted((one, other) => rank(one) - rank(other))
}
