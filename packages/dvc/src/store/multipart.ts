import { createHash, type Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@mlops-actions/aws/s3'
import { changed, readExactly } from '../objects/exact-read.ts'
import { md5Base64, md5Hex } from '../objects/hash.ts'
import type { Budget } from '../objects/limit.ts'
import type { TrackedObject } from '../objects/object.ts'
import { md5Of } from '../repository/output.ts'
import { call, keyOf, type Store } from './connection.ts'
import { noEtag } from './explain.ts'

/** Bytes; S3's own limits are 5 MiB for a part and 10,000 parts. */
export interface UploadSizes {
  /** From this size on an object is sent in parts. */
  readonly multipartThreshold: number
  readonly partSize: number
}

export const DEFAULT_SIZES: UploadSizes = { multipartThreshold: 16 * 2 ** 20, partSize: 8 * 2 ** 20 }

const MAX_PARTS = 10_000
/** How long a cancelled upload may take to tell S3 that its parts can go. */
const ABORT_MS = 2_500

export interface PartSource {
  readonly file: FileHandle
  readonly budget: Budget
  readonly sizes: UploadSizes
}

/**
 * Sends a file in parts and has them put together only when the whole hashes to the object's name; otherwise, and when
 * cancelled, the parts are thrown away.
 * @param size bytes of the file
 */
export async function uploadParts(
  store: Store,
  object: TrackedObject,
  size: number,
  source: PartSource,
): Promise<void> {
  const bucket = store.remote.bucket
  const key = keyOf(store, object.oid, object.hash)
  const facts = { what: 'Cannot upload an object in parts', bucket, key, action: 's3:PutObject' }
  const { UploadId } = await call(store, facts, (abortSignal) =>
    store.s3.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ...store.remote.write }), {
      abortSignal,
    }),
  )
  if (UploadId === undefined || UploadId === '') throw noEtag(facts)
  const upload: Upload = { store, object, key, id: UploadId }
  try {
    const parts = await sendParts(upload, size, source)
    await complete(upload, parts)
  } catch (error) {
    await abort(upload)
    throw error
  }
}

interface Upload {
  readonly store: Store
  readonly object: TrackedObject
  readonly key: string
  readonly id: string
}

interface Part {
  readonly PartNumber: number
  readonly ETag: string
}

/** Reads the file once, in order, hashing as it goes; parts travel beside each other as far as the budget allows. */
async function sendParts(upload: Upload, size: number, { file, budget, sizes }: PartSource): Promise<Part[]> {
  const partSize = Math.max(sizes.partSize, Math.ceil(size / MAX_PARTS))
  const hash = createHash('md5')
  const parts: Part[] = []
  const sending = new Set<Promise<void>>()
  let trouble: unknown
  for (let start = 0, number = 1; start < size && trouble === undefined; start += partSize, number++) {
    const length = Math.min(partSize, size - start)
    const release = await budget.take(length)
    const sent = sendPart(upload, file, { start, length, number }, hash)
    await sent.read.catch(() => undefined)
    const task = sent.done
      .then((part) => void parts.push(part))
      .catch((error: unknown) => {
        trouble ??= error
      })
      .finally(() => {
        release()
        sending.delete(task)
      })
    sending.add(task)
  }
  await Promise.all(sending)
  if (trouble !== undefined) throw trouble
  const md5 = hash.digest('hex')
  if (md5 !== md5Of(upload.object.oid)) throw changed(upload.object, `its bytes hash to ${md5}`)
  return parts.sort((a, b) => a.PartNumber - b.PartNumber)
}

/** `read` settles when the bytes are in memory and hashed: the next part may then be read. */
function sendPart(
  { store, object, key, id }: Upload,
  file: FileHandle,
  { start, length, number }: { readonly start: number; readonly length: number; readonly number: number },
  hash: Hash,
): { readonly read: Promise<Buffer>; readonly done: Promise<Part> } {
  const { bucket } = store.remote
  const facts = { what: `Cannot upload part ${number} of an object`, bucket, key, action: 's3:PutObject' }
  const read = readExactly(file, start, length, object).then((bytes) => {
    hash.update(bytes)
    return bytes
  })
  const done = read.then(async (bytes) => {
    const command = new UploadPartCommand({
      Bucket: bucket,
      Key: key,
      UploadId: id,
      PartNumber: number,
      Body: bytes,
      ContentMD5: md5Base64(md5Hex(bytes)),
    })
    const { ETag } = await call(store, facts, (abortSignal) => store.s3.send(command, { abortSignal }))
    if (ETag === undefined || ETag === '') throw noEtag(facts)
    return { PartNumber: number, ETag }
  })
  return { read, done }
}

async function complete({ store, key, id }: Upload, parts: readonly Part[]): Promise<void> {
  const { bucket } = store.remote
  const facts = { what: 'Cannot put the parts of an object together', bucket, key, action: 's3:PutObject' }
  const command = new CompleteMultipartUploadCommand({
    Bucket: bucket,
    Key: key,
    UploadId: id,
    MultipartUpload: { Parts: [...parts] },
  })
  const { ETag } = await call(store, facts, (abortSignal) => store.s3.send(command, { abortSignal }))
  if (ETag === undefined || ETag === '') throw noEtag(facts)
}

/** Parts that nobody completes cost money for ever. Best effort, and short: a cancelled step has a few seconds left. */
async function abort({ store, key, id }: Upload): Promise<void> {
  const command = new AbortMultipartUploadCommand({ Bucket: store.remote.bucket, Key: key, UploadId: id })
  await store.s3.send(command, { abortSignal: AbortSignal.timeout(ABORT_MS) }).catch(() => undefined)
}
