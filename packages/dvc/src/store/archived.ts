import { forEachLimited } from '../objects/limit.ts'
import type { Store, StoredObject } from './connection.ts'
import { openObject } from './get.ts'
import { headObject } from './head.ts'

/**
 * Looks once more at what the listing has found in an archive, and at nothing else: only HEAD says whether a restored copy is
 * there. Changes `found`, which is by key.
 * @param jobs requests at once, as far as the pace of the store allows
 */
export async function settleArchived<T extends StoredObject>(
  store: Store,
  found: Map<string, T>,
  jobs: number,
): Promise<void> {
  const { bucket } = store.remote
  const listed = [...found].filter(([, { archive }]) => archive === 'listed')
  await forEachLimited(listed, jobs, async ([key, stored]) => {
    const head = await headObject(store, bucket, key)
    if (head === undefined) found.delete(key)
    else found.set(key, { ...stored, size: head.size, archive: head.archive })
  })
  const archived = [...found].filter(([, { archive }]) => archive !== undefined)
  const [first] = archived
  if (first === undefined || !(await canBeRead(store, first[0]))) return
  for (const [key, stored] of archived) found.set(key, { ...stored, archive: undefined })
}

/**
 * Servers of others (Ceph) have storage classes of any name whose objects are read like all others; a byte of one of them
 * tells. Whatever else goes wrong with it is no answer.
 */
async function canBeRead(store: Store, key: string): Promise<boolean> {
  try {
    const object = await openObject(store, store.remote.bucket, key, { range: { start: 0, length: 1 } })
    for await (const _ of object?.body ?? []) break
    return object !== undefined
  } catch {
    store.signal.throwIfAborted()
    return false
  }
}
