import {
  type ApplicationName,
  type Argocd,
  childrenOf,
  type ResourceTree,
  type TreeNode,
} from '@mlops-actions/argocd'
import { describeBehind } from '@mlops-actions/kserve/behind'
import { INFERENCE_SERVICES } from '@mlops-actions/kserve/inference-service'
import { DEPLOYMENTS } from '@mlops-actions/kubernetes/pods'

/**
 * Reads the InferenceServices of a tree and their Deployments as they are in the cluster; in words, the first that KServe
 * has not acted on. Those in Knative mode have no Deployment of their own: there the status tells.
 */
export function createBehindReader(
  argocd: Argocd,
  application: ApplicationName,
): (tree: ResourceTree) => Promise<string | undefined> {
  const behindOf = async (tree: ResourceTree, service: TreeNode) => {
    const predictor = childrenOf(tree, service, 'Deployment').find(({ name }) => isPredictor(name, service))
    if (predictor === undefined) return undefined
    const [isvc, deployment] = await Promise.all([
      argocd.resource(application, service, INFERENCE_SERVICES.check),
      argocd.resource(application, predictor, DEPLOYMENTS.check),
    ])
    return isvc === undefined || deployment === undefined ? undefined : describeBehind(isvc, deployment)
  }
  return async (tree) => {
    const services = tree.nodes.filter((node) => {
      return node.kind === INFERENCE_SERVICES.kind && node.group === INFERENCE_SERVICES.group
    })
    const behind = await Promise.all(services.map((service) => behindOf(tree, service)))
    return behind.find((one) => one !== undefined)
  }
}

/** Before KServe 0.9 it ended with `-default`. */
function isPredictor(name: string, service: TreeNode): boolean {
  return name === `${service.name}-predictor` || name === `${service.name}-predictor-default`
}
