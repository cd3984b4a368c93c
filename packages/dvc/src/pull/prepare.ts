import type { HashPool } from '../objects/hash-pool.ts'
import type { LinkType } from '../repository/config.ts'
import type { Bounds } from '../repository/paths.ts'
import { findStored } from '../store/look.ts'
import { keyOf, type Store, type StoredObject } from '../store/store.ts'
import { findRecoverable, readCache } from './cache-state.ts'
import { type FoundObject, type FrozenObject, type PullPlan, planPull } from './pull-plan.ts'
import { contentId, type WantedFile } from './wanted.ts'
import { readWorkspace } from './workspace-state.ts'

type Stores = ReadonlyMap<string, Store>

export interface PullOptions {
  readonly bounds: Bounds
  readonly cacheDir: string
  readonly linkTypes: readonly LinkType[]
  /** Whether what is fetched goes into the cache too. */
  readonly fillCache: boolean
  /** `cache.shared`: folders that are made in the cache are the group's to write to, as DVC has it then. */
  readonly sharedCache: boolean
  readonly force: boolean
  /** Requests at once. */
  readonly jobs: number
}

/** Looks at the workspace, the cache and the remotes, and writes nothing. */
export async function preparePull(
  pool: HashPool,
  files: readonly WantedFile[],
  stores: Stores,
  { bounds, cacheDir, force, jobs }: PullOptions,
): Promise<PullPlan> {
  const placed = files.filter(({ cacheOnly }) => !cacheOnly)
  const workspace = await readWorkspace(pool, bounds, placed)
  const lacking = files.filter(({ path, cacheOnly }) => cacheOnly || workspace.get(path)?.kind !== 'same')
  const { cached, corrupt } = await readCache(pool, cacheDir, lacking)
  const stored = await findInRemotes(
    stores,
    lacking.filter((file) => !cached.has(contentId(file))),
    jobs,
  )
  const others = [...workspace.values()].flatMap((state) => (state.kind === 'other' ? [state.md5] : []))
  const recoverable = await findRecoverable(pool, cacheDir, others)
  return planPull(files, { workspace, cached, corrupt, stored, recoverable }, force)
}

async function findInRemotes(
  stores: Stores,
  files: readonly WantedFile[],
  jobs: number,
): Promise<ReadonlyMap<string, FoundObject>> {
  const found = new Map<string, FoundObject>()
  for (const [name, store] of stores) {
    const here = files.filter(({ supply }) => supply.kind === 'remote' && supply.remote === name)
    if (here.length === 0) continue
    const objects = [...new Map(here.map((file) => [contentId(file), file])).values()]
    const stored = await findStored(store, objects, jobs)
    for (const file of objects) {
      const object = stored.get(keyOf(store, file.oid, file.hash))
      if (object !== undefined)
        found.set(contentId(file), { ...object, remote: name, frozen: frozenAt(store, file, object) })
    }
  }
  return found
}

function frozenAt(
  store: Store,
  { oid, hash }: WantedFile,
  { archive }: StoredObject,
): FrozenObject | undefined {
  if (archive === undefined) return undefined
  return { bucket: store.remote.bucket, key: keyOf(store, oid, hash), restoring: archive === 'restoring' }
}
