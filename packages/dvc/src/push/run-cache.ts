import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileFailure } from '../invalid.ts'
import { changed } from '../objects/changed.ts'
import type { HashPool } from '../objects/hash-pool.ts'
import { forEachLimited } from '../objects/limit.ts'
import { listAll } from '../store/list.ts'
import { putObject, type Store } from '../store/store.ts'

/** What a run of a stage was recorded as: `runs/<2 digits>/<key of the stage>/<key of its outputs>`. */
export interface RunRecord {
  /** Posix, below the cache and below the prefix of the remote. */
  readonly path: string
  readonly file: string
  /** Bytes. */
  readonly size: number
  readonly md5: string
}

export interface RunCachePlan {
  readonly missing: readonly RunRecord[]
  /** Records that the remote has. */
  readonly skipped: number
}

/** `ab/<64 hex>/<64 hex>` (dvc/stage/cache.py); temporary files of a DVC that is running have other names. */
const RECORD = /^runs\/[0-9a-f]{2}\/[0-9a-f]{64}\/[0-9a-f]{64}$/

/**
 * The records of the run cache that a remote does not have. DVC sends all of them every time; here those that are there with
 * the same size and MD5 are left alone. As with DVC, outputs that only a record names are not sent.
 */
export async function planRunCache(store: Store, cacheDir: string, pool: HashPool): Promise<RunCachePlan> {
  const found = await findRecords(cacheDir)
  if (found.length === 0) return { missing: [], skipped: 0 }
  const hashes = await pool.hashFiles(found.map(({ file }) => ({ path: file, name: 'md5' })))
  const records = found.map((record, at) => ({ ...record, size: 0, md5: '', ...hashes[at] }))
  const prefix = `${store.remote.prefix}runs/`
  const stored = new Map(
    (await listAll(store, store.remote.bucket, prefix)).map((object) => [object.key, object]),
  )
  const missing = records.filter(({ path, size, md5 }) => {
    const there = stored.get(`${store.remote.prefix}${path}`)
    return there?.size !== size || there.etag !== md5
  })
  return { missing, skipped: records.length - missing.length }
}

/** Sends the records. @returns bytes sent */
export async function pushRunCache(store: Store, { missing }: RunCachePlan, pool: HashPool): Promise<number> {
  let bytes = 0
  await forEachLimited(missing, store.pace.max, async ({ path, file, size, md5 }) => {
    const loaded = await pool.loadFile({ path: file, name: 'md5' }, new ArrayBuffer(size))
    if (loaded.md5 !== md5 || loaded.isCut) throw changed({ path, oid: md5 }, 'it is another one now')
    await putObject(store, `${store.remote.prefix}${path}`, Buffer.from(loaded.bytes, 0, size), md5)
    bytes += size
  })
  return bytes
}

async function findRecords(cacheDir: string): Promise<Pick<RunRecord, 'path' | 'file'>[]> {
  const entries = await readdir(join(cacheDir, 'runs'), { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw fileFailure(join(cacheDir, 'runs'), error)
    },
  )
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name)
      return { file, path: relative(cacheDir, file).replaceAll(sep, '/') }
    })
    .filter(({ path }) => RECORD.test(path))
}
