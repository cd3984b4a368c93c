import type { FileHandle } from 'node:fs/promises'
import type { Reading } from '../objects/hash-pool.ts'
import { forEachLimited } from '../objects/limit.ts'
import type { Store } from './connection.ts'
import { type FileRange, fetchRange, isDirect } from './direct.ts'
import type { DirectFile } from './direct-file.ts'
import { createPieceWriter } from './piece-writer.ts'
import { readRange } from './read-range.ts'
import { createRuns, type Run } from './runs.ts'

/** Which parts of an object are in a file, by their number from 0. */
export interface PartLog {
  readonly done: ReadonlySet<number>
  add(part: number): Promise<void>
}

/** An object whose parts come, and the file that they go to. */
export interface PartedDownload {
  readonly object: Omit<FileRange, 'start' | 'length'>
  readonly file: FileHandle
  /** The file that it becomes, for sentences. */
  readonly on: string
  /** Bytes of a part. */
  readonly partSize: number
  readonly parts: PartLog | undefined
  /** Told of bytes as they are written. */
  readonly onBytes: ((bytes: number) => void) | undefined
}

export interface PartReader {
  readonly reading: Pick<Reading, 'skip'>
  /** The same, where a thread fetches what it reads. */
  readonly direct: DirectFile | undefined
}

/**
 * Fetches the parts that are not there; the reading follows as far as there is no gap.
 * @returns bytes that came; undefined where the remote does not have the object any more
 */
export async function fetchParts(
  store: Store,
  download: PartedDownload,
  done: ReadonlySet<number>,
  { reading, direct }: PartReader,
): Promise<number | undefined> {
  const { object, partSize, parts } = download
  const { size } = object
  const following = follow(done, (whole) => reading.skip(Math.min(whole * partSize, size)))
  let [missing, fetched] = [false, 0]
  const keep = async (part: number) => {
    await parts?.add(part)
    fetched += Math.min(partSize, size - part * partSize)
    following.add(part)
  }
  const count = Math.ceil(size / partSize)
  const lacking = Array.from({ length: count }, (_, part) => part).filter((part) => !done.has(part))
  const runs = createRuns(store.pace, lacking)
  // One more than can be under way: where a turn ends, somebody has to be waiting for it.
  await forEachLimited(lacking, store.pace.max + 1, async () => {
    const thread = direct !== undefined && isDirect(store) ? direct : undefined
    const run = await runs.next(thread !== undefined)
    if (run === undefined) return
    const isThere = await bring(store, download, { run, thread, keep }).catch((error: unknown) => {
      runs.stop()
      throw error
    })
    if (!isThere) missing = true
  })
  await following.end()
  return missing ? undefined : fetched
}

/** Tells `skip` how many parts from the first on are whole, whenever they are more. */
function follow(done: ReadonlySet<number>, skip: (whole: number) => Promise<unknown>) {
  const there = new Set(done)
  let whole = 0
  let skipping: Promise<unknown> = Promise.resolve()
  const advance = () => {
    for (; there.has(whole); whole += 1);
    skipping = Promise.all([skipping, skip(whole)])
    // Where a part fails, nobody waits for the hash any more.
    skipping.catch(() => undefined)
  }
  advance()
  return {
    add: (part: number) => {
      there.add(part)
      advance()
    },
    end: () => skipping,
  }
}

interface Bringing {
  readonly run: Run
  readonly thread: DirectFile | undefined
  readonly keep: (part: number) => Promise<void>
}

/** Fetches one run of parts by the thread, and what it leaves by the client. @returns whether the object is still there */
async function bring(
  store: Store,
  { object, file, on, partSize, onBytes }: PartedDownload,
  { run, thread, keep }: Bringing,
): Promise<boolean> {
  const start = run.first * partSize
  const range = { ...object, start, length: Math.min(run.count * partSize, object.size - start) }
  const kept = keepInTurn(run, partSize, keep)
  let [got, isThere] = [0, true]
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
    const write = createPieceWriter(file, start + got, on, onBytes)
    const rest = { ...range, start: start + got, length: range.length - got }
    isThere = (await readRange(store, rest, write.take)) !== undefined
    await write.flush()
  }
  await kept.all()
  return isThere
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
