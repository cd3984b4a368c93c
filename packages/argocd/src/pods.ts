import type { ResourceTree, TreeNode } from './application.wire.ts'

/** A pod that cannot get to run by waiting alone. */
export interface PodTrouble {
  readonly pod: string
  /** As Argo CD shows it: `CrashLoopBackOff`, `Init:ImagePullBackOff`. */
  readonly reason: string
  readonly message: string
  /** True when one look is enough; a pull error may pass, so it takes two. */
  readonly sure: boolean
}

const NEEDS_TWO_LOOKS =
  /(^|:)(ErrImagePull|ImagePullBackOff|InvalidImageName|CreateContainerConfigError|CreateContainerError|Error)$/
const CRASHING = /(^|:)(CrashLoopBackOff)$/

/** Pods of the tree that are in trouble; terminating ones are on their way out and do not count. */
export function troubledPods(tree: ResourceTree): PodTrouble[] {
  return tree.nodes
    .filter(({ kind }) => kind === 'Pod')
    .flatMap((node) => {
      const reason = infoOf(node, 'Status Reason')
      const message = node.health?.message ?? ''
      if (CRASHING.test(reason))
        return [{ pod: node.name, reason, message, sure: Number(infoOf(node, 'Restart Count') || '0') >= 2 }]
      return NEEDS_TWO_LOOKS.test(reason) ? [{ pod: node.name, reason, message, sure: false }] : []
    })
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
