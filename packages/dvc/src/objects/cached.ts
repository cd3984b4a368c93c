import { join } from 'node:path'
import { isDirectoryOid } from '../repository/output.ts'
import type { Bounds } from '../repository/paths.ts'
import type { Known } from './gather.ts'
import type { HashPool } from './hash-pool.ts'
import { objectPath } from './keys.ts'
import type { Place } from './object.ts'

export interface CacheOptions {
  readonly bounds: Bounds
  /** Absolute path of the cache. */
  readonly cacheDir: string
}

/**
 * Where the cache holds what the workspace does not, by path of the object. The cache is a folder of plain files; anything
 * else under an object's name is none.
 */
export async function cachedPlaces(
  pool: HashPool,
  { bounds, cacheDir }: CacheOptions,
  known: Known,
): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>()
  if (bounds.cache === undefined) return places
  const wanted = [...new Set(neededFromCache(known))]
  const files = wanted.map((path) => join(cacheDir, path))
  for (const [at, size] of (await pool.fileSizes(files)).entries()) {
    const [path, file] = [wanted[at], files[at]]
    if (path === undefined || file === undefined || size === undefined) continue
    places.set(path, { from: 'cache', folder: cacheDir, name: path, size, verified: false })
  }
  return places
}

function* neededFromCache({ located, local, listings }: Known): Generator<string> {
  for (const { output, oid, kind } of located) {
    if (!isDirectoryOid(oid) && kind !== 'file') yield objectPath(oid, output.hash)
    const listing = listings.get(output)
    if (listing === undefined || !('entries' in listing)) continue
    const here = local.directories.get(output)?.files
    for (const { relpath, md5 } of listing.entries)
      if (here?.get(relpath)?.hash.md5 !== md5) yield objectPath(md5, output.hash)
  }
}
