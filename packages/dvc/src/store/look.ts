import { createHash } from 'node:crypto'
import { joinKey } from '../objects/keys.ts'
import { forEachLimited } from '../objects/limit.ts'
import type { TrackedObject } from '../objects/object.ts'
import { md5Of } from '../repository/output.ts'
import { keyOf, type Store, type StoredObject } from './connection.ts'
import { getObject } from './get.ts'
import { headObject } from './head.ts'
import { listAll, listPage } from './list.ts'

/**
 * What the remote has under an object's name.
 * - `absent`
 * - `proven`: its ETag is the MD5, or its content was hashed
 * - `present`: as large as it should be, where an ETag proves nothing (multipart, KMS, DVC 2's hash)
 * - `wrong`: of another size or content
 */
export type RemoteState = 'absent' | 'proven' | 'present' | 'wrong'

/** How the objects of a remote are looked at: one request for each, or the listing of everything. */
export type Look = 'head' | 'list' | 'list-by-prefix'

/** Keys of one listing page (S3's limit). */
const PAGE = 1_000
/** First two hex digits of an oid. */
const FAN_OUT = 256
/** A listing goes page by page; requests for single objects go beside each other. */
const FEW_PAGES = 8

/**
 * Pure: the way that costs the fewest requests. The objects under `00` tell how many there are in all, since MD5
 * spreads them evenly (dvc_objects/db.py estimates the same way).
 * @param wanted how many objects are asked for
 * @param sample how many the first page of `files/md5/00` held
 * @param isWhole whether that was all of them
 */
export function planLook(wanted: number, sample: number, isWhole: boolean): Look {
  const pagesOfAll = Math.ceil((sample * FAN_OUT) / PAGE)
  const listing = isWhole ? Math.max(pagesOfAll, 1) : FAN_OUT * 2
  if (wanted <= listing) return 'head'
  return listing <= FEW_PAGES ? 'list' : 'list-by-prefix'
}

/** Looks at every object in the remote; the first request is a listing, whose refusals have words. */
export async function lookAt(
  store: Store,
  objects: readonly TrackedObject[],
  jobs: number,
): Promise<ReadonlyMap<string, RemoteState>> {
  const found = await findStored(store, objects, jobs)
  const states = new Map<string, RemoteState>()
  await forEachLimited(objects, jobs, async (object) => {
    const stored = found.get(keyOf(store, object.oid, object.hash))
    const state = stored === undefined ? 'absent' : judge(object, stored)
    const place = { bucket: store.remote.bucket, key: keyOf(store, object.oid, object.hash) }
    states.set(object.id, state === 'doubtful' ? await inspect(store, place, md5Of(object.oid)) : state)
  })
  return states
}

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
  if (head.encrypted) return 'present'
  const body = await getObject(store, bucket, key)
  if (body === undefined) return 'absent'
  const hash = createHash('md5')
  for await (const piece of body) hash.update(piece)
  return hash.digest('hex') === md5 ? 'proven' : 'wrong'
}

/** Which of the objects the remote has, by their keys. */
export async function findStored(
  store: Store,
  objects: readonly Pick<TrackedObject, 'oid' | 'hash'>[],
  jobs: number,
): Promise<ReadonlyMap<string, StoredObject>> {
  const { bucket, prefix } = store.remote
  const found = new Map<string, StoredObject>()
  const root = joinKey(prefix, 'files/md5')
  const sample = await listPage(store, bucket, `${root}/00`, undefined)
  const modern = objects.filter(({ hash }) => hash === 'md5')
  const look = planLook(modern.length, sample.objects.length, sample.more === undefined)
  if (look !== 'head') {
    // The remote may hold many times more than this commit names.
    const wanted = new Set(modern.map(({ oid, hash }) => keyOf(store, oid, hash)))
    const prefixes =
      look === 'list' ? [`${root}/`] : [...new Set(modern.map(({ oid }) => `${root}/${oid.slice(0, 2)}/`))]
    await forEachLimited(prefixes, jobs, async (below) => {
      for (const { key, ...stored } of await listAll(store, bucket, below))
        if (wanted.has(key)) found.set(key, stored)
    })
  }
  const single = look === 'head' ? objects : objects.filter(({ hash }) => hash !== 'md5')
  await forEachLimited(single, jobs, async ({ oid, hash }) => {
    const key = keyOf(store, oid, hash)
    const stored = await headObject(store, bucket, key)
    if (stored !== undefined) found.set(key, stored)
  })
  return found
}
