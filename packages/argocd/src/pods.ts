import type { ResourceTree, TreeNode } from './application.wire.ts'

/** A pod that cannot get to run by waiting alone. */
export interface PodTrouble {
  readonly pod: string
  readonly namespace: string
  /** As Argo CD shows it: `CrashLoopBackOff`, `Init:ImagePullBackOff`. */
  readonly reason: string
  readonly message: string
  /** True when one look is enough; anything else may pass, so it takes several. */
  readonly sure: boolean
}

const MAY_PASS =
  /(^|:)(ErrImagePull|ImagePullBackOff|InvalidImageName|CreateContainerConfigError|CreateContainerError|Error)$/
const CRASHING = /(^|:)CrashLoopBackOff$/

/** Pods of the tree that are in trouble; terminating ones are on their way out and do not count. */
export function troubledPods(tree: ResourceTree): PodTrouble[] {
  return tree.nodes
    .filter(({ kind }) => kind === 'Pod')
    .map((node) => ({ node, reason: infoOf(node, 'Status Reason') }))
    .filter(({ reason }) => CRASHING.test(reason) || MAY_PASS.test(reason))
    .map(({ node, reason }) => ({
      pod: node.name,
      namespace: node.namespace,
      reason,
      message: node.health?.message ?? '',
      sure: CRASHING.test(reason) && Number(infoOf(node, 'Restart Count')) >= 2,
    }))
}

/** Descendants that are not there yet: an Application's own health does not look below its managed resources (argo-cd #11473). */
export function unfinishedNodes(tree: ResourceTree): TreeNode[] {
  const judged = new Set(['Pod', 'Deployment', 'StatefulSet', 'Rollout', 'Revision'])
  return tree.nodes.filter(({ kind, health, info }) => {
    const terminating = info.some(
      ({ name, value }) => name === 'Status Reason' && value.endsWith('Terminating'),
    )
    return (
      judged.has(kind) && !terminating && (health?.status === 'Progressing' || health?.status === 'Degraded')
    )
  })
}

function infoOf(node: TreeNode, name: string): string {
  return node.info.find((item) => item.name === name)?.value ?? ''
}
