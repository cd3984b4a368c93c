import { PODS, type Pod } from '@mlops-actions/kubernetes/pods'
import type { ResourceTree, TreeNode } from './resource.wire.ts'
import { childrenOf } from './tree.ts'

/**
 * The pods of a Deployment as a verdict on its rollout needs them: those that were read as they are in the cluster, the
 * others as the tree shows them. A pod that is meant to stay is Healthy there exactly when it is ready (gitops-engine
 * pkg/health/health_pod.go).
 * @param read by uid
 */
export function podsOfDeployment(
  tree: ResourceTree,
  deployment: TreeNode,
  read: ReadonlyMap<string, Pod>,
): readonly Pod[] {
  const sets = childrenOf(tree, deployment, 'ReplicaSet')
  const nodes = sets.flatMap((set) => childrenOf(tree, set, 'Pod'))
  return nodes.map((node) => read.get(node.uid) ?? podOf(node))
}

function podOf({ name, namespace, uid, parentRefs, info, health }: TreeNode): Pod {
  const reason = info.find((one) => one.name === 'Status Reason')?.value ?? ''
  const isGoing = reason.endsWith('Terminating') || reason === 'Unknown'
  const ready = { type: 'Ready', status: health?.status === 'Healthy' ? 'True' : 'False' }
  return PODS.check({
    metadata: {
      name,
      namespace,
      uid,
      ownerReferences: parentRefs.map((parent) => ({ ...parent, name: '' })),
      ...(isGoing ? { deletionTimestamp: '' } : {}),
    },
    spec: {},
    status: { phase: 'Running', conditions: [ready] },
  })
}
