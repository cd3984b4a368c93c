import { existsSync } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { HashPool } from '../objects/hash-pool.ts'
import { objectPath } from '../objects/keys.ts'
import { forEachLimited } from '../objects/limit.ts'
import { md5Of } from '../repository/output.ts'
import { contentId, type WantedFile } from './wanted.ts'

export interface CacheState {
  /** Bytes of the objects that are there and are what their names say, by content id. */
  readonly cached: ReadonlyMap<string, number>
  /** Content ids of those that are something else. */
  readonly corrupt: ReadonlySet<string>
}

/** What of the wanted files the cache has. It is believed only after hashing; DVC trusts it by its file mode. */
export async function readCache(
  pool: HashPool,
  cacheDir: string,
  files: readonly WantedFile[],
): Promise<CacheState> {
  // On a fresh runner there is none, and each look would be in vain.
  if (!existsSync(cacheDir)) return { cached: new Map(), corrupt: new Set() }
  const wanted = [...new Map(files.map((file) => [contentId(file), file]))]
  const sizes = await pool.fileSizes(wanted.map(([, file]) => cachePath(cacheDir, file)))
  const there = wanted.filter((_, at) => sizes[at] !== undefined)
  const hashes = await pool.hashFiles(
    there.map(([, file]) => ({ path: cachePath(cacheDir, file), name: file.hash })),
  )
  const cached = new Map<string, number>()
  const corrupt = new Set<string>()
  there.forEach(([id, file], at) => {
    const hashed = hashes[at]
    if (hashed?.md5 === md5Of(file.oid)) cached.set(id, hashed.size)
    else corrupt.add(id)
  })
  return { cached, corrupt }
}

/** Which of these contents the cache has, by their MD5: replacing them loses nothing. */
export async function findRecoverable(
  pool: HashPool,
  cacheDir: string,
  md5s: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const pathOf = (md5: string) => join(cacheDir, objectPath(md5, 'md5'))
  const there: string[] = []
  await forEachLimited([...new Set(md5s)], 32, async (md5) => {
    if (md5 !== '' && (await isFile(pathOf(md5)))) there.push(md5)
  })
  const hashes = await pool.hashFiles(there.map((md5) => ({ path: pathOf(md5), name: 'md5' })))
  return new Set(there.filter((md5, at) => hashes[at]?.md5 === md5))
}

export function cachePath(cacheDir: string, { oid, hash }: Pick<WantedFile, 'oid' | 'hash'>): string {
  return join(cacheDir, objectPath(oid, hash))
}

async function isFile(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isFile() === true
}
