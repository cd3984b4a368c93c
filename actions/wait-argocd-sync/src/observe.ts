import {
  type Application,
  type ApplicationName,
  type Argocd,
  type Blocking,
  failedRevision,
  isSyncing,
  type LiveState,
  type ResourceTree,
  readTurn,
  revisionOf,
  type SelectedSource,
} from '@mlops-actions/argocd'
import { Failure, type World } from '@mlops-actions/diagnostics'
import type { Ancestry } from './ancestry.ts'

export interface Observer {
  /** One look: a refresh when one is due, otherwise the state as it is. */
  look(): Promise<LiveState>
  /**
   * A state that the server pushed, with what is known of its revision; undefined where a newer one has been seen: the
   * first event of a stream comes from a cache.
   */
  take(application: Application): Promise<LiveState | undefined>
}

/** Refreshes get lost (argo-cd #28603) and commits take time to show, so they are repeated, ever more rarely. */
const REFRESH_AFTER_MS = [3_000, 5_000, 10_000, 20_000, 30_000]

export interface ObserverOptions {
  readonly name: ApplicationName
  readonly source: SelectedSource
  /** Reads those pods of the tree that are not well; undefined where nobody looks below the Application. */
  readonly readPods: ((tree: ResourceTree) => Promise<LiveState['pods']>) | undefined
  /** Says what a controller in the cluster has not acted on yet; undefined where nobody looks below the Application. */
  readonly readBehind: ((tree: ResourceTree) => Promise<string | undefined>) | undefined
  /** Whether the next look has to come after a refresh, due or not. */
  readonly wantsRefresh: () => boolean
}

/** Looks at one Application, and makes Argo CD look at Git while it is not at the wanted commit. */
export function createObserver(
  world: World,
  argocd: Argocd,
  ancestry: Ancestry,
  options: ObserverOptions,
): Observer {
  let refreshes = 0
  let nextRefresh = -Infinity
  let newest = 0
  const { name, readPods, readBehind } = options
  const stateOf = async (application: Application): Promise<LiveState> => {
    newest = Math.max(newest, versionOf(application))
    const relation = await ancestry.relate(revisionOf(application.status.sync, options.source))
    const failed = failedRevision(application, options.source)
    const isAsked = relation === 'newer' && failed !== undefined
    const operated = isAsked ? await ancestry.relate(failed) : 'unknown'
    const atRevision = relation === 'same' || relation === 'newer'
    const tree = readPods !== undefined && atRevision ? await argocd.tree(name) : undefined
    const pods = tree === undefined ? undefined : await readPods?.(tree)
    const behind = tree !== undefined && isWell(application) ? await readBehind?.(tree) : undefined
    const blocking = atRevision ? await blockingOf(argocd, name, application) : undefined
    const turn = isIdle(application) ? await readTurn(argocd, application) : undefined
    return {
      application,
      tree,
      pods: pods ?? new Map(),
      behind,
      turn,
      blocking,
      relation,
      operated,
      now: world.now(),
    }
  }
  const isRefreshDue = () => world.now() >= nextRefresh || options.wantsRefresh()
  return {
    async look() {
      if (!isRefreshDue()) return stateOf(await argocd.get(name))
      nextRefresh = world.now() + (REFRESH_AFTER_MS[refreshes] ?? 30_000)
      refreshes += 1
      const refreshed = await argocd.refresh(name).catch((error: unknown) => ignorePassing(world, error))
      return stateOf(refreshed ?? (await argocd.get(name)))
    },
    async take(application) {
      const isOld = () => versionOf(application) < newest
      if (isOld()) return undefined
      const state = await stateOf(application)
      // Meanwhile a look may have seen more.
      return isOld() ? undefined : state
    },
  }
}

/** Opaque by the letter of Kubernetes; Argo CD itself orders events by it (server/application watch). */
function versionOf({ metadata }: Application): number {
  return Number(metadata.resourceVersion) || 0
}

/** Nothing is left to wait for, as far as the Application itself tells; `accept-suspended` takes Suspended for that, too. */
function isWell(application: Application): boolean {
  const { sync, health } = application.status
  const isGood = health.status === 'Healthy' || health.status === 'Suspended'
  return sync.status === 'Synced' && isGood && !isSyncing(application)
}

/** Out of sync, and nothing is being done about it. */
function isIdle(application: Application): boolean {
  return application.status.sync.status === 'OutOfSync' && !isSyncing(application)
}

/** Asked only where it explains something: out of sync, and nothing under way. That it cannot be told is no failure. */
async function blockingOf(
  argocd: Argocd,
  name: ApplicationName,
  application: Application,
): Promise<Blocking> {
  if (!isIdle(application)) return undefined
  return argocd.blockingWindow(name).catch(() => undefined)
}

/** A refresh may hang for ever upstream (argo-cd #21613); the plain look that follows tells whether the server is there. */
function ignorePassing(world: World, error: unknown): undefined {
  if (!(error instanceof Failure) || !error.retryable) throw error
  world.log.debug(`The refresh did not come back: ${error.message}`)
  return undefined
}
