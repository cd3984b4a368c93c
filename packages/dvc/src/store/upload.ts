import { open } from 'node:fs/promises'
import { messageOf } from '@mlops-actions/diagnostics'
import { dataFailure } from '../invalid.ts'
import { changed, readExactly } from '../objects/exact-read.ts'
import { dos2unix, md5Hex } from '../objects/hash.ts'
import type { Budget } from '../objects/limit.ts'
import type { TrackedObject } from '../objects/object.ts'
import { md5Of } from '../repository/output.ts'
import { keyOf, type Store } from './connection.ts'
import { headObject } from './head.ts'
import { type UploadSizes, uploadParts } from './multipart.ts'
import { putObject } from './put.ts'

/**
 * Sends one object and proves by size and ETag that the server has it. The bytes are hashed on their way: what does
 * not hash to the object's name is never completed.
 * @returns bytes sent
 * @throws Failure `integrity` where the file is not, or no longer, what it should be
 */
export async function uploadObject(
  store: Store,
  object: TrackedObject,
  budget: Budget,
  sizes: UploadSizes,
): Promise<number> {
  if (object.bytes !== undefined) return putWhole(store, object, object.bytes)
  const place = object.place
  if (place === undefined) throw changed(object, 'there is no file to send')
  const file = await open(place.file, 'r').catch((error: unknown) => {
    throw changed(object, messageOf(error))
  })
  try {
    if (place.size >= sizes.multipartThreshold && object.hash === 'md5') {
      await uploadParts(store, object, place.size, { file, budget, sizes })
      await assertStored(store, object, place.size)
      return place.size
    }
    const release = await budget.take(place.size)
    try {
      return await putWhole(store, object, await readExactly(file, 0, place.size, object))
    } finally {
      release()
    }
  } finally {
    await file.close()
  }
}

async function putWhole(store: Store, object: TrackedObject, body: Buffer): Promise<number> {
  const { oid, hash } = object
  const md5 = md5Hex(body)
  const name = hash === 'md5' || object.bytes !== undefined ? md5 : md5Hex(dos2unix(body))
  if (name !== md5Of(oid)) throw changed(object, `its bytes hash to ${name}`)
  const key = keyOf(store, oid, hash)
  const { etag } = await putObject(store, key, body, md5)
  if (etag !== md5) await assertStored(store, object, body.length)
  return body.length
}

/** Where the ETag is no MD5 (KMS, multipart, some servers), the size is what can be compared. */
async function assertStored(store: Store, object: TrackedObject, size: number): Promise<void> {
  const key = keyOf(store, object.oid, object.hash)
  const stored = await headObject(store, store.remote.bucket, key)
  if (stored?.size === size) return
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
