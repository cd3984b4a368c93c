import { dataFailure } from '../invalid.ts'
import { changed } from '../objects/changed.ts'
import { md5Hex } from '../objects/hash.ts'
import { fileOf, type Place, type TrackedObject } from '../objects/object.ts'
import { md5Of } from '../repository/output.ts'
import { keyOf, type Store } from './connection.ts'
import { type HeadObject, headObject } from './head.ts'
import { type LocalSource, type StagedUpload, stageUpload } from './multipart.ts'
import { abortUpload } from './multipart-calls.ts'
import { putObject } from './put.ts'
import type { UploadTools } from './send-parts.ts'

/** An unfinished upload of this age belongs to no run any more (a job of GitHub ends after 5 days at the latest). */
const ORPHANED = 6 * 24 * 3_600_000

/** Whether an object is sent in parts. */
export function isLarge({ place }: TrackedObject, { sizes }: Pick<UploadTools, 'sizes'>): boolean {
  return place !== undefined && place.size >= sizes.multipartThreshold
}

/**
 * Sends one object and proves by size and ETag that the server has it. The bytes are hashed on their way: what does
 * not hash to the object's name never becomes visible.
 * @returns bytes sent
 * @throws Failure `integrity` where the file is not, or no longer, what it should be
 */
export async function uploadObject(store: Store, object: TrackedObject, tools: UploadTools): Promise<number> {
  const { bytes, place } = object
  if (bytes !== undefined)
    return putWhole(store, object, { bytes, md5: md5Hex(bytes), rawMd5: md5Hex(bytes) }, tools)
  if (place === undefined) throw changed(object, 'there is no file to send')
  if (!isLarge(object, tools)) return putFile(store, object, place, tools)
  const staged = await stageObject(store, object, tools)
  await completeObject(store, object, staged, tools)
  return staged.bytes
}

/** Brings a large object to the server, where nobody sees it before it is completed. */
export async function stageObject(
  store: Store,
  object: TrackedObject,
  tools: UploadTools,
): Promise<StagedUpload> {
  const { place } = object
  if (place === undefined) throw changed(object, 'there is no file to send')
  return stageUpload(store, object, sourceOf(place), tools)
}

/** Makes a staged object visible, proves that it is there, and throws away what dead runs have left of it. */
export async function completeObject(
  store: Store,
  object: TrackedObject,
  staged: StagedUpload,
  tools: UploadTools,
): Promise<void> {
  const size = object.place?.size ?? 0
  await staged.complete()
  const stored = await assertStored(store, object, size)
  const wanted = store.remote.write.ServerSideEncryption
  if (staged.isResumed && wanted !== undefined && stored.encryption !== wanted) {
    // The upload was begun when the remote was configured otherwise; what it left is encrypted as it was asked for then.
    await (await stageObject(store, object, { ...tools, unfinished: new Map() })).complete()
    await assertStored(store, object, size)
  }
  const key = keyOf(store, object.oid, object.hash)
  const orphans = (tools.unfinished.get(key) ?? []).filter(({ begun }) => tools.now() - begun > ORPHANED)
  await Promise.all(orphans.map(({ id }) => abortUpload(store, { bucket: store.remote.bucket, key, id })))
}

function sourceOf(place: Place): LocalSource {
  return { path: fileOf(place), size: place.size }
}

async function putFile(
  store: Store,
  object: TrackedObject,
  place: Place,
  tools: UploadTools,
): Promise<number> {
  const lease = await tools.buffers.take(place.size)
  let used: ArrayBuffer | undefined
  try {
    const file = { path: fileOf(place), name: object.hash }
    const loaded = await tools.pool.loadFile(file, lease.bytes)
    if (loaded.isCut) throw changed(object, `it became longer than ${place.size} bytes`)
    const bytes = Buffer.from(loaded.bytes, 0, loaded.length)
    const sent = await putWhole(store, object, { ...loaded, bytes }, tools)
    used = loaded.bytes
    return sent
  } finally {
    lease.release(used)
  }
}

interface WholeBody {
  readonly bytes: Buffer
  readonly md5: string
  readonly rawMd5: string
}

async function putWhole(
  store: Store,
  object: TrackedObject,
  { bytes, md5, rawMd5 }: WholeBody,
  { onBytes }: UploadTools,
): Promise<number> {
  if (md5 !== md5Of(object.oid)) throw changed(object, `its bytes hash to ${md5}`)
  const { etag } = await putObject(store, keyOf(store, object.oid, object.hash), bytes, rawMd5)
  if (etag !== rawMd5) await assertStored(store, object, bytes.length)
  onBytes?.(bytes.length)
  return bytes.length
}

/** Where the ETag is no MD5 (KMS, multipart, some servers), the size is what can be compared. */
async function assertStored(store: Store, object: TrackedObject, size: number): Promise<HeadObject> {
  const key = keyOf(store, object.oid, object.hash)
  const stored = await headObject(store, store.remote.bucket, key)
  if (stored?.size === size) return stored
  throw dataFailure('DVC_NOT_STORED', {
    what: 'An object is not in the remote after its upload',
    on: `s3://${store.remote.bucket}/${key} (${object.path})`,
    seen:
      stored === undefined
        ? 'the server took it and then says that it has no such object'
        : `the server took ${size} bytes and then says that it has ${stored.size}`,
    next: 'Check `endpointurl` of the remote: what answers there does not behave like S3',
  })
}
