import { hashBytes } from '../objects/hash.ts'
import { md5Of } from '../repository/output.ts'
import { keyOf, type Store } from './connection.ts'
import { readRange } from './read-range.ts'
import { otherBytes, type WantedObject } from './wanted-object.ts'

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
