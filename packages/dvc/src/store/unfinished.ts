import { ListMultipartUploadsCommand } from '@mlops-actions/aws/s3'
import { Failure } from '@mlops-actions/diagnostics'
import { call, type Store } from './connection.ts'
import { rootOf } from './survey.ts'

/** An upload in parts that nobody has completed or given up: of a run that was killed, or of one that is under way. */
export interface Unfinished {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly begun: number
}

/** What the role may not do that it takes to go on with what an earlier run has sent. */
export interface DeniedLook {
  /** Of IAM: `s3:ListMultipartUploadParts`. */
  readonly action: string
  /** Its ARN. */
  readonly resource: string
}

export type OnDenied = (denied: DeniedLook) => void

const LIST = 's3:ListBucketMultipartUploads'
/** More than so many pages of them are somebody's mistake, and not worth waiting for. */
const MOST_PAGES = 10

/**
 * The unfinished uploads of a remote by their key, the newest first. Going on with one is a gain and never needed: where the
 * server does not know the call, or the role may not make it, there are none.
 * @param onDenied told where it is the role: nothing else shows that large files are sent again after each interruption
 */
export async function findUnfinished(
  store: Store,
  onDenied?: OnDenied,
): Promise<ReadonlyMap<string, readonly Unfinished[]>> {
  const found = new Map<string, Unfinished[]>()
  try {
    await eachUpload(store, (key, upload) => found.set(key, [...(found.get(key) ?? []), upload]))
  } catch (error) {
    store.signal.throwIfAborted()
    tellDenial(error, LIST, onDenied)
  }
  for (const uploads of found.values()) uploads.sort((a, b) => b.begun - a.begun)
  return found
}

/** Tells of an error if it is a denial; where a server does not know the call, nobody can help it. */
export function tellDenial(error: unknown, action: string, onDenied: OnDenied | undefined): void {
  if (error instanceof Failure && error.code === 'AWS_ACCESS_DENIED')
    onDenied?.({ action, resource: error.details.on })
}

async function eachUpload(store: Store, take: (key: string, upload: Unfinished) => void): Promise<void> {
  const { bucket } = store.remote
  const facts = { what: 'Cannot list unfinished uploads', bucket, action: LIST }
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
