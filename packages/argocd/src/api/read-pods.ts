import { isActive, PODS, type Pod } from '@mlops-actions/kubernetes/pods'
import type { ResourceTree } from '../model/resource.wire.ts'
import { suspectPods } from '../model/tree.ts'
import type { ApplicationName, Argocd } from './argocd.ts'

/** In one look; of hundreds that start at once a few tell what is wrong. */
const MOST_PODS = 8

/**
 * Reads those pods of a tree that are not well as they are in the cluster, by uid: the tree tells neither since when nor
 * how a container ended. What has ended for good stays as it is, and is read once.
 */
export function createPodReader(
  argocd: Argocd,
  application: ApplicationName,
): (tree: ResourceTree) => Promise<ReadonlyMap<string, Pod>> {
  const ended = new Map<string, Pod>()
  return async (tree) => {
    const suspects = suspectPods(tree).filter(({ uid }) => uid !== '' && !ended.has(uid))
    const pods = new Map(ended)
    await Promise.all(
      suspects.slice(0, MOST_PODS).map(async (node) => {
        const pod = await argocd.resource(application, node, PODS.check)
        if (pod === undefined) return
        pods.set(node.uid, pod)
        if (!isActive(pod) && pod.metadata.deletionTimestamp === undefined) ended.set(node.uid, pod)
      }),
    )
    return pods
  }
}
