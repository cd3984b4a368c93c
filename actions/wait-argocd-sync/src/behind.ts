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
import {
  type Component,
  componentsOf,
  describeAbsent,
  describeBehind,
  describeBehindKnative,
  describeBehindLlm,
} from '@mlops-actions/kserve/behind'
import { INFERENCE_SERVICES, type InferenceService } from '@mlops-actions/kserve/inference-service'
import { LLM_INFERENCE_SERVICES } from '@mlops-actions/kserve/llm-inference-service'
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
}

type Pods = LiveState['pods']

/**
 * Reads the InferenceServices and LLMInferenceServices of a tree, and what KServe has made for them, as they are in the
 * cluster: their own status says nothing of a specification that KServe has not read.
 */
export function createServedReader(
  argocd: Argocd,
  application: ApplicationName,
): (tree: ResourceTree, pods: Pods) => Promise<Served> {
  const reader = createReader(argocd, application)
  return async (tree, pods) => {
    const services = tree.nodes.flatMap((node) => {
      if (node.group !== INFERENCE_SERVICES.group) return []
      if (node.kind === INFERENCE_SERVICES.kind) return [lookAtService(reader, tree, pods, node)]
      return node.kind === LLM_INFERENCE_SERVICES.kind ? [lookAtLlm(reader, tree, pods, node)] : []
    })
    const served = (await Promise.all(services)).flat()
    return {
      behind: served.find(({ behind }) => behind !== undefined)?.behind,
      rollouts: served.flatMap(({ rollouts }) => rollouts),
    }
  }
}

type Reader = ReturnType<typeof createReader>

function createReader(argocd: Argocd, application: ApplicationName) {
  return {
    service: (node: TreeNode) => argocd.resource(application, node, INFERENCE_SERVICES.check),
    llm: (node: TreeNode) => argocd.resource(application, node, LLM_INFERENCE_SERVICES.check),
    deployment: (node: TreeNode) => argocd.resource(application, node, DEPLOYMENTS.check),
    replicaSet: (node: TreeNode) => argocd.resource(application, node, REPLICA_SETS.check),
    knative: (node: TreeNode) => argocd.resource(application, node, KNATIVE_SERVICES.check),
    revision: (node: TreeNode) => argocd.resource(application, node, REVISIONS.check),
  }
}

const NOTHING: Served = { behind: undefined, rollouts: [] }

async function lookAtService(
  reader: Reader,
  tree: ResourceTree,
  pods: Pods,
  node: TreeNode,
): Promise<readonly Served[]> {
  const isvc = await reader.service(node)
  if (isvc === undefined) return []
  const components = componentsOf(isvc)
  const deployments = childrenOf(tree, node, DEPLOYMENTS.kind)
  const knative = childrenOf(tree, node, KNATIVE_SERVICES.kind).filter(
    ({ group }) => group === KNATIVE_SERVICES.group,
  )
  const find = (nodes: readonly TreeNode[], { names }: Component) =>
    nodes.find(({ name }) => names.includes(name))
  const isKnown = components.some((one) => find([...deployments, ...knative], one) !== undefined)
  return Promise.all(
    components.map(async (component) => {
      const service = find(knative, component)
      const deployment = find(deployments, component)
      if (service !== undefined) return lookAtKnative(reader, tree, pods, { isvc, component, node: service })
      if (deployment !== undefined)
        return lookAtDeployment(reader, tree, pods, { isvc, component, node: deployment })
      // ModelMesh, or names that are not those of KServe: nothing can be told.
      return isKnown ? { ...NOTHING, behind: describeAbsent(isvc, component) } : NOTHING
    }),
  )
}

interface Part {
  readonly isvc: InferenceService
  readonly component: Component
  readonly node: TreeNode
}

async function lookAtDeployment(
  reader: Reader,
  tree: ResourceTree,
  pods: Pods,
  { isvc, component, node }: Part,
): Promise<Served> {
  const rollout = await rolloutOf(reader, tree, pods, node)
  if (rollout?.deployment === undefined) return NOTHING
  return { behind: describeBehind(isvc, component, rollout.deployment), rollouts: [rollout] }
}

async function lookAtKnative(
  reader: Reader,
  tree: ResourceTree,
  pods: Pods,
  { isvc, component, node }: Part,
): Promise<Served> {
  const configurations = childrenOf(tree, node, 'Configuration')
  const revisions = configurations.flatMap((one) => childrenOf(tree, one, REVISIONS.kind))
  const newest = revisions.find((one) => !isOutdated(tree, one))
  const [service, revision] = await Promise.all([reader.knative(node), newest && reader.revision(newest)])
  if (service === undefined) return NOTHING
  const own = newest === undefined ? [] : childrenOf(tree, newest, DEPLOYMENTS.kind)
  const rollouts = await Promise.all(own.map((one) => rolloutOf(reader, tree, pods, one)))
  return {
    behind: describeBehindKnative(isvc, component, service, revision),
    rollouts: rollouts.filter((one) => one !== undefined),
  }
}

async function lookAtLlm(
  reader: Reader,
  tree: ResourceTree,
  pods: Pods,
  node: TreeNode,
): Promise<readonly Served[]> {
  const main = childrenOf(tree, node, DEPLOYMENTS.kind).find(({ name }) => name === `${node.name}-kserve`)
  const [llm, rollout] = await Promise.all([reader.llm(node), main && rolloutOf(reader, tree, pods, main)])
  if (llm === undefined) return []
  const behind = describeBehindLlm(llm, rollout?.deployment)
  return [{ behind, rollouts: rollout === undefined ? [] : [rollout] }]
}

/** A Deployment, its newest ReplicaSet and its pods; undefined where it is gone. */
async function rolloutOf(
  reader: Reader,
  tree: ResourceTree,
  pods: Pods,
  node: TreeNode,
): Promise<RolloutState | undefined> {
  const newest = newestSet(tree, node)
  const [deployment, replicaSet] = await Promise.all([
    reader.deployment(node),
    newest && reader.replicaSet(newest),
  ])
  if (deployment === undefined) return undefined
  const replicaSets = replicaSet === undefined ? [] : [replicaSet]
  return { deployment, replicaSets, pods: podsOfDeployment(tree, node, pods) }
}
