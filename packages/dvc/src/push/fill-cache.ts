import { join } from 'node:path'
import { copyCached, isCached, writeCached } from '../objects/cache-write.ts'
import { changed } from '../objects/changed.ts'
import { assertSpace } from '../objects/disk.ts'
import type { HashPool } from '../objects/hash-pool.ts'
import { objectPath } from '../objects/keys.ts'
import { forEachLimited } from '../objects/limit.ts'
import { fileOf, type TrackedObject } from '../objects/object.ts'
import { isDirectoryOid, md5Of } from '../repository/output.ts'

export interface FillCacheOptions {
  /** Absolute path of the cache. */
  readonly cacheDir: string
  /** `cache.shared`: the folders that are made are the group's to write to. */
  readonly sharedCache: boolean
  /** Threads that hash. */
  readonly pool: HashPool
}

/** Files that are copied at the same moment. */
const COPIES = 4

const REFUSAL = {
  undone: 'nothing was sent',
  next: 'Leave `fill-cache` out, so that the data is kept once',
} as const

/**
 * Refuses before anything is sent what the disk of the cache does not hold.
 * @throws Failure `quota`
 */
export async function assertCacheSpace(
  objects: ReadonlyMap<string, TrackedObject>,
  { cacheDir }: Pick<FillCacheOptions, 'cacheDir'>,
): Promise<void> {
  // By path: content that goes to two remotes is kept once.
  const wanted = new Map<string, number>()
  for (const { place, oid, hash, bytes } of objects.values()) {
    const size = place?.from === 'workspace' ? place.size : (bytes?.length ?? 0)
    const path = join(cacheDir, objectPath(oid, hash))
    if (size > 0 && !(await isCached(path))) wanted.set(path, size)
  }
  const bytes = [...wanted.values()].reduce((sum, size) => sum + size, 0)
  await assertSpace([{ folder: cacheDir, bytes }], REFUSAL)
}

/**
 * Keeps what lies in the workspace in the cache as well, as `dvc add` and `dvc commit` do; the list of files of a directory
 * comes last, when the cache has everything that it promises. What the cache has already is left alone, and the workspace
 * keeps its own files, whatever `cache.type` says.
 * @returns how many objects were put there
 * @throws Failure `integrity` for a file that changed meanwhile
 */
export async function fillCache(
  objects: ReadonlyMap<string, TrackedObject>,
  { cacheDir, sharedCache: isShared, pool }: FillCacheOptions,
): Promise<number> {
  let count = 0
  const pathOf = ({ oid, hash }: TrackedObject) => join(cacheDir, objectPath(oid, hash))
  const files = [...objects.values()].filter(({ place }) => place?.from === 'workspace')
  await forEachLimited(files, COPIES, async (object) => {
    const { place, oid, hash } = object
    const path = pathOf(object)
    if (place === undefined || (await isCached(path))) return
    let seen = ''
    const isGenuine = async (copy: string) => {
      const [hashed] = await pool.hashFiles([{ path: copy, name: hash }])
      seen = hashed?.md5 ?? ''
      return seen === md5Of(oid)
    }
    const isThere = await copyCached({ path, from: fileOf(place), isShared, isGenuine })
    if (!isThere) throw changed(object, `the file now hashes to ${seen}`)
    count += 1
  })
  for (const object of objects.values()) {
    if (!isDirectoryOid(object.oid) || object.bytes === undefined || (await isCached(pathOf(object))))
      continue
    const members = object.members.flatMap((id) => objects.get(id) ?? [])
    const there = await Promise.all(members.map((member) => isCached(pathOf(member))))
    if (there.includes(false)) continue
    await writeCached(pathOf(object), object.bytes, isShared)
    count += 1
  }
  return count
}
