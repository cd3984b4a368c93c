import {
  type ApplicationName,
  type Argocd,
  childrenOf,
  type LiveState,
  type ResourceTree,
  type TreeNode,
} from '@mlops-actions/argocd'
import { type Component, componentsOf, describeAbsent, describeBehindLlm } from '@mlops-actions/kserve/behind'
import { INFERENCE_SERVICES, type InferenceService } from '@mlops-actions/kserve/inference-service'
import { LLM_INFERENCE_SERVICES } from '@mlops-actions/kserve/llm-inference-service'
import { DEPLOYMENTS, KNATIVE_SERVICES, LEADER_WORKER_SETS } from '@mlops-actions/kubernetes/pods'
import {
  lookAtDeployment,
  lookAtKnative,
  NOTHING_SERVED,
  rolloutOf,
  type Served,
  type Sight,
} from './served.ts'

/**
 * Reads the InferenceServices and LLMInferenceServices of a tree, and what KServe has made for them, as they are in the
 * cluster: their own status says nothing of a specification that KServe has not read.
 */
export function createServedReader(
  argocd: Argocd,
  name: ApplicationName,
): (tree: ResourceTree, pods: LiveState['pods']) => Promise<Served> {
  return async (tree, pods) => {
    const sight = { argocd, name, tree, pods }
    const services = tree.nodes.flatMap((node) => {
      if (node.group !== INFERENCE_SERVICES.group) return []
      if (node.kind === INFERENCE_SERVICES.kind) return [lookAtService(sight, node)]
      return node.kind === LLM_INFERENCE_SERVICES.kind ? [lookAtLlm(sight, node)] : []
    })
    const served = (await Promise.all(services)).flat()
    return {
      behind: served.find(({ behind }) => behind !== undefined)?.behind,
      rollouts: served.flatMap(({ rollouts }) => rollouts),
      unproven: served.flatMap(({ unproven }) => unproven),
    }
  }
}

async function lookAtService(sight: Sight, node: TreeNode): Promise<readonly Served[]> {
  const isvc = await sight.argocd.resource(sight.name, node, INFERENCE_SERVICES.check)
  if (isvc === undefined) return []
  const components = componentsOf(isvc)
  const children = childrenOfService(sight.tree, node)
  const isKnown = components.some((one) => find(children.all, one) !== undefined)
  return Promise.all(components.map((component) => lookAtPart(sight, children, { isvc, component, isKnown })))
}

interface Children {
  readonly deployments: readonly TreeNode[]
  readonly knative: readonly TreeNode[]
  readonly all: readonly TreeNode[]
}

function childrenOfService(tree: ResourceTree, node: TreeNode): Children {
  const deployments = childrenOf(tree, node, DEPLOYMENTS.kind)
  const services = childrenOf(tree, node, KNATIVE_SERVICES.kind)
  const knative = services.filter(({ group }) => group === KNATIVE_SERVICES.group)
  return { deployments, knative, all: [...deployments, ...knative] }
}

function find(nodes: readonly TreeNode[], { names }: Component): TreeNode | undefined {
  return nodes.find(({ name }) => names.includes(name))
}

/** @param isKnown whether anything has the names that KServe gives: in ModelMesh mode nothing does, and nothing can be told */
async function lookAtPart(
  sight: Sight,
  { deployments, knative }: Children,
  part: { readonly isvc: InferenceService; readonly component: Component; readonly isKnown: boolean },
): Promise<Served> {
  const { isvc, component, isKnown } = part
  const service = find(knative, component)
  if (service !== undefined) return lookAtKnative(sight, { isvc, component, node: service })
  const deployment = find(deployments, component)
  if (deployment !== undefined) return lookAtDeployment(sight, { isvc, component, node: deployment })
  return isKnown ? { ...NOTHING_SERVED, behind: describeAbsent(isvc, component) } : NOTHING_SERVED
}

/** On one node it has a Deployment, on several a LeaderWorkerSet; where neither can be seen its own word has to do, and that is said. */
async function lookAtLlm(sight: Sight, node: TreeNode): Promise<readonly Served[]> {
  const { argocd, name, tree } = sight
  const main = childrenOf(tree, node, DEPLOYMENTS.kind).find((one) => one.name === `${node.name}-kserve`)
  const sets = childrenOf(tree, node, LEADER_WORKER_SETS.kind)
  const [llm, rollout, ...read] = await Promise.all([
    argocd.resource(name, node, LLM_INFERENCE_SERVICES.check),
    main && rolloutOf(sight, main),
    ...sets.map((one) => argocd.resource(name, one, LEADER_WORKER_SETS.check)),
  ])
  if (llm === undefined) return []
  const groups = read.filter((one) => one !== undefined)
  const behind = describeBehindLlm(llm, { deployment: rollout?.deployment, groups })
  const isSeen = rollout !== undefined || groups.length > 0
  const taken = `Rollout not proven: no Deployment and no LeaderWorkerSet of LLMInferenceService ${node.name} can be seen, and its own word was taken`
  return [
    {
      behind,
      rollouts: rollout === undefined ? [] : [rollout],
      unproven: behind !== undefined || isSeen ? [] : [taken],
    },
  ]
}
