import type { FileHandle } from 'node:fs/promises'
import type { Failure } from '@mlops-actions/diagnostics'
import { dataFailure, fileFailure } from '../invalid.ts'
import { hashBytes } from '../objects/hash.ts'
import type { HashPool, Reading } from '../objects/hash-pool.ts'
import { forEachLimited } from '../objects/limit.ts'
import { type HashName, md5Of } from '../repository/output.ts'
import { keyOf, type Store, type StoredObject } from './connection.ts'
import { headObject } from './head.ts'
import { readRange } from './read-range.ts'

/** An object of a remote, and what its bytes must hash to. */
export interface WantedObject {
  readonly oid: string
  readonly hash: HashName
  /** The file that it is, for sentences. */
  readonly path: string
  /** What a listing or HEAD said of it, where one was made. */
  readonly stored?: StoredObject | undefined
}

/** Where the bytes go. */
export interface DownloadTarget {
  /** Open for writing; other threads read it by its path. */
  readonly file: FileHandle
  readonly path: string
  /** Bytes that an earlier attempt has left there: they are hashed with the rest, and fetched again if they are wrong. */
  readonly have?: number
}

export interface DownloadOptions {
  readonly pool: HashPool
  /** Bytes of one request; a larger object is fetched by several at once. */
  readonly partSize?: number
  /** Told of bytes as they are written. */
  readonly onBytes?: (bytes: number) => void
}

const PART_SIZE = 16 * 2 ** 20
/** Bytes that are written at once: chunks of TLS are a hundred times smaller. */
const WRITE = 256 * 1024

/**
 * An object in memory, hashed before it is handed out; for what is small.
 * @returns undefined where the remote has no such object
 * @throws Failure `integrity` where it has other bytes under this name
 */
export async function readObject(store: Store, wanted: WantedObject): Promise<Buffer | undefined> {
  const pieces: Uint8Array[] = []
  const at = { bucket: store.remote.bucket, key: keyOf(store, wanted.oid, wanted.hash) }
  const stored = await readRange(store, { ...at, start: 0 }, (bytes) => void pieces.push(bytes))
  if (stored === undefined) return undefined
  const bytes = Buffer.concat(pieces)
  const md5 = hashBytes(bytes, wanted.hash)
  if (md5 !== md5Of(wanted.oid)) throw otherBytes(store, wanted, { md5, size: bytes.length })
  return bytes
}

/**
 * Writes an object into a file, several ranges at once where it is large, and goes on where an earlier attempt has ended.
 * The file is hashed in a thread while it grows; it is whole and right when this returns.
 * @returns bytes that came over the line; undefined where the remote has no such object
 * @throws Failure `integrity` where it has other bytes under this name; what was written is worth nothing then
 */
export async function downloadObject(
  store: Store,
  wanted: WantedObject,
  target: DownloadTarget,
  options: DownloadOptions,
): Promise<number | undefined> {
  const stored =
    wanted.stored ?? (await headObject(store, store.remote.bucket, keyOf(store, wanted.oid, wanted.hash)))
  if (stored === undefined) return undefined
  const have = Math.min(target.have ?? 0, stored.size)
  const reading = await options.pool.openReading({ path: target.path, name: wanted.hash })
  try {
    const fetched = await fetchRest(store, { wanted, stored, target, have, reading }, options)
    if (fetched === undefined) return undefined
    const seen = await reading.finish()
    if (seen.md5 === md5Of(wanted.oid) && seen.size === stored.size) return fetched
    if (have === 0) throw otherBytes(store, wanted, seen)
  } finally {
    reading.close()
  }
  const again = await downloadObject(store, wanted, { ...target, have: 0 }, options)
  return again === undefined ? undefined : again + stored.size - have
}

interface Download {
  readonly wanted: WantedObject
  readonly stored: StoredObject
  readonly target: DownloadTarget
  readonly have: number
  readonly reading: Reading
}

/** Fetches what is behind the first `have` bytes; the reading follows as far as there is no gap. */
async function fetchRest(
  store: Store,
  { wanted, stored, target, have, reading }: Download,
  { partSize = PART_SIZE, onBytes }: DownloadOptions,
): Promise<number | undefined> {
  const key = keyOf(store, wanted.oid, wanted.hash)
  const parts = partsBetween(have, stored.size, partSize)
  const done = new Set<number>()
  let [whole, missing] = [have, false]
  let following: Promise<unknown> = reading.skip(have)
  following.catch(() => undefined)
  await forEachLimited(parts, store.pace.max, async ({ start, length }) => {
    const write = createWriter(target, start, onBytes)
    const request = { bucket: store.remote.bucket, key, start, length, etag: stored.etag }
    if ((await readRange(store, request, write.take)) === undefined) missing = true
    await write.flush()
    done.add(start)
    for (; done.delete(whole); whole = Math.min(whole + partSize, stored.size));
    following = Promise.all([following, reading.skip(whole)])
    following.catch(() => undefined)
  })
  await following
  return missing ? undefined : stored.size - have
}

function partsBetween(start: number, end: number, size: number) {
  const count = Math.ceil((end - start) / size)
  return Array.from({ length: count }, (_, at) => {
    const from = start + at * size
    return { start: from, length: Math.min(size, end - from) }
  })
}

/** Collects small pieces, so that the disk sees few large ones. */
function createWriter({ file, path }: DownloadTarget, start: number, onBytes?: (bytes: number) => void) {
  let pieces: Uint8Array[] = []
  let [collected, position] = [0, start]
  const flush = async () => {
    const bytes = Buffer.concat(pieces, collected)
    pieces = []
    collected = 0
    for (let written = 0; written < bytes.length; ) {
      const { bytesWritten } = await file
        .write(bytes, written, bytes.length - written, position)
        .catch((error: unknown) => {
          throw fileFailure(path, error)
        })
      written += bytesWritten
      position += bytesWritten
    }
    if (bytes.length > 0) onBytes?.(bytes.length)
  }
  const take = async (bytes: Uint8Array) => {
    pieces.push(bytes)
    collected += bytes.length
    if (collected >= WRITE) await flush()
  }
  return { take, flush }
}

function otherBytes(
  { remote }: Store,
  { oid, path }: WantedObject,
  { md5, size }: { readonly md5: string; readonly size: number },
): Failure {
  return dataFailure('DVC_REMOTE_CORRUPT', {
    what: 'An object of the remote is not what its name says',
    on: `${path} (${oid}) in s3://${remote.bucket}`,
    seen: `the remote holds ${size} bytes under this name that hash to ${md5}`,
    next: 'Push the data again from where it is right, with `repair: true`',
  })
}
