import { CopyObjectCommand, UploadPartCopyCommand } from '@mlops-actions/aws/s3'
import { forEachLimited } from '../objects/limit.ts'
import { call, type Store } from './connection.ts'
import { noEtag, type S3Call } from './explain.ts'
import { headObject } from './head.ts'
import { abortUpload, completeUpload, createUpload, type SentPart, type Upload } from './multipart-calls.ts'
import { type PartPlan, partSizeFor, planParts } from './part-plan.ts'

/** Bytes; S3 copies at most 5 GiB in one piece. */
export interface CopySizes {
  readonly wholeUpTo: number
  readonly partSize: number
}

export const DEFAULT_COPY: CopySizes = { wholeUpTo: 5 * 2 ** 30, partSize: 512 * 2 ** 20 }

/** A copy inside of S3: out of the remote's bucket into any other. */
export interface Copy {
  /** Key in the bucket of the remote. */
  readonly from: string
  readonly bucket: string
  readonly key: string
  /** Bytes where they are known. */
  readonly size: number | undefined
}

/** Copies an object without moving its bytes through this machine. @throws Failure `not-found` where it is not there */
export async function copyObject(store: Store, copy: Copy, sizes: CopySizes): Promise<void> {
  if (copy.size !== undefined && copy.size <= sizes.wholeUpTo) return copyWhole(store, copy)
  const source = await headObject(store, store.remote.bucket, copy.from)
  if (source === undefined || source.size <= sizes.wholeUpTo) return copyWhole(store, copy)
  return copyParts(store, copy, source, sizes)
}

async function copyWhole(store: Store, copy: Copy): Promise<void> {
  const facts = factsOf(copy)
  const command = () =>
    new CopyObjectCommand({
      Bucket: copy.bucket,
      Key: copy.key,
      ...sourceOf(store, copy),
      ...store.remote.write,
      ...store.remote.customerKey,
    })
  const answer = await call(store, facts, (abortSignal) => store.s3.send(command(), { abortSignal }))
  if (answer.CopyObjectResult?.ETag === undefined) throw noEtag(facts)
}

/** All parts are of one version of the source; S3 puts them together without looking at their content. */
async function copyParts(
  store: Store,
  copy: Copy,
  source: { readonly size: number; readonly etag: string },
  { partSize }: CopySizes,
): Promise<void> {
  const length = partSizeFor(source.size, { partSize })
  const upload = await createUpload(store, copy, true)
  try {
    const parts: SentPart[] = []
    await forEachLimited(planParts(source.size, length), store.pace.max, async (part) => {
      parts.push(
        await copyPart(store, { copy, upload, part, start: (part.number - 1) * length, etag: source.etag }),
      )
    })
    parts.sort((a, b) => a.number - b.number)
    await completeUpload(store, upload, parts, source.size)
  } catch (error) {
    await abortUpload(store, upload)
    throw error
  }
}

interface PartCopy {
  readonly copy: Copy
  readonly upload: Upload
  readonly part: PartPlan
  readonly start: number
  readonly etag: string
}

async function copyPart(store: Store, { copy, upload, part, start, etag }: PartCopy): Promise<SentPart> {
  const facts = factsOf(copy)
  const command = () =>
    new UploadPartCopyCommand({
      Bucket: copy.bucket,
      Key: copy.key,
      UploadId: upload.id,
      PartNumber: part.number,
      CopySourceRange: `bytes=${start}-${start + part.length - 1}`,
      CopySourceIfMatch: `"${etag}"`,
      ...sourceOf(store, copy),
      ...store.remote.customerKey,
    })
  const answer = await call(store, facts, (abortSignal) => store.s3.send(command(), { abortSignal }))
  const copied = answer.CopyPartResult?.ETag
  if (copied === undefined || copied === '') throw noEtag(facts)
  return { number: part.number, etag: copied, crc32: undefined }
}

/** Each segment encoded; through an access point objects lie below `/object`. */
function sourceOf({ remote }: Store, { from }: Copy) {
  const bucket = remote.bucket.startsWith('arn:')
    ? `${remote.bucket}/object`
    : encodeURIComponent(remote.bucket)
  const { customerKey } = remote
  return {
    CopySource: [bucket, ...from.split('/').map(encodeURIComponent)].join('/'),
    ...(customerKey === undefined
      ? {}
      : {
          CopySourceSSECustomerAlgorithm: customerKey.SSECustomerAlgorithm,
          CopySourceSSECustomerKey: customerKey.SSECustomerKey,
        }),
  }
}

function factsOf({ bucket, key }: Copy): S3Call {
  return {
    what: 'Cannot publish a file',
    bucket,
    key,
    action: 's3:GetObject` on the remote and `s3:PutObject',
  }
}
