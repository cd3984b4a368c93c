import { Failure } from '@mlops-actions/diagnostics'
import { changed } from '../objects/changed.ts'
import type { Reading } from '../objects/hash-pool.ts'
import type { TrackedObject } from '../objects/object.ts'
import { md5Of } from '../repository/output.ts'
import { keyOf, type Store } from './connection.ts'
import { headObject } from './head.ts'
import {
  abortUpload,
  completeUpload,
  createUpload,
  LIST_PARTS,
  listParts,
  type Upload,
} from './multipart-calls.ts'
import { fitsPlan, type PartPlan, partSizeFor, planParts, type StoredPart } from './part-plan.ts'
import { type PartWork, sendParts, type UploadTools } from './send-parts.ts'
import { tellDenial } from './unfinished.ts'

/** All parts are with the server, and their bytes hash to the object's name; nobody can see them yet. */
export interface StagedUpload {
  /** Bytes that went over the line; less than the object has where an earlier run had sent some. */
  readonly bytes: number
  /** Whether an earlier run had begun it. */
  readonly isResumed: boolean
  /** Makes the object visible, and proves that it is there. */
  complete(): Promise<void>
  /** Throws the parts away. */
  abort(): Promise<void>
}

/** Where the bytes are. */
export interface LocalSource {
  readonly path: string
  readonly size: number
}

/** Sends a file in parts, reading it once: each part is summed, and the whole hashed, from the very bytes that are sent. */
export async function stageUpload(
  store: Store,
  object: TrackedObject,
  file: LocalSource,
  tools: UploadTools,
): Promise<StagedUpload> {
  const key = keyOf(store, object.oid, object.hash)
  const plan = planParts(file.size, partSizeFor(file.size, tools.sizes))
  const earlier = await findEarlier(store, key, plan, tools)
  try {
    return await stage(store, object, file, { tools, plan, earlier })
  } catch (error) {
    if (!isGone(error)) throw error
    // Another run has completed the same upload, or given it up.
    if ((await headObject(store, store.remote.bucket, key))?.size === file.size) return ALREADY_THERE
    return stage(store, object, file, { tools, plan, earlier: undefined })
  }
}

const ALREADY_THERE: StagedUpload = {
  bytes: 0,
  isResumed: false,
  complete: async () => {},
  abort: async () => {},
}

interface Staging {
  readonly tools: UploadTools
  readonly plan: readonly PartPlan[]
  readonly earlier: Earlier | undefined
}

async function stage(
  store: Store,
  object: TrackedObject,
  file: LocalSource,
  { tools, plan, earlier }: Staging,
): Promise<StagedUpload> {
  const key = keyOf(store, object.oid, object.hash)
  const upload = earlier?.upload ?? (await createUpload(store, { bucket: store.remote.bucket, key }))
  const abort = () => abortUpload(store, upload)
  try {
    const reading = await tools.pool.openReading({ path: file.path, name: object.hash })
    try {
      const work: PartWork = { store, object, upload, reading, tools, earlier: partsByNumber(earlier) }
      const { parts, bytes } = await sendParts(work, plan)
      await assertContent(object, reading, file.size)
      const complete = async () => {
        await completeUpload(store, upload, parts, file.size).catch((error: unknown) => {
          // The answer to an earlier try may have been lost; who asks whether the object is there finds out.
          if (!isGone(error)) throw error
        })
      }
      return { bytes, isResumed: earlier !== undefined, complete, abort }
    } finally {
      reading.close()
    }
  } catch (error) {
    await abort()
    throw error
  }
}

async function assertContent(object: TrackedObject, reading: Reading, size: number): Promise<void> {
  const { md5 } = await reading.finish()
  if (md5 !== md5Of(object.oid)) throw changed(object, `its bytes hash to ${md5}`)
  if ((await reading.skip(size + 1)) > size) throw changed(object, `it became longer than ${size} bytes`)
}

function isGone(error: unknown): boolean {
  return error instanceof Failure && error.details.seen.startsWith('NoSuchUpload')
}

interface Earlier {
  readonly upload: Upload
  readonly parts: readonly StoredPart[]
}

/** The newest unfinished upload whose parts are ours; one that cannot be looked at is none. */
async function findEarlier(
  store: Store,
  key: string,
  plan: readonly PartPlan[],
  { unfinished, onDenied }: UploadTools,
): Promise<Earlier | undefined> {
  for (const { id } of unfinished.get(key) ?? []) {
    const found = await listParts(store, key, id).catch((error: unknown) => {
      store.signal.throwIfAborted()
      tellDenial(error, LIST_PARTS, onDenied)
      return undefined
    })
    if (found !== undefined && found.parts.length > 0 && fitsPlan(found.parts, plan)) return found
  }
  return undefined
}

function partsByNumber(earlier: Earlier | undefined): ReadonlyMap<number, StoredPart> {
  return new Map(earlier?.parts.map((part) => [part.number, part]))
}
