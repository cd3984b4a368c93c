import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@mlops-actions/aws/s3'
import { Failure } from '@mlops-actions/diagnostics'
import { md5Base64 } from '../objects/hash.ts'
import { call, type Store } from './connection.ts'
import { unquote } from './etag.ts'
import { noEtag, type S3Call } from './explain.ts'
import type { StoredPart } from './part-plan.ts'

/** An upload in parts that has begun. */
export interface Upload {
  readonly bucket: string
  readonly key: string
  readonly id: string
  /**
   * What proves a part: CRC32 where the server has said that it checks it and keeps it, else MD5 (Content-MD5), which every
   * server that knows S3 checks.
   */
  readonly sum: 'crc32' | 'md5'
}

export interface SentPart {
  readonly number: number
  /** As the server gave it, for CompleteMultipartUpload. */
  readonly etag: string
  readonly crc32: string | undefined
}

/** What `listParts` needs of IAM. */
export const LIST_PARTS = 's3:ListMultipartUploadParts'
/** How long a cancelled upload may take to tell S3 that its parts can go. */
const ABORT_MS = 2_500

/** @param isCopied whether the parts come from S3 itself, where nobody here could sum them */
export async function createUpload(
  store: Store,
  target: Pick<Upload, 'bucket' | 'key'>,
  isCopied = false,
): Promise<Upload> {
  if (isCopied) return beginUpload(store, target, false)
  return beginUpload(store, target, true).catch((error: unknown) => {
    // A server that does not know the header mostly passes over it; some refuse it.
    if (error instanceof Failure && REFUSED.test(error.details.seen)) return beginUpload(store, target, false)
    throw error
  })
}

const REFUSED = /^(NotImplemented|InvalidRequest|InvalidArgument)\b/

async function beginUpload(
  store: Store,
  { bucket, key }: Pick<Upload, 'bucket' | 'key'>,
  wantsSums: boolean,
): Promise<Upload> {
  const { write, customerKey } = store.remote
  const facts = factsOf({ bucket, key }, 'Cannot upload an object in parts')
  const { UploadId, ChecksumAlgorithm } = await call(store, facts, (abortSignal) => {
    const sums = wantsSums ? { ChecksumAlgorithm: 'CRC32' as const } : {}
    const input = { Bucket: bucket, Key: key, ...sums, ...write, ...customerKey }
    return store.s3.send(new CreateMultipartUploadCommand(input), { abortSignal })
  })
  if (UploadId === undefined || UploadId === '') throw noEtag(facts)
  return { bucket, key, id: UploadId, sum: wantsSums && ChecksumAlgorithm === 'CRC32' ? 'crc32' : 'md5' }
}

/** @param sum of the body: CRC32 as Base64 or MD5 as hex, whichever the upload wants */
export async function sendPart(
  store: Store,
  { bucket, key, id, sum: kind }: Upload,
  { number, body, sum }: { readonly number: number; readonly body: Buffer; readonly sum: string },
): Promise<SentPart> {
  const facts = factsOf({ bucket, key }, `Cannot upload part ${number} of an object`)
  const proof = kind === 'crc32' ? { ChecksumCRC32: sum } : { ContentMD5: md5Base64(sum) }
  const input = {
    Bucket: bucket,
    Key: key,
    UploadId: id,
    PartNumber: number,
    Body: body,
    ...proof,
    ...store.remote.customerKey,
  }
  const send = (abortSignal: AbortSignal) => store.s3.send(new UploadPartCommand(input), { abortSignal })
  const { ETag } = await call(store, facts, send, body.length)
  if (ETag === undefined || ETag === '') throw noEtag(facts)
  return { number, etag: ETag, crc32: kind === 'crc32' ? sum : undefined }
}

/** @param size of the whole object, which servers that know the header compare */
export async function completeUpload(
  store: Store,
  { bucket, key, id }: Upload,
  parts: readonly SentPart[],
  size: number,
): Promise<void> {
  const facts = factsOf({ bucket, key }, 'Cannot put the parts of an object together')
  const Parts = parts.map(({ number, etag, crc32 }) => ({
    PartNumber: number,
    ETag: etag,
    ...(crc32 === undefined ? {} : { ChecksumCRC32: crc32 }),
  }))
  const { ETag } = await call(store, facts, (abortSignal) => {
    const command = new CompleteMultipartUploadCommand({
      Bucket: bucket,
      Key: key,
      UploadId: id,
      MultipartUpload: { Parts },
      MpuObjectSize: size,
    })
    return store.s3.send(command, { abortSignal })
  })
  if (ETag === undefined || ETag === '') throw noEtag(facts)
}

/** Parts that nobody completes cost money for ever. Best effort, and short: a cancelled step has a few seconds left. */
export async function abortUpload(
  store: Store,
  { bucket, key, id }: Pick<Upload, 'bucket' | 'key' | 'id'>,
): Promise<void> {
  const command = new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: id })
  await store.s3.send(command, { abortSignal: AbortSignal.timeout(ABORT_MS) }).catch(() => undefined)
}

/** What an earlier run has sent of an upload. */
export async function listParts(
  store: Store,
  key: string,
  id: string,
): Promise<{ readonly upload: Upload; readonly parts: readonly StoredPart[] }> {
  const { bucket } = store.remote
  const facts = {
    ...factsOf({ bucket, key }, 'Cannot list the parts of an upload'),
    action: LIST_PARTS,
  }
  const parts: StoredPart[] = []
  let algorithm: string | undefined
  for (let marker: string | undefined, first = true; first || marker !== undefined; first = false) {
    const input = { Bucket: bucket, Key: key, UploadId: id, PartNumberMarker: marker }
    const page = await call(store, facts, (abortSignal) =>
      store.s3.send(new ListPartsCommand(input), { abortSignal }),
    )
    if (page.UploadId !== id) throw noEtag(facts)
    algorithm = page.ChecksumAlgorithm
    for (const { PartNumber, Size, ETag, ChecksumCRC32 } of page.Parts ?? []) {
      if (PartNumber === undefined || Size === undefined || ETag === undefined) throw noEtag(facts)
      parts.push({ number: PartNumber, size: Size, etag: unquote(ETag), crc32: ChecksumCRC32 })
    }
    marker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined
  }
  return { upload: { bucket, key, id, sum: algorithm === 'CRC32' ? 'crc32' : 'md5' }, parts }
}

function factsOf({ bucket, key }: Pick<Upload, 'bucket' | 'key'>, what: string): S3Call {
  return { what, bucket, key, action: 's3:PutObject' }
}
