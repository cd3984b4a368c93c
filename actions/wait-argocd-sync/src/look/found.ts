import {
  type Application,
  type ApplicationName,
  isSyncing,
  type LiveState,
  type SelectedSource,
} from '@mlops-actions/argocd'
import type { Ancestry } from '../history/ancestry.ts'
import type { Below } from './below.ts'

/** How a look goes below an Application. */
export interface FoundOptions {
  readonly name: ApplicationName
  readonly source: SelectedSource
  readonly below: Below
  /** Whether everything below the Application has to be well, too. */
  readonly isDeep: boolean
  /** Whether a version is expected, so that it has to be looked for. */
  readonly isVersionExpected: boolean
}

/** What a look has found below the Application. */
export type Found = Pick<
  LiveState,
  'tree' | 'pods' | 'behind' | 'rollouts' | 'paused' | 'unproven' | 'declared' | 'overrideFile'
>

export const NOTHING: Found = {
  tree: undefined,
  pods: new Map(),
  behind: undefined,
  rollouts: [],
  paused: [],
  unproven: [],
  declared: [],
  overrideFile: undefined,
}

/** What lies below: the pods that are not well always, and what proves more only where nothing else is left to wait for. */
export async function lookBelow(
  application: Application,
  ancestry: Ancestry,
  { below, isDeep, isVersionExpected, name, source }: FoundOptions,
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
  const { behind, rollouts, unproven } = served
  return { tree: isDeep ? tree : undefined, pods, behind, rollouts, paused, unproven, declared, overrideFile }
}

/** What an image updater writes beside the manifests (argo-cd util/argo, `.argocd-source-<application>.yaml`). */
async function readOverride(
  { status }: Application,
  ancestry: Ancestry,
  { name, source: { source, kind } }: Pick<FoundOptions, 'name' | 'source'>,
): Promise<LiveState['overrideFile']> {
  if (kind !== 'git') return undefined
  const folder = source.path.replace(/^\.?\/+|\/+$/g, '')
  const path = `${folder === '' || folder === '.' ? '' : `${folder}/`}.argocd-source-${name.name}.yaml`
  const text = await ancestry.readFile(status.sync.revision || status.sync.revisions[0] || '', path)
  return text === undefined ? undefined : { path, text }
}

/** Nothing is left to wait for, as far as the Application itself tells; `accept-suspended` takes Suspended for that, too. */
function isWell(application: Application): boolean {
  const { sync, health } = application.status
  const isGood = health.status === 'Healthy' || health.status === 'Suspended'
  return sync.status === 'Synced' && isGood && !isSyncing(application)
}
