import type { Failure } from '@mlops-actions/diagnostics'
import type { Pod, Sightings, Trouble } from '@mlops-actions/kubernetes/pods'
import type { Turn } from '../api/turn.ts'
import type { Application } from '../model/application.wire.ts'
import type { Blocking, ResourceTree } from '../model/resource.wire.ts'
import { isCommit, revisionOf, type SelectedSource } from '../model/source.ts'

/** How a commit relates to the wanted one: `newer` contains it. */
export type Relation = 'same' | 'newer' | 'older' | 'diverged' | 'unknown'

/** One look at an Application. */
export interface LiveState {
  readonly application: Application
  /** Undefined when the look did not go below the Application. */
  readonly tree: ResourceTree | undefined
  /** By uid, pods of the tree that are not well, as they are in the cluster; see {@link createPodReader}. */
  readonly pods: ReadonlyMap<string, Pod>
  /** In words, what a controller in the cluster has not acted on yet; only looked for while the rest is well. */
  readonly behind: string | undefined
  /** Of the ApplicationSet that syncs it; only looked for while it is out of sync. */
  readonly turn: Turn | undefined
  /** The sync window that keeps Argo CD from syncing by itself; only looked for while it is out of sync. */
  readonly blocking: Blocking
  /** How the revision that Argo CD is at relates to the wanted one. */
  readonly relation: Relation
  /** How the commit of the last operation relates to the wanted one, where it failed and a newer one came after it. */
  readonly operated: Relation
  /** Milliseconds since the epoch. */
  readonly now: number
}

export interface LiveWant {
  readonly revision: string
  readonly source: SelectedSource
  /** Image references that pods must have. */
  readonly images: readonly string[]
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
}

/** What has to be remembered between looks: since when something has been so. */
export interface Memory {
  readonly since: Map<string, { readonly at: number; readonly comparedAt: number; look: number }>
  /** Number of this look. */
  look: number
  sightings: Sightings
  /** Since when everything has been good, and when Argo CD had compared for that. */
  green: { readonly since: number; readonly comparedAt: number } | undefined
  confirmed: boolean
}

/** Whether `is` has been so for at least `ms`, at every look: one that did not come to ask starts it anew. */
export function lasting(
  memory: Memory,
  name: string,
  is: boolean,
  state: Pick<LiveState, 'application' | 'now'>,
  ms: number,
): boolean {
  return is && state.now - begin(memory, name, state).at >= ms
}

/** Whether `is` has been so for at least `ms`, and Argo CD has compared again meanwhile: what it said before may be old. */
export function lastingAnew(
  memory: Memory,
  name: string,
  is: boolean,
  state: Pick<LiveState, 'application' | 'now'>,
  ms: number,
): boolean {
  if (!is) return false
  const { at, comparedAt } = begin(memory, name, state)
  return state.now - at >= ms && comparedAtOf(state.application) > comparedAt
}

function begin(
  { since, look }: Memory,
  name: string,
  { application, now }: Pick<LiveState, 'application' | 'now'>,
) {
  const before = since.get(name)
  const goesOn = before !== undefined && before.look >= look - 1
  const found = goesOn ? before : { at: now, comparedAt: comparedAtOf(application), look }
  found.look = look
  since.set(name, found)
  return found
}

/** When Argo CD last compared with Git, in milliseconds; NaN where it never has. */
export function comparedAtOf({ status }: Application): number {
  return Date.parse(status.reconciledAt)
}

export function currentRevision({ application }: LiveState, { source }: LiveWant): string {
  const revision = revisionOf(application.status.sync, source)
  return isCommit(revision) ? revision : ''
}
