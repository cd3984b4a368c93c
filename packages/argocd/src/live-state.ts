import type { Failure } from '@mlops-actions/diagnostics'
import type { Pod, Sightings, Trouble } from '@mlops-actions/kubernetes/pods'
import type { Application } from './application.wire.ts'
import type { Blocking } from './client.ts'
import type { ResourceTree } from './resource.wire.ts'
import { isCommit, revisionOf, type SelectedSource } from './source.ts'

/** One look at an Application. */
export interface LiveState {
  readonly application: Application
  /** Undefined when the look did not go below the Application. */
  readonly tree: ResourceTree | undefined
  /** By uid, pods of the tree that are not well, as they are in the cluster; see {@link createPodReader}. */
  readonly pods: ReadonlyMap<string, Pod>
  /** The sync window that keeps Argo CD from syncing by itself; only looked for while it is out of sync. */
  readonly blocking: Blocking
  /** How the revision that Argo CD is at relates to the wanted one. */
  readonly relation: 'same' | 'newer' | 'older' | 'diverged' | 'unknown'
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Whether this look made the controller compare with Git first. */
  readonly refreshed: boolean
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
  readonly since: Map<string, number>
  sightings: Sightings
  /** Since when everything has been good, and when Argo CD had compared for that. */
  green: { readonly since: number; readonly reconciledAt: number } | undefined
  confirmed: boolean
}

/** Whether `is` has been so for at least `ms`. */
export function lasting({ since }: Memory, name: string, is: boolean, now: number, ms: number): boolean {
  if (!is) {
    since.delete(name)
    return false
  }
  const start = since.get(name) ?? now
  since.set(name, start)
  return now - start >= ms
}

export function currentRevision({ application }: LiveState, { source }: LiveWant): string {
  const revision = revisionOf(application.status.sync, source)
  return isCommit(revision) ? revision : ''
}
