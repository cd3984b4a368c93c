import {
  type Application,
  type ApplicationName,
  type Argocd,
  type Blocking,
  failedRevision,
  isSyncing,
  isThere,
  type LiveState,
  readTurn,
  type SelectedSource,
} from '@mlops-actions/argocd'
import { Failure, type World } from '@mlops-actions/diagnostics'
import type { Ancestry } from '../history/ancestry.ts'
import { relateTo } from '../history/place.ts'
import type { Below } from './below.ts'

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

/** Refreshes get lost (argo-cd #28603) and commits take time to show, so they are repeated, ever more rarely. */
const REFRESH_AFTER_MS = [3_000, 5_000, 10_000, 20_000, 30_000]

export interface ObserverOptions {
  readonly name: ApplicationName
  readonly source: SelectedSource
  readonly revision: string
  readonly below: Below
  /** Whether everything below the Application has to be well, too. */
  readonly isDeep: boolean
  /** Whether a version is expected, so that it has to be looked for. */
  readonly isVersionExpected: boolean
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
  let refreshes = 0
  let nextRefresh = -Infinity
  let newest = 0
  let isRendered = false
  let underWay = 0
  const { name } = options
  const stateOf = async (application: Application): Promise<LiveState> => {
    newest = Math.max(newest, versionOf(application))
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
      world.now() >= nextRefresh || (underWay === 0 && (options.wantsRefresh() || options.wantsRendering())),
    async refresh() {
      nextRefresh = world.now() + (REFRESH_AFTER_MS[refreshes] ?? 30_000)
      refreshes += 1
      underWay += 1
      const hard = !isRendered && options.wantsRendering()
      const refreshed = await argocd
        .refresh(name, { hard })
        .catch((error: unknown) => ignorePassing(world, error))
        .finally(() => {
          underWay -= 1
        })
      isRendered ||= hard
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

type Found = Pick<LiveState, 'tree' | 'pods' | 'behind' | 'rollouts' | 'paused' | 'declared' | 'overrideFile'>

const NOTHING: Found = {
  tree: undefined,
  pods: new Map(),
  behind: undefined,
  rollouts: [],
  paused: [],
  declared: [],
  overrideFile: undefined,
}

/** What lies below: the pods that are not well always, and what proves more only where nothing else is left to wait for. */
async function lookBelow(
  application: Application,
  ancestry: Ancestry,
  { below, isDeep, isVersionExpected, name, source }: ObserverOptions,
  isRendered: boolean,
): Promise<Found> {
  const isVersionDue = isVersionExpected && isWell(application)
  if (!isDeep && !isVersionDue) return NOTHING
  const tree = await below.tree()
  const pods = isDeep ? await below.pods(tree) : NOTHING.pods
  if (!isWell(application)) return { ...NOTHING, tree, pods }
  const [served, paused, declared] = await Promise.all([
    isDeep ? below.served(tree, pods) : NOTHING,
    isDeep ? below.paused(tree) : [],
    isVersionExpected ? below.declared(tree) : [],
  ])
  const overrideFile =
    isVersionExpected && isRendered ? await readOverride(application, ancestry, { name, source }) : undefined
  const { behind, rollouts } = served
  return { tree: isDeep ? tree : undefined, pods, behind, rollouts, paused, declared, overrideFile }
}

/** What an image updater writes beside the manifests (argo-cd util/argo, `.argocd-source-<application>.yaml`). */
async function readOverride(
  { status }: Application,
  ancestry: Ancestry,
  { name, source: { source, kind } }: Pick<ObserverOptions, 'name' | 'source'>,
): Promise<LiveState['overrideFile']> {
  if (kind !== 'git') return undefined
  const folder = source.path.replace(/^\.?\/+|\/+$/g, '')
  const path = `${folder === '' || folder === '.' ? '' : `${folder}/`}.argocd-source-${name.name}.yaml`
  const text = await ancestry.readFile(status.sync.revision || status.sync.revisions[0] || '', path)
  return text === undefined ? undefined : { path, text }
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
