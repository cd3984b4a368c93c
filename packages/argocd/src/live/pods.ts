import {
  createRefused,
  describeTrouble,
  hasLasted,
  isActive,
  type Patience,
  type Pod,
  type Trouble,
  troublesOfPod,
} from '@mlops-actions/kubernetes/pods'
import type { TreeNode } from '../model/resource.wire.ts'
import { isOutdated, unfinishedNodes } from '../model/tree.ts'
import type { Memory, Noted } from './memory.ts'
import { isSyncing, ownOperation } from './operation.ts'
import { isThere, type LiveState, type LiveWant, type PodTrouble } from './state.ts'
import { type LiveVerdict, waits } from './verdict.ts'

/** Controllers replace a pod of the version before within seconds of the sync; what they leave alone is here to stay. */
const LEFT_ALONE: Patience = { looks: 3, lasting: 30_000 }
/** A pod of a Job may fail and be tried again: whether it did its work is the Job's to say, and Argo CD reads it there. */
const OF_A_JOB = new Set<Trouble['code']>(['image-name', 'image-pull', 'container-config'])

/** A trouble with what the memory needs to judge how long it has lasted. */
export interface SightedTrouble extends PodTrouble {
  readonly key: string
  readonly patience: Patience | undefined
}

/**
 * What is wrong with the pods of the revision, by the rules of `kubernetes` for one pod. Which pods are of the revision
 * the tree only half tells: not those of an older ReplicaSet; those that were made since its sync began, for sure; and
 * others only once it is synced and they have been left alone.
 */
export function troublesOf(state: LiveState, want: LiveWant): readonly SightedTrouble[] {
  const { tree, application } = state
  if (tree === undefined || !isThere(state)) return []
  const began = Date.parse(ownOperation(state, want)?.startedAt ?? '')
  const isSettled = application.status.sync.status === 'Synced' && !isSyncing(application)
  return unfinishedNodes(tree)
    .filter((node) => !isOutdated(tree, node))
    .flatMap((node) => {
      const isNew = Date.parse(node.createdAt) >= began
      if (!isNew && !isSettled) return []
      return troublesOfNode(node, state).map((found) => sighted(found, isNew))
    })
}

function troublesOfNode(node: TreeNode, { pods }: LiveState): PodTrouble[] {
  const { kind, namespace, health } = node
  const pod = pods.get(node.uid)
  if (pod !== undefined) return troublesOfLive(pod).map((trouble) => ({ trouble, namespace, pod }))
  if (kind !== 'ReplicaSet' || health?.status !== 'Degraded') return []
  // Argo CD calls a ReplicaSet Degraded for its condition ReplicaFailure only (gitops-engine pkg/health).
  const refusal = { reason: 'FailedCreate', message: health.message }
  return [{ trouble: createRefused(node, kind, refusal), namespace, pod: undefined }]
}

function troublesOfLive(pod: Pod): readonly Trouble[] {
  if (!isActive(pod)) return []
  const isOfJob = pod.metadata.ownerReferences.some(({ kind }) => kind === 'Job')
  return troublesOfPod(pod).filter(({ code }) => !isOfJob || OF_A_JOB.has(code))
}

function sighted(found: PodTrouble, isNew: boolean): SightedTrouble {
  const { key, patience } = found.trouble
  if (isNew || patience === undefined) return { ...found, key, patience }
  const longer = {
    looks: Math.max(patience.looks, LEFT_ALONE.looks),
    lasting: Math.max(patience.lasting, LEFT_ALONE.lasting),
  }
  return { ...found, key: `left alone ${key}`, patience: longer }
}

/** What the memory has to hold of them. */
export function troubleKeys(troubles: readonly SightedTrouble[]): readonly Noted[] {
  return troubles.map(({ key, patience }) => ({ key, lasting: patience?.lasting }))
}

/**
 * A trouble that has lasted for too long ends the wait: before the sync and the health, which may both wait for the very
 * pod that cannot start.
 */
export function judgeTroubles(
  troubles: readonly SightedTrouble[],
  { explain }: LiveWant,
  { marks }: Memory,
  now: number,
): LiveVerdict | undefined {
  const lasting = troubles.find(({ key, patience }) => {
    return patience !== undefined && hasLasted(marks, key, patience, now)
  })
  if (lasting === undefined) return undefined
  const failure = explain(lasting)
  return { status: 'failed', cause: failure.code, reason: failure.details.seen, failure }
}

/** The reason of a wait with the first trouble behind it; a container's own words stay out, they may be private. */
export function withTrouble(verdict: LiveVerdict, [first]: readonly SightedTrouble[]): LiveVerdict {
  if (verdict.status !== 'pending' || first === undefined) return verdict
  const { trouble } = first
  return waits(verdict.cause, `${verdict.reason}; ${trouble.on}: ${describeTrouble(trouble, false)}`)
}
