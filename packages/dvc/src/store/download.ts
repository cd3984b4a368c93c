import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import type { HashPool } from '../objects/hash-pool.ts'
import { md5Of } from '../repository/output.ts'
import { keyOf, type Store } from './connection.ts'
import { isDirect } from './direct.ts'
import { fetchParts, type PartedDownload, type PartLog } from './fetch-parts.ts'
import { headObject } from './head.ts'
import { createPieceWriter } from './piece-writer.ts'
import { readRange } from './read-range.ts'
import { otherBytes, type WantedObject } from './wanted-object.ts'

export type { WantedObject } from './wanted-object.ts'

/** Where the bytes go. */
export interface DownloadTarget {
  /** Open for writing; other threads read it by its path. */
  readonly file: FileHandle
  readonly path: string
  /** The parts that an earlier attempt has left there; what they hold is proven by the hash of the whole. */
  readonly parts?: PartLog | undefined
}

export interface DownloadOptions {
  readonly pool: HashPool
  /** Bytes of one request; a larger object is fetched by several at once. */
  readonly partSize?: number
  /** Told of bytes as they are written. */
  readonly onBytes?: (bytes: number) => void
}

/** Bytes of one request. */
export const PART_SIZE = 16 * 2 ** 20

/**
 * Writes an object into a file, several ranges at once where it is large, and goes on where an earlier attempt has ended.
 * It is hashed while it comes, a large one in a thread; the file is whole and right when this returns.
 * @returns bytes that came over the line; undefined where the remote has no such object
 * @throws Failure `integrity` where it has other bytes under this name; what was written is worth nothing then
 */
export async function downloadObject(
  store: Store,
  wanted: WantedObject,
  { file, path, parts }: DownloadTarget,
  { pool, partSize = PART_SIZE, onBytes }: DownloadOptions,
): Promise<number | undefined> {
  const at = { bucket: store.remote.bucket, key: keyOf(store, wanted.oid, wanted.hash) }
  const stored = wanted.stored ?? (await headObject(store, at.bucket, at.key))
  if (stored === undefined) return undefined
  const { size, etag } = stored
  const object = { ...at, size, etag }
  const download = { wanted, object, file, path, on: wanted.path, partSize, parts, onBytes }
  const isOne = size > 0 && size <= partSize && wanted.hash === 'md5'
  if (isOne && !isDirect(store)) return downloadWhole(store, download)
  const outcome = await downloadParts(store, download, parts?.done ?? NO_PARTS, pool)
  if (outcome !== 'other') return outcome
  // What an earlier attempt left was not of this object.
  const again = await downloadParts(store, download, NO_PARTS, pool)
  if (again === 'other') throw otherBytes(store, wanted, { md5: 'something else', size })
  return again
}

const NO_PARTS: ReadonlySet<number> = new Set()

interface Download extends PartedDownload {
  readonly wanted: WantedObject
  /** Of the file. */
  readonly path: string
}

/** A small object in one request: a thread that hashes it would cost more than the hash. */
async function downloadWhole(
  store: Store,
  { wanted, object, file, on, onBytes }: Download,
): Promise<number | undefined> {
  const hash = createHash('md5')
  const write = createPieceWriter(file, 0, on, onBytes)
  const range = { ...object, start: 0, length: object.size }
  const found = await readRange(store, range, (bytes) => {
    hash.update(bytes)
    return write.take(bytes)
  })
  if (found === undefined) return undefined
  await write.flush()
  const md5 = hash.digest('hex')
  if (md5 !== md5Of(wanted.oid)) throw otherBytes(store, wanted, { md5, size: found.size })
  return found.size
}

/** @returns `other` where parts of an earlier attempt, which count as `done`, made the hash wrong */
async function downloadParts(
  store: Store,
  download: Download,
  done: ReadonlySet<number>,
  pool: HashPool,
): Promise<number | undefined | 'other'> {
  const { wanted, object, path, on, partSize } = download
  const threads = isDirect(store) && wanted.hash === 'md5' ? store.direct : undefined
  const direct = await threads?.open({ path, on, isParted: object.size > partSize })
  const reading = direct ?? (await pool.openReading({ path, name: wanted.hash }))
  try {
    const fetched = await fetchParts(store, download, done, { reading, direct })
    if (fetched === undefined) return undefined
    const seen = await reading.finish()
    if (seen.md5 === md5Of(wanted.oid) && seen.size === object.size) return fetched
    if (done.size === 0) throw otherBytes(store, wanted, seen)
    return 'other'
  } finally {
    reading.close()
  }
}
