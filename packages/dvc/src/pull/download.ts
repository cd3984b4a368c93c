import { constants } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { Failure } from '@mlops-actions/diagnostics'
import type { HashPool } from '../objects/hash-pool.ts'
import { md5Of } from '../repository/output.ts'
import { keyOf } from '../store/connection.ts'
import { fetchSmall } from '../store/direct.ts'
import { downloadObject, PART_SIZE } from '../store/download.ts'
import { MOST_SMALL } from '../store/fetch/job.ts'
import { readObject } from '../store/read-object.ts'
import type { Store, StoredObject } from '../store/store.ts'
import { openJournal } from './journal.ts'
import type { WantedFile } from './wanted.ts'

export interface Download {
  readonly store: Store
  readonly file: Pick<WantedFile, 'oid' | 'hash' | 'path'>
  readonly stored: StoredObject
  /** Where the bytes go; left behind, unfinished, when the download of a large object is interrupted. */
  readonly to: string
  readonly pool: HashPool
  readonly onBytes: (bytes: number) => void
}

/**
 * Brings one object into a new file, or goes on with the one that an interrupted run has left.
 * @returns bytes that came over the line
 * @throws Failure `integrity` where the remote holds other bytes; nothing is left behind then
 */
export async function downloadTo(download: Download): Promise<number> {
  return download.stored.size <= MOST_SMALL ? downloadSmall(download) : downloadLarge(download)
}

async function downloadSmall({ store, file, stored, to, pool, onBytes }: Download): Promise<number> {
  const { size, etag } = stored
  const object = { bucket: store.remote.bucket, key: keyOf(store, file.oid, file.hash), size, etag }
  const small = { path: to, md5: md5Of(file.oid) }
  if (file.hash === 'md5' && (await fetchSmall(store, object, small, file.path))) {
    onBytes(size)
    return size
  }
  const bytes = await readObject(store, { ...file, stored })
  if (bytes === undefined) throw gone(file, store)
  // A buffer of its own: small ones share theirs with others.
  await pool.writeFile(to, new Uint8Array(bytes).buffer, file.path).catch(async (error: unknown) => {
    await rm(to, { force: true })
    throw error
  })
  onBytes(bytes.length)
  return bytes.length
}

async function downloadLarge({ store, file, stored, to, pool, onBytes }: Download): Promise<number> {
  const isLarge = stored.size > PART_SIZE
  const journal = isLarge ? await openJournal(to, { ...stored, partSize: PART_SIZE }) : undefined
  const goesOn = (journal?.done.size ?? 0) > 0
  // A run that was killed may have left one that cannot be written any more.
  if (!goesOn) await rm(to, { force: true })
  const handle = await open(to, goesOn ? constants.O_RDWR | constants.O_NOFOLLOW : 'wx')
  try {
    // As a new one: the run that has left it may have been another user's, with other permissions for new files.
    if (goesOn) await handle.chmod(0o666 & ~process.umask())
    const target = { file: handle, path: to, parts: journal }
    const came = await downloadObject(store, { ...file, stored }, target, { pool, onBytes })
    if (came === undefined) throw gone(file, store)
    await journal?.remove()
    return came
  } catch (error) {
    if (!isLarge || (error instanceof Failure && error.kind === 'integrity')) {
      await rm(to, { force: true })
      await journal?.remove()
    }
    throw error
  } finally {
    await journal?.close()
    await handle.close()
  }
}

function gone({ path, oid }: Download['file'], { remote }: Store): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'DVC_OBJECT_GONE',
    what: 'An object went away while it was pulled',
    on: `${path} (${oid}) in s3://${remote.bucket}`,
    seen: 'the remote had it a moment ago and does not have it any more',
    next: 'Let nothing delete objects of the remote (`dvc gc`, a lifecycle rule) meanwhile, and push the data again',
  })
}
