import {
  type Application,
  type Argocd,
  isSyncing,
  type ResourceTree,
  unfinishedNodes,
} from '@mlops-actions/argocd'
import type { World } from '@mlops-actions/diagnostics'

/** An Argo CD that is not asked again at every look for what decides nothing as long as nothing happens. */
export interface Frugal<A> {
  readonly argocd: A
  /** Takes the Application that the next questions are about. */
  saw(application: Application): void
}

/** What has not changed is asked for again after that long all the same: a pod shows in no Application. */
const AGAIN_AFTER_MS = 60_000
/** Argo CD pushes every change of a status, many for one sync: between them the tree has no news that cannot wait. */
const SAME_MOMENT_MS = 1_000

/**
 * For one Application that waits to be synced: behind a closed window, in the queue of an ApplicationSet, during a long
 * hook. Its tree is read again when the Application has changed or something below it is not well; once it is synced,
 * at every look, for then the tree decides.
 */
export function createFrugal<A extends Pick<Argocd, 'tree' | 'blockingWindow' | 'applicationSet'>>(
  world: World,
  argocd: A,
): Frugal<A> {
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
        const mayBeOld = seen !== undefined && !decides(seen)
        const ages = {
          same: mayBeOld ? AGAIN_AFTER_MS : SAME_MOMENT_MS,
          other: mayBeOld ? SAME_MOMENT_MS : 0,
        }
        return trees.recall(fingerprint(seen), () => argocd.tree(name), ages, isWell)
      },
      blockingWindow: (name) => windows.recall('', () => argocd.blockingWindow(name), KEPT),
      applicationSet: (name, namespace) =>
        sets.recall(`${namespace}/${name}`, () => argocd.applicationSet(name, namespace), KEPT),
    },
  }
}

/** For how many milliseconds an answer will do: about what is the same as then, and about what has changed since. */
interface Ages {
  readonly same: number
  readonly other: number
}

const KEPT: Ages = { same: AGAIN_AFTER_MS, other: 0 }

function createMemory<T>({ now }: World) {
  let kept: { readonly key: string; readonly at: number; readonly value: T } | undefined
  return {
    async recall(
      key: string,
      ask: () => Promise<T>,
      ages: Ages,
      mayBeKept: (value: T) => boolean = () => true,
    ) {
      if (kept !== undefined && now() - kept.at < (kept.key === key ? ages.same : ages.other))
        return kept.value
      const value = await ask()
      kept = mayBeKept(value) ? { key, at: now(), value } : undefined
      return value
    },
  }
}

/** Whether its tree can bring the verdict. */
function decides(application: Application): boolean {
  return application.status.sync.status === 'Synced' && !isSyncing(application)
}

/** Everything that a sync changes; when it was last compared says nothing. */
function fingerprint(application: Application | undefined): string {
  if (application === undefined) return ''
  const { metadata, operation, status } = application
  const { sync, health, operationState, resources, summary } = status
  return JSON.stringify([metadata.uid, operation, sync, health, operationState, resources, summary])
}
