import { changed } from '../objects/changed.ts'
import type { HashPool, Reading } from '../objects/hash-pool.ts'
import type { TrackedObject } from '../objects/object.ts'
import type { Buffers } from './buffers.ts'
import type { Store } from './connection.ts'
import { type SentPart, sendPart, type Upload } from './multipart-calls.ts'
import type { PartPlan, StoredPart, UploadSizes } from './part-plan.ts'
import type { OnDenied, Unfinished } from './unfinished.ts'

/** What uploads in parts share. */
export interface UploadTools {
  readonly pool: HashPool
  readonly buffers: Buffers
  readonly sizes: UploadSizes
  /** Uploads that earlier runs have left, by key. */
  readonly unfinished: ReadonlyMap<string, readonly Unfinished[]>
  readonly now: () => number
  readonly onDenied?: OnDenied | undefined
  /** Told of the bytes of each part when the server has it. */
  readonly onBytes?: ((bytes: number) => void) | undefined
}

/** An upload that is going on: what is sent from where to where. */
export interface PartWork {
  readonly store: Store
  readonly object: TrackedObject
  readonly upload: Upload
  readonly reading: Reading
  readonly tools: UploadTools
  readonly earlier: ReadonlyMap<number, StoredPart>
}

export interface SentParts {
  /** By number. */
  readonly parts: readonly SentPart[]
  /** Bytes that went over the line. */
  readonly bytes: number
}

/** The file is read in order, one part ahead of the line; parts travel side by side as far as buffers and pace allow. */
export async function sendParts(work: PartWork, plan: readonly PartPlan[]): Promise<SentParts> {
  const { tools } = work
  const parts: SentPart[] = []
  const sending = new Set<Promise<void>>()
  let bytes = 0
  const trouble: unknown[] = []
  for (const part of plan) {
    const lease = await tools.buffers.take(plan[0]?.length ?? 0)
    if (trouble.length > 0) {
      lease.release(lease.bytes)
      break
    }
    const read = await readPart(work, part, lease.bytes).catch((error: unknown) => void trouble.push(error))
    if (read === undefined) {
      lease.release()
      break
    }
    const kept = keptPart(work, part, read.sum)
    if (kept !== undefined) {
      lease.release(read.bytes)
      parts.push(kept)
      continue
    }
    const body = Buffer.from(read.bytes, 0, part.length)
    const task = sendPart(work.store, work.upload, { number: part.number, body, sum: read.sum })
      .then((sent) => {
        parts.push(sent)
        bytes += part.length
        tools.onBytes?.(part.length)
        lease.release(read.bytes)
      })
      .catch((error: unknown) => {
        trouble.push(error)
        // A socket that broke may still hold the bytes: nobody may write over them.
        lease.release()
      })
      .finally(() => sending.delete(task))
    sending.add(task)
  }
  await Promise.all(sending)
  if (trouble.length > 0) throw trouble[0]
  return { parts: parts.sort((a, b) => a.number - b.number), bytes }
}

async function readPart(
  { object, reading, upload }: PartWork,
  { number, length }: PartPlan,
  bytes: ArrayBuffer,
) {
  const read = await reading.read(bytes, upload.sum, length)
  if (read.length === length) return read
  throw changed(object, `it became shorter than it was: part ${number} has ${read.length} of ${length} bytes`)
}

/** A part that an earlier run has sent, where the server's sum of it is that of the bytes here. */
function keptPart({ earlier, upload }: PartWork, { number }: PartPlan, sum: string): SentPart | undefined {
  const stored = earlier.get(number)
  const known = upload.sum === 'crc32' ? stored?.crc32 : stored?.etag
  if (stored === undefined || known !== sum) return undefined
  return { number, etag: `"${stored.etag}"`, crc32: stored.crc32 }
}
