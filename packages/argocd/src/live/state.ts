import type { Failure } from '@mlops-actions/diagnostics'
import type { Pod, RolloutState, Trouble } from '@mlops-actions/kubernetes/pods'
import type { Turn } from '../api/turn.ts'
import type { Application } from '../model/application.wire.ts'
import type { Blocking, ResourceTree } from '../model/resource.wire.ts'
import { type SelectedSource, syncedRevision } from '../model/source.ts'

/**
 * How a commit relates to the wanted one: `newer` contains it, `older` is on its way to it. `elsewhere` is on its way,
 * too, but the Application follows something that the wanted commit is not on.
 */
export type Relation = 'same' | 'newer' | 'older' | 'elsewhere' | 'diverged' | 'unknown'

/** One look at an Application. */
export interface LiveState {
  readonly application: Application
  /** Undefined when the look did not go below the Application. */
  readonly tree: ResourceTree | undefined
  /** By uid, pods of the tree that are not well, as they are in the cluster; see {@link createPodReader}. */
  readonly pods: ReadonlyMap<string, Pod>
  /** In words, what a controller in the cluster has not acted on yet; only looked for while the rest is well. */
  readonly behind: string | undefined
  /** Deployments whose rollout is judged beside Argo CD's own health; only looked for while the rest is well. */
  readonly rollouts: readonly RolloutState[]
  /** In words, what is paused on purpose, and how far it has come. */
  readonly paused: readonly string[]
  /** In words, of whose rollout nothing could be seen, so that its own word was taken. */
  readonly unproven: readonly string[]
  /** What the objects in the cluster ask for; only looked for where a version is expected. */
  readonly declared: readonly Declared[]
  /** Of the ApplicationSet that syncs it; only looked for while it is out of sync. */
  readonly turn: Turn | undefined
  /** The sync window that keeps Argo CD from syncing by itself; only looked for while it is out of sync. */
  readonly blocking: Blocking
  /** How the revision that Argo CD is at relates to the wanted one; of a source hydrator, the one that it was made from. */
  readonly relation: Relation
  /** How the revision that Argo CD is at relates to what the source hydrator wrote for that commit; `same` without one. */
  readonly hydrated: Relation
  /** How the commit of the last operation relates to the wanted one, where it failed and a newer one came after it. */
  readonly operated: Relation
  /** In words, the open pull request that the wanted commit belongs to, where it is on nothing that is followed. */
  readonly proposal: string | undefined
  /** The file of an image updater beside the manifests; only looked for where a version is expected and not there. */
  readonly overrideFile: { readonly path: string; readonly text: string } | undefined
  /** Whether Argo CD has been made to render the manifests anew for this commit. */
  readonly isRendered: boolean
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** An object in the cluster and the versions that stand in it. */
export interface Declared {
  /** `Deployment churn-predictor`. */
  readonly on: string
  readonly images: readonly string[]
  readonly models: readonly string[]
}

export interface LiveWant {
  /** A commit, or the version or digest of a chart or an artifact, as the source has it. */
  readonly revision: string
  readonly source: SelectedSource
  /** Image references that have to be asked for, or run. */
  readonly images: readonly string[]
  /** URI of the model that has to be asked for. */
  readonly storageUri: string | undefined
  /** Milliseconds for which everything has to stay good. */
  readonly settle: number
  /** Milliseconds for which Degraded may be a passing state. */
  readonly degradedGrace: number
  readonly acceptNewer: boolean
  readonly acceptSuspended: boolean
  /** A pod's trouble that has lasted, in words: `kubernetes` has them, and `kserve` those for its own containers. */
  readonly explain: (trouble: PodTrouble) => Failure
}

/** Something that is wrong with a pod of the Application. */
export interface PodTrouble {
  readonly trouble: Trouble
  readonly namespace: string
  /** What it is about; undefined where no pod could be made. */
  readonly pod: Pod | undefined
}

export interface Live {
  readonly result: 'live' | 'superseded'
  readonly revision: string
  /** What a reader has to know of it: a rollout that is paused half-way, or not proven. */
  readonly notes: readonly string[]
  /** Whether all that runs was seen to be of the new version, as far as it was to be looked for. */
  readonly isProven: boolean
}

/** When Argo CD last compared with Git, in milliseconds; -Infinity where it never has. */
export function comparedAtOf({ status }: Application): number {
  const at = Date.parse(status.reconciledAt)
  return Number.isNaN(at) ? -Infinity : at
}

/** The revision that Argo CD has compared with; '' where it has not. */
export function currentRevision({ application }: LiveState, { source }: LiveWant): string {
  return syncedRevision(application, source)
}

/** A commit by its first letters; a version and a digest as they are, the digest shortened. */
export function shortRevision(revision: string): string {
  if (/^[0-9a-f]{40,64}$/.test(revision)) return revision.slice(0, 7)
  return revision.startsWith('sha256:') ? revision.slice(0, 14) : revision
}

/** Whether Argo CD is at the wanted revision or at a newer one. */
export function isThere({ relation, hydrated }: Pick<LiveState, 'relation' | 'hydrated'>): boolean {
  return (relation === 'same' || relation === 'newer') && (hydrated === 'same' || hydrated === 'newer')
}
