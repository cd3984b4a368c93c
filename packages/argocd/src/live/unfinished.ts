import { describeUnready, hasLasted, isActive, type Pod } from '@mlops-actions/kubernetes/pods'
import { failed, pending, type Verdict } from '@mlops-actions/wait'
import type { TreeNode } from '../model/resource.wire.ts'
import { isOfJob, isOutdated, unfinishedNodes } from '../model/tree.ts'
import { liveFailure } from './failure.ts'
import { isSyncing } from './operation.ts'
import type { Live, LiveState, LiveWant, Memory } from './state.ts'

/** What the memory has to hold of nodes that Argo CD calls Degraded; a sync that is under way may yet mend them. */
export function degradedKeys(state: LiveState): readonly string[] {
  return isSyncing(state.application) ? [] : degradedNodes(state).map(degradedKey)
}

/** Whether everything below the Application is there, too. */
export function judgeUnfinished(state: LiveState, want: LiveWant, memory: Memory): Verdict<Live> | undefined {
  const { application, tree, pods, now } = state
  if (tree === undefined) return undefined
  const patience = { looks: 2, lasting: want.degradedGrace }
  const degraded = degradedNodes(state).find((node) => {
    return hasLasted(memory.sightings, degradedKey(node), patience, now)
  })
  if (degraded !== undefined) {
    const { kind, name, health } = degraded
    const seen = `${kind} ${name} is Degraded: ${health?.message || 'it gives no reason'}`
    const next = `Look at the pods of ${kind} ${name}; the summary lists those that are not well`
    return failed(liveFailure(application, 'workload', 'ARGOCD_DEGRADED', seen, next))
  }
  const nodes = unfinishedNodes(tree).filter((one) => {
    const isPast = one.kind === 'ReplicaSet' && isOutdated(tree, one)
    return !isPast && !isOfJob(one) && isToStay(pods.get(one.uid))
  })
  const node = nodes.find(({ kind }) => kind === 'Pod') ?? nodes[0]
  if (node === undefined) return undefined
  const pod = pods.get(node.uid)
  const what =
    pod === undefined ? `${node.kind} ${node.name} is ${node.health?.status ?? ''}` : describeUnready(pod)
  return pending(`synced; ${what}`)
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

function degradedKey({ uid, kind, name }: TreeNode): string {
  return `degraded ${uid || `${kind}/${name}`}`
}
