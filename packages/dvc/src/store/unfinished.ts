import { ListMultipartUploadsCommand } from '@mlops-actions/aws/s3'
import { call, type Store } from './connection.ts'
import { rootOf } from './survey.ts'

/** An upload in parts that nobody has completed or given up: of a run that was killed, or of one that is under way. */
export interface Unfinished {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly begun: number
}

/** More than so many pages of them are somebody's mistake, and not worth waiting for. */
const MOST_PAGES = 10

/**
 * The unfinished uploads of a remote by their key, the newest first. Going on with one is a gain and never needed: where the
 * server does not know the call, or the role may not make it, there are none.
 */
export async function findUnfinished(store: Store): Promise<ReadonlyMap<string, readonly Unfinished[]>> {
  const found = new Map<string, Unfinished[]>()
  try {
    await eachUpload(store, (key, upload) => found.set(key, [...(found.get(key) ?? []), upload]))
  } catch {
    store.signal.throwIfAborted()
  }
  for (const uploads of found.values()) uploads.sort((a, b) => b.begun - a.begun)
  return found
}

async function eachUpload(store: Store, take: (key: string, upload: Unfinished) => void): Promise<void> {
  const { bucket } = store.remote
  const facts = { what: 'Cannot list unfinished uploads', bucket, action: 's3:ListBucketMultipartUploads' }
  let after: { readonly KeyMarker?: string | undefined; readonly UploadIdMarker?: string | undefined } = {}
  for (let page = 0; page < MOST_PAGES; page++) {
    const input = { Bucket: bucket, Prefix: rootOf(store, 'md5'), ...after }
    const answer = await call(store, facts, (abortSignal) =>
      store.s3.send(new ListMultipartUploadsCommand(input), { abortSignal }),
    )
    for (const { Key, UploadId, Initiated } of answer.Uploads ?? [])
      if (Key !== undefined && UploadId !== undefined)
        take(Key, { id: UploadId, begun: Initiated?.getTime() ?? 0 })
    if (answer.IsTruncated !== true) return
    after = { KeyMarker: answer.NextKeyMarker, UploadIdMarker: answer.NextUploadIdMarker }
  }
}
