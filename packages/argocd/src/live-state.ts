import type { Application, ResourceTree } from './application.wire.ts'
import { isCommit, revisionOf, type SelectedSource } from './source.ts'

/** One look at an Application. */
export interface LiveState {
  readonly application: Application
  /** Undefined when the look did not go below the Application. */
  readonly tree: ResourceTree | undefined
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
}

export interface Live {
  readonly result: 'live' | 'superseded'
  readonly revision: string
}

/** What has to be remembered between looks: since when something has been so. */
export interface Memory {
  readonly since: Map<string, number>
  readonly podLooks: Map<string, number>
  greenSince: number | undefined
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
