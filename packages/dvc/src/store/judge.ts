import { createHash } from 'node:crypto'
import type { TrackedObject } from '../objects/object.ts'
import { md5Of } from '../repository/output.ts'
import type { Store, StoredObject } from './connection.ts'
import { getObject } from './get.ts'
import { headObject } from './head.ts'

/**
 * What the remote has under an object's name.
 * - `absent`
 * - `proven`: its ETag is the MD5, or its content was hashed
 * - `present`: as large as it should be, where an ETag proves nothing (multipart, KMS, DVC 2's hash)
 * - `wrong`: of another size or content
 */
export type RemoteState = 'absent' | 'proven' | 'present' | 'wrong'

/** Pure: what size and ETag say. `doubtful`: an ETag that looks like an MD5 and is another one. */
export function judge(
  { oid, hash, size }: Pick<TrackedObject, 'oid' | 'hash' | 'size'>,
  stored: StoredObject,
): Exclude<RemoteState, 'absent'> | 'doubtful' {
  if (size !== undefined && stored.size !== size) return 'wrong'
  if (hash !== 'md5') return 'present'
  if (stored.etag === md5Of(oid)) return 'proven'
  return /^[0-9a-f]{32}$/.test(stored.etag) ? 'doubtful' : 'present'
}

/** Under KMS an ETag is no MD5. Otherwise the content decides: some servers make ETags up. */
export async function inspect(
  store: Store,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  md5: string,
): Promise<RemoteState> {
  const head = await headObject(store, bucket, key)
  if (head === undefined) return 'absent'
  if (head.encrypted || head.archive !== undefined) return 'present'
  const body = await getObject(store, bucket, key)
  if (body === undefined) return 'absent'
  const hash = createHash('md5')
  for await (const piece of body) hash.update(piece)
  return hash.digest('hex') === md5 ? 'proven' : 'wrong'
}
