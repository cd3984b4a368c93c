import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import type { Failure } from '@mlops-actions/diagnostics'
import { dataFailure } from '../invalid.ts'
import { hashBytes } from '../objects/hash.ts'
import type { HashPool, Reading } from '../objects/hash-pool.ts'
import { forEachLimited } from '../objects/limit.ts'
import { type HashName, md5Of } from '../repository/output.ts'
import { keyOf, type Store, type StoredObject } from './connection.ts'
import { fetchRange, isDirect } from './direct.ts'
import type { DirectFile } from './direct-file.ts'
import { headObject } from './head.ts'
import { createPieceWriter } from './piece-writer.ts'
import { readRange } from './read-range.ts'
import { createRuns, type Run } from './runs.ts'

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
  /** The parts that an earlier attempt has left there; what they hold is proven by the hash of the whole. */
  readonly parts?: PartLog | undefined
}

/** Which parts of an object are in a file, by their number from 0. */
export interface PartLog {
  readonly done: ReadonlySet<number>
  add(part: number): Promise<void>
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
 * An object in memory, hashed before it is handed out; for what is small.
 * @returns undefined where the remote has no such object
 * @throws Failure `integrity` where it has other bytes under this name
 */
export async function readObject(store: Store, wanted: WantedObject): Promise<Buffer | undefined> {
  const pieces: Uint8Array[] = []
  const at = { bucket: store.remote.bucket, key: keyOf(store, wanted.oid, wanted.hash) }
  const { size, etag } = wanted.stored ?? {}
  // Of nothing there is no range.
  const request = { ...at, start: 0, length: size || undefined, etag }
  const stored = await readRange(store, request, (bytes) => void pieces.push(bytes))
  if (stored === undefined) return undefined
  const bytes = Buffer.concat(pieces)
  const md5 = hashBytes(bytes, wanted.hash)
  if (md5 !== md5Of(wanted.oid)) throw otherBytes(store, wanted, { md5, size: bytes.length })
  return bytes
}

/**
 * Writes an object into a file, several ranges at once where it is large, and goes on where an earlier attempt has ended.
 * It is hashed while it comes, a large one in a thread; the file is whole and right when this returns.
 * @returns bytes that came over the line; undefined where the remote has no such object
 * @throws Failure `integrity` where it has other bytes under this name; what was written is worth nothing then
 */
export async function downloadObject(
  store: Store,
  wanted: WantedObject,
  target: DownloadTarget,
  options: DownloadOptions,
): Promise<number | undefined> {
  const { partSize = PART_SIZE } = options
  const stored =
    wanted.stored ?? (await headObject(store, store.remote.bucket, keyOf(store, wanted.oid, wanted.hash)))
  if (stored === undefined) return undefined
  const download = { wanted, stored, target, partSize, onBytes: options.onBytes }
  const isOne = stored.size > 0 && stored.size <= partSize && wanted.hash === 'md5'
  if (isOne && !isDirect(store)) return downloadWhole(store, download)
  const { parts } = target
  const outcome = await downloadParts(store, download, parts?.done ?? NO_PARTS, options.pool)
  if (outcome !== 'other') return outcome
  // What an earlier attempt left was not of this object.
  const again = await downloadParts(store, download, NO_PARTS, options.pool)
  if (again === 'other') throw otherBytes(store, wanted, { md5: 'something else', size: stored.size })
  return again
}

const NO_PARTS: ReadonlySet<number> = new Set()

interface Download {
  readonly wanted: WantedObject
  readonly stored: StoredObject
  readonly target: DownloadTarget
  readonly partSize: number
  readonly onBytes: ((bytes: number) => void) | undefined
}

/** A small object in one request: a thread that hashes it would cost more than the hash. */
async function downloadWhole(
  store: Store,
  { wanted, stored, target, onBytes }: Download,
): Promise<number | undefined> {
  const hash = createHash('md5')
  const write = createPieceWriter(target.file, 0, wanted.path, onBytes)
  const key = keyOf(store, wanted.oid, wanted.hash)
  const request = { bucket: store.remote.bucket, key, start: 0, length: stored.size, etag: stored.etag }
  const found = await readRange(store, request, (bytes) => {
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
  const { wanted, stored, target, partSize } = download
  const { direct } = store
  const file =
    direct !== undefined && isDirect(store) && wanted.hash === 'md5'
      ? await direct.open({ path: target.path, on: wanted.path, isParted: stored.size > partSize })
      : undefined
  const reading = file ?? (await pool.openReading({ path: target.path, name: wanted.hash }))
  try {
    const fetched = await fetchParts(store, download, done, { reading, file })
    if (fetched === undefined) return undefined
    const seen = await reading.finish()
    if (seen.md5 === md5Of(wanted.oid) && seen.size === stored.size) return fetched
    if (done.size === 0) throw otherBytes(store, wanted, seen)
    return 'other'
  } finally {
    reading.close()
  }
}

interface PartReader {
  readonly reading: Pick<Reading, 'skip'>
  /** The same, where a thread fetches what it reads. */
  readonly file: DirectFile | undefined
}

/** Fetches the parts that are not there; the reading follows as far as there is no gap. */
async function fetchParts(
  store: Store,
  { wanted, stored, target, partSize, onBytes }: Download,
  done: ReadonlySet<number>,
  { reading, file }: PartReader,
): Promise<number | undefined> {
  const { size, etag } = stored
  const object = { bucket: store.remote.bucket, key: keyOf(store, wanted.oid, wanted.hash), size, etag }
  const count = Math.ceil(size / partSize)
  const there = new Set(done)
  let [whole, missing, fetched] = [0, false, 0]
  let following: Promise<unknown> = Promise.resolve()
  const follow = () => {
    for (; there.has(whole); whole += 1);
    following = Promise.all([following, reading.skip(Math.min(whole * partSize, size))])
    // Where a part fails, nobody waits for the hash any more.
    following.catch(() => undefined)
  }
  follow()
  const keep = async (part: number) => {
    await target.parts?.add(part)
    fetched += Math.min(partSize, size - part * partSize)
    there.add(part)
    follow()
  }
  const bring = async (run: Run, thread: DirectFile | undefined) => {
    const start = run.first * partSize
    const range = { ...object, start, length: Math.min(run.count * partSize, size - start) }
    const kept = keepInTurn(run, partSize, keep)
    let got = 0
    try {
      const tell = (bytes: number) => {
        kept.take(bytes)
        onBytes?.(bytes)
      }
      if (thread !== undefined) got = await fetchRange(store, thread, range, tell)
    } finally {
      run.end(got)
    }
    if (got < range.length) {
      const write = createPieceWriter(target.file, start + got, wanted.path, onBytes)
      const rest = { ...range, start: start + got, length: range.length - got }
      if ((await readRange(store, rest, write.take)) === undefined) missing = true
      await write.flush()
    }
    await kept.all()
  }
  const lacking = Array.from({ length: count }, (_, part) => part).filter((part) => !done.has(part))
  const runs = createRuns(store.pace, lacking)
  // One more than can be under way: where a turn ends, somebody has to be waiting for it.
  await forEachLimited(lacking, store.pace.max + 1, async () => {
    const thread = file !== undefined && isDirect(store) ? file : undefined
    const run = await runs.next(thread !== undefined)
    if (run === undefined) return
    await bring(run, thread).catch((error: unknown) => {
      runs.stop()
      throw error
    })
  })
  await following
  return missing ? undefined : fetched
}

/** Keeps the parts of a run as soon as their bytes have come, so that an interrupted run can go on from there. */
function keepInTurn({ first, count }: Run, partSize: number, keep: (part: number) => Promise<void>) {
  let [came, next] = [0, 0]
  let keeping = Promise.resolve()
  const keepTo = (end: number) => {
    for (; next < end; next += 1) {
      const part = first + next
      keeping = keeping.then(() => keep(part))
    }
    keeping.catch(() => undefined)
    return keeping
  }
  return {
    take: (bytes: number) => {
      came += bytes
      void keepTo(Math.min(count - 1, Math.floor(came / partSize)))
    },
    /** The last one too, which may be shorter. */
    all: () => keepTo(count),
  }
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
