import {
  type ApplicationName,
  type Argocd,
  childrenOf,
  isOutdated,
  type LiveState,
  newestSet,
  podsOfDeployment,
  type ResourceTree,
  type TreeNode,
} from '@mlops-actions/argocd'
import { type Component, describeBehind, describeBehindKnative } from '@mlops-actions/kserve/behind'
import type { InferenceService } from '@mlops-actions/kserve/inference-service'
import {
  DEPLOYMENTS,
  KNATIVE_SERVICES,
  REPLICA_SETS,
  REVISIONS,
  type RolloutState,
} from '@mlops-actions/kubernetes/pods'

/** What the services of KServe are doing, as the cluster has it now. */
export interface Served {
  /** In words, the first thing that KServe, or Knative, has not acted on. */
  readonly behind: string | undefined
  /** The Deployments that serve, to be judged. */
  readonly rollouts: readonly RolloutState[]
  /** In words, whose rollout nothing could be seen of. */
  readonly unproven: readonly string[]
}

export const NOTHING_SERVED: Served = { behind: undefined, rollouts: [], unproven: [] }

/** What one look has, and how it sees more. */
export interface Sight {
  readonly argocd: Argocd
  readonly name: ApplicationName
  readonly tree: ResourceTree
  readonly pods: LiveState['pods']
}

/** A part of an InferenceService, and the object that KServe has made for it. */
export interface Part {
  readonly isvc: InferenceService
  readonly component: Component
  readonly node: TreeNode
}

/** A part in Standard mode. */
export async function lookAtDeployment(sight: Sight, { isvc, component, node }: Part): Promise<Served> {
  const rollout = await rolloutOf(sight, node)
  if (rollout?.deployment === undefined) return NOTHING_SERVED
  const behind = describeBehind(isvc, component, rollout.deployment)
  return { ...NOTHING_SERVED, behind, rollouts: [rollout] }
}

/** A part in Knative mode: its Knative Service, the newest Revision, and the Deployment of that one. */
export async function lookAtKnative(sight: Sight, { isvc, component, node }: Part): Promise<Served> {
  const { argocd, name, tree } = sight
  const configurations = childrenOf(tree, node, 'Configuration')
  const revisions = configurations.flatMap((one) => childrenOf(tree, one, REVISIONS.kind))
  const newest = revisions.find((one) => !isOutdated(tree, one))
  const [service, revision] = await Promise.all([
    argocd.resource(name, node, KNATIVE_SERVICES.check),
    newest && argocd.resource(name, newest, REVISIONS.check),
  ])
  if (service === undefined) return NOTHING_SERVED
  const own = newest === undefined ? [] : childrenOf(tree, newest, DEPLOYMENTS.kind)
  const rollouts = await Promise.all(own.map((one) => rolloutOf(sight, one)))
  return {
    ...NOTHING_SERVED,
    behind: describeBehindKnative(isvc, component, service, revision),
    rollouts: rollouts.filter((one) => one !== undefined),
  }
}

/** A Deployment, its newest ReplicaSet and its pods; undefined where it is gone. */
export async function rolloutOf(
  { argocd, name, tree, pods }: Sight,
  node: TreeNode,
): Promise<RolloutState | undefined> {
  const newest = newestSet(tree, node)
  const [deployment, replicaSet] = await Promise.all([
    argocd.resource(name, node, DEPLOYMENTS.check),
    newest && argocd.resource(name, newest, REPLICA_SETS.check),
  ])
  if (deployment === undefined) return undefined
  const replicaSets = replicaSet === undefined ? [] : [replicaSet]
  return { deployment, replicaSets, pods: podsOfDeployment(tree, node, pods) }
}
