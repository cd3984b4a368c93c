import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure, type World } from '@mlops-actions/diagnostics'
import { hashFile } from '../objects/hash.ts'
import type { HashPool } from '../objects/hash-pool.ts'
import { forEachLimited } from '../objects/limit.ts'
import { md5Of } from '../repository/output.ts'
import { getRange } from '../store/get-range.ts'
import { keyOf, type Store, type StoredObject } from '../store/store.ts'
import { openJournal } from './journal.ts'
import type { WantedFile } from './wanted.ts'

/** Bytes. */
export interface DownloadSizes {
  /** From this size on an object comes in parts, several at once. */
  readonly rangesFrom: number
  readonly partSize: number
}

export const DEFAULT_DOWNLOAD: DownloadSizes = { rangesFrom: 32 * 2 ** 20, partSize: 16 * 2 ** 20 }

export interface Download {
  readonly store: Store
  readonly file: Pick<WantedFile, 'oid' | 'hash' | 'path'>
  readonly stored: StoredObject
  /** Where the bytes go; left behind, unfinished, when the download of parts is interrupted. */
  readonly to: string
  readonly pool: HashPool
  readonly sizes: DownloadSizes
  /** Parts of one object at once. */
  readonly parallel: number
  readonly onBytes: (bytes: number) => void
}

type Context = Pick<World, 'signal' | 'sleep' | 'random'>

/**
 * Brings one object into a file and proves that it is what its name says.
 * @returns bytes that came over the network: fewer than its size where an earlier, interrupted run had some
 * @throws Failure `integrity` where the remote holds other bytes; nothing is left behind then
 */
export async function downloadObject(world: Context, download: Download): Promise<number> {
  const { to, stored, sizes } = download
  await mkdir(dirname(to), { recursive: true })
  return stored.size >= sizes.rangesFrom ? downloadParts(world, download) : downloadWhole(world, download)
}

async function downloadWhole(world: Context, download: Download): Promise<number> {
  const { to, stored, file, onBytes } = download
  const handle = await open(to, 'w')
  try {
    const hash = createHash('md5')
    await copyRange(world, download, handle, { start: 0, end: stored.size }, (piece) => {
      hash.update(piece)
      onBytes(piece.length)
    })
    // DVC 2's hash depends on where pieces of 1 MiB end, so that it is taken of the file.
    const md5 = file.hash === 'md5' ? hash.digest('hex') : (await hashFile(to, file.hash, world.signal)).md5
    await assertContent(download, md5)
    return stored.size
  } finally {
    await handle.close()
  }
}

/** Parts in any order; a thread hashes the file behind them, as far as it is without a gap. */
async function downloadParts(world: Context, download: Download): Promise<number> {
  const { to, stored, file, sizes, pool, parallel, onBytes } = download
  const { size, etag } = stored
  const count = Math.ceil(size / sizes.partSize)
  const journal = await openJournal(to, { size, etag, partSize: sizes.partSize })
  const handle = await open(to, journal.done.size === 0 ? 'w' : 'r+')
  try {
    if (journal.done.size === 0) await handle.truncate(size)
    const reading = await pool.openReading({ path: to, name: file.hash })
    const frontier = createFrontier(count, journal.done)
    let came = 0
    try {
      const missing = Array.from({ length: count }, (_, at) => at).filter((at) => !journal.done.has(at))
      let hashed: Promise<unknown> = reading.skip(endOf(frontier.reached(), sizes.partSize, size))
      await forEachLimited(missing, parallel, async (at) => {
        const range = { start: at * sizes.partSize, end: endOf(at + 1, sizes.partSize, size) }
        await copyRange(world, download, handle, range, (piece) => onBytes(piece.length))
        came += range.end - range.start
        await journal.add(at)
        const upTo = endOf(frontier.add(at), sizes.partSize, size)
        hashed = hashed.then(() => reading.skip(upTo))
        // Where a part fails, nobody waits for the hash any more.
        hashed.catch(() => undefined)
      })
      await hashed
      await assertContent(download, (await reading.finish()).md5)
    } finally {
      reading.close()
    }
    await journal.remove()
    return came
  } finally {
    await journal.close()
    await handle.close()
  }
}

function endOf(parts: number, partSize: number, size: number): number {
  return Math.min(parts * partSize, size)
}

/** How many parts from the start on are there. */
export function createFrontier(count: number, done: ReadonlySet<number>) {
  const there = new Set(done)
  let reached = 0
  const advance = (): number => {
    while (reached < count && there.has(reached)) reached += 1
    return reached
  }
  advance()
  return {
    reached: () => reached,
    add: (part: number): number => {
      there.add(part)
      return advance()
    },
  }
}

const TRIES_WITHOUT_A_BYTE = 5

/** The bytes of a range into the file at their place; goes on behind what came where a connection ends too early. */
async function copyRange(
  world: Context,
  { store, file, stored }: Download,
  handle: FileHandle,
  { start, end }: { readonly start: number; readonly end: number },
  onPiece: (piece: Uint8Array) => void,
): Promise<void> {
  const place = { bucket: store.remote.bucket, key: keyOf(store, file.oid, file.hash), ...stored }
  let [at, tries] = [start, 0]
  while (at < end) {
    try {
      for await (const piece of await getRange(store, { ...place, start: at, end })) {
        await handle.write(piece, 0, piece.length, at)
        at += piece.length
        tries = 0
        onPiece(piece)
      }
    } catch (error) {
      world.signal.throwIfAborted()
      const passes = error instanceof Failure && error.retryable
      if (!passes || ++tries >= TRIES_WITHOUT_A_BYTE) throw error
      await world.sleep(200 * 2 ** tries * (0.5 + world.random()))
    }
  }
}

async function assertContent({ file, to, store }: Download, md5: string): Promise<void> {
  if (md5 === md5Of(file.oid)) return
  await rm(to, { force: true })
  throw new Failure({
    kind: 'integrity',
    code: 'DVC_REMOTE_CORRUPT',
    what: 'The remote holds other bytes than it promises',
    on: `s3://${store.remote.bucket}/${keyOf(store, file.oid, file.hash)} (${file.path})`,
    seen: `what came hashes to ${md5}`,
    next: 'Push the data again from where it is whole: dvc-push with `repair: true` replaces such an object',
  })
}
