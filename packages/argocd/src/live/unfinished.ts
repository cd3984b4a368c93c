import { describeUnready, isActive, type Pod, stageOfUnready } from '@mlops-actions/kubernetes/pods'
import type { ResourceTree, TreeNode } from '../model/resource.wire.ts'
import { isOfJob, isOutdated, unfinishedNodes } from '../model/tree.ts'
import { hasRipened, type Memory, type Noted } from './memory.ts'
import { isSyncing } from './operation.ts'
import type { LiveState, LiveWant } from './state.ts'
import { fails, type LiveVerdict, type Waiting, waits } from './verdict.ts'

/** What the memory has to hold of nodes that Argo CD calls Degraded; a sync that is under way may yet mend them. */
export function degradedKeys(state: LiveState, want: LiveWant): readonly Noted[] {
  return isSyncing(state.application) ? [] : degradedNodes(state).map((node) => degraded(node, want))
}

function degraded({ uid, kind, name }: TreeNode, { degradedGrace }: LiveWant): Noted {
  return { key: `degraded ${uid || `${kind}/${name}`}`, lasting: degradedGrace }
}

/** Whether everything below the Application is there, too. */
export function judgeUnfinished(state: LiveState, want: LiveWant, memory: Memory): LiveVerdict | undefined {
  const { application, tree, pods, now } = state
  if (tree === undefined) return undefined
  const late = degradedNodes(state).find((node) => hasRipened(memory, degraded(node, want), now))
  if (late !== undefined) {
    const { kind, name, health } = late
    return fails(application, {
      kind: 'workload',
      code: 'ARGOCD_DEGRADED',
      seen: `${kind} ${name} is Degraded: ${health?.message || 'it gives no reason'}`,
      next: `Look at the pods of ${kind} ${name}; the summary lists those that are not well`,
    })
  }
  const nodes = unfinishedNodes(tree).filter((one) => {
    return !isPastNode(tree, one) && !isOfJob(one) && isToStay(pods.get(one.uid))
  })
  const node = nodes.find(({ kind }) => kind === 'Pod') ?? nodes[0]
  if (node === undefined) return undefined
  const pod = pods.get(node.uid)
  const what =
    pod === undefined ? `${node.kind} ${node.name} is ${node.health?.status ?? ''}` : describeUnready(pod)
  return waits(waitingOf(pod, 'unfinished'), `synced; ${what}`)
}

/** What is waited for where a pod is what is missing. */
export function waitingOf(pod: Pod | undefined, otherwise: Waiting): Waiting {
  const stage = pod && stageOfUnready(pod).stage
  return stage === undefined || stage === 'new' ? otherwise : `pod-${stage}`
}

/** An old ReplicaSet may be unwell for ever; its pods have to go before the new version is alone. */
function isPastNode(tree: ResourceTree, node: TreeNode): boolean {
  return node.kind !== 'Pod' && isOutdated(tree, node)
}

/**
 * A pod that was evicted or has done its work is left lying there for ever, and is no part of what runs. One that is meant
 * to end is Progressing for as long as it works (gitops-engine pkg/health/health_pod.go); whether it ends well is told by
 * the hook, the Job or the workflow that it belongs to.
 */
function isToStay(pod: Pod | undefined): boolean {
  return pod === undefined || (isActive(pod) && pod.spec.restartPolicy === 'Always')
}

function degradedNodes({ tree }: LiveState): TreeNode[] {
  if (tree === undefined) return []
  return unfinishedNodes(tree).filter((node) => {
    return node.kind !== 'Pod' && node.health?.status === 'Degraded' && !isOutdated(tree, node)
  })
}
