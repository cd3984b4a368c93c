import {
  type Application,
  type Argocd,
  isSyncing,
  type ResourceTree,
  unfinishedNodes,
} from '@mlops-actions/argocd'
import type { World } from '@mlops-actions/diagnostics'

/** An Argo CD that is not asked again at every look for what decides nothing as long as nothing happens. */
export interface Frugal {
  readonly argocd: Argocd
  /** Takes the Application that the next questions are about. */
  saw(application: Application): void
}

/** What has not changed is asked for again after that long all the same: a pod shows in no Application. */
const AGAIN_AFTER_MS = 60_000

/**
 * For one Application that waits to be synced: behind a closed window, in the queue of an ApplicationSet, during a long
 * hook. Its tree is read again when the Application has changed or something below it is not well; once it is synced,
 * at every look, for then the tree decides.
 */
export function createFrugal(world: World, argocd: Argocd): Frugal {
  let seen: Application | undefined
  const trees = createMemory<ResourceTree>(world)
  const windows = createMemory<Awaited<ReturnType<Argocd['blockingWindow']>>>(world)
  const sets = createMemory<Awaited<ReturnType<Argocd['applicationSet']>>>(world)
  return {
    saw(application) {
      seen = application
    },
    argocd: {
      ...argocd,
      tree: (name) => {
        const isWell = (tree: ResourceTree) => unfinishedNodes(tree).length === 0
        const key = seen === undefined || decides(seen) ? undefined : fingerprint(seen)
        return trees.recall(key, () => argocd.tree(name), isWell)
      },
      blockingWindow: (name) => windows.recall('', () => argocd.blockingWindow(name)),
      applicationSet: (name, namespace) =>
        sets.recall(`${namespace}/${name}`, () => argocd.applicationSet(name, namespace)),
    },
  }
}

function createMemory<T>({ now }: World) {
  let kept: { readonly key: string; readonly at: number; readonly value: T } | undefined
  return {
    /** @param key undefined where what is kept will not do */
    async recall(
      key: string | undefined,
      ask: () => Promise<T>,
      mayBeKept: (value: T) => boolean = () => true,
    ) {
      const isFresh = kept !== undefined && kept.key === key && now() - kept.at < AGAIN_AFTER_MS
      if (kept !== undefined && isFresh) return kept.value
      const value = await ask()
      kept = key !== undefined && mayBeKept(value) ? { key, at: now(), value } : undefined
      return value
    },
  }
}

/** Whether its tree can bring the verdict. */
function decides(application: Application): boolean {
  return application.status.sync.status === 'Synced' && !isSyncing(application)
}

/** Everything that a sync changes; when it was last compared says nothing. */
function fingerprint({ metadata, operation, status }: Application): string {
  const { sync, health, operationState, resources, summary } = status
  return JSON.stringify([metadata.uid, operation, sync, health, operationState, resources, summary])
}
