import {
  type Application,
  type ApplicationName,
  type Argocd,
  type Blocking,
  comparedAtOf,
  failedRevision,
  isSyncing,
  isThere,
  type LiveState,
  readTurn,
} from '@mlops-actions/argocd'
import { Failure, type World } from '@mlops-actions/diagnostics'
import type { Ancestry } from '../history/ancestry.ts'
import { relateTo } from '../history/place.ts'
import { backOff } from './back-off.ts'
import { type FoundOptions, lookBelow, NOTHING } from './found.ts'
import { createRendering } from './rendering.ts'

export interface Observer {
  /** Whether the next look is to come after a refresh. */
  isRefreshDue(): boolean
  /** Has Argo CD compare with Git; the Application after it, or undefined where it did not come back in a way that can pass. */
  refresh(): Promise<Application | undefined>
  /**
   * What was seen, with what is known of its revision; undefined where a newer one has been seen: the first event of a
   * stream comes from a cache.
   */
  take(application: Application): Promise<LiveState | undefined>
}

export interface ObserverOptions extends FoundOptions {
  readonly revision: string
  /** Whether the next look has to come after a refresh, due or not. */
  readonly wantsRefresh: () => boolean
  /** Whether the manifests have to be made anew before the next look. */
  readonly wantsRendering: () => boolean
}

/** Looks at one Application, and makes Argo CD look at Git while it is not at the wanted commit. */
export function createObserver(
  world: World,
  argocd: Argocd,
  ancestry: Ancestry,
  options: ObserverOptions,
): Observer {
  const refreshes = backOff(world.now)
  const rendering = createRendering(world)
  let newest = 0
  let comparedAt = -Infinity
  let underWay = 0
  const { name } = options
  const stateOf = async (application: Application): Promise<LiveState> => {
    newest = Math.max(newest, versionOf(application))
    comparedAt = Math.max(comparedAt, comparedAtOf(application))
    const isRendered = rendering.isDone()
    const place = await relateTo(application, ancestry, options)
    const failed = failedRevision(application, options.source)
    const isAsked = place.relation === 'newer' && failed !== undefined && options.source.kind === 'git'
    const operated = isAsked ? await ancestry.relate(failed) : 'unknown'
    const found = isThere(place) ? await lookBelow(application, ancestry, options, isRendered) : NOTHING
    const isStuck = isThere(place) && isIdle(application)
    const blocking = isStuck ? await blockingOf(argocd, name) : undefined
    const turn = isIdle(application) ? await readTurn(argocd, application) : undefined
    return { application, ...place, operated, ...found, blocking, turn, isRendered, now: world.now() }
  }
  return {
    isRefreshDue: () =>
      refreshes.isDue() ||
      (underWay === 0 && (options.wantsRefresh() || (options.wantsRendering() && rendering.isDue()))),
    async refresh() {
      refreshes.did()
      underWay += 1
      const hard = options.wantsRendering() && rendering.isDue()
      if (hard) rendering.asked(comparedAt)
      const refreshed = await argocd
        .refresh(name, { hard })
        .catch((error: unknown) => ignorePassing(world, error))
        .finally(() => {
          underWay -= 1
        })
      if (hard && refreshed !== undefined) rendering.answered(refreshed)
      return refreshed
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

/** Out of sync, and nothing is being done about it. */
function isIdle(application: Application): boolean {
  return application.status.sync.status === 'OutOfSync' && !isSyncing(application)
}

/** Asked only where it explains something. That it cannot be told is no failure. */
async function blockingOf(argocd: Argocd, name: ApplicationName): Promise<Blocking> {
  return argocd.blockingWindow(name).catch(() => undefined)
}

/**
 * A refresh may hang for ever upstream (argo-cd #21613); the plain look beside it tells whether the server is there, and
 * whether the Application still is.
 */
function ignorePassing(world: World, error: unknown): undefined {
  if (!(error instanceof Failure) || !(error.retryable || error.kind === 'not-found')) throw error
  world.log.debug(`The refresh did not come back: ${error.message}`)
  return undefined
}
