import { DEFAULT_PRINCIPAL, type DenyRule, type Principal } from '../sigv4/index.ts'
import type { ChecksumAlgorithm, ChecksumType } from './checksums.ts'

export interface StoredChecksum {
  readonly algorithm: ChecksumAlgorithm
  /** Base64; a composite one ends in `-<number of parts>`. */
  readonly value: string
  readonly type: ChecksumType
}

export interface S3Object {
  readonly key: string
  readonly body: Buffer
  /** Without quotes. */
  readonly etag: string
  /** Milliseconds since the epoch. */
  readonly lastModified: number
  readonly checksum: StoredChecksum | undefined
  /** content-type, cache-control, content-disposition, content-encoding, content-language, expires. */
  readonly headers: Readonly<Record<string, string>>
  /** Without the `x-amz-meta-` prefix. */
  readonly metadata: Readonly<Record<string, string>>
}

export interface Bucket {
  readonly name: string
  readonly createdAt: number
  readonly objects: Map<string, S3Object>
  /** Names in byte order; dropped when an object comes or goes. */
  sortedKeys: string[] | undefined
  /** Key -> sequence number of its last delete: a conditional write that overlaps one conflicts. */
  readonly deletes: Map<string, number>
}

export interface UploadedPart {
  readonly number: number
  readonly body: Buffer
  readonly etag: string
  readonly checksum: string | undefined
  readonly lastModified: number
}

export interface MultipartUpload {
  readonly id: string
  readonly bucket: string
  readonly key: string
  readonly initiatedAt: number
  /** Sequence number at its start, see `Bucket.deletes`. */
  readonly sequence: number
  readonly algorithm: ChecksumAlgorithm | undefined
  readonly checksumType: ChecksumType
  readonly headers: Readonly<Record<string, string>>
  readonly metadata: Readonly<Record<string, string>>
  readonly parts: Map<number, UploadedPart>
}

/** Everything the server knows; a test may read and change all of it between requests. */
export interface S3State {
  readonly region: string
  readonly buckets: Map<string, Bucket>
  readonly uploads: Map<string, MultipartUpload>
  readonly principals: Principal[]
  readonly deny: DenyRule[]
  /** Bytes; S3's limit is 5 MiB. */
  minPartSize: number
  sequence: number
}

export interface S3StateOptions {
  readonly region?: string
  readonly buckets?: readonly string[]
  readonly principals?: readonly Principal[]
  readonly minPartSize?: number
  readonly now?: number
}

export function createS3State(options: S3StateOptions = {}): S3State {
  const createdAt = options.now ?? 0
  const buckets = (options.buckets ?? []).map((name): [string, Bucket] => [
    name,
    createBucket(name, createdAt),
  ])
  return {
    region: options.region ?? 'us-east-1',
    buckets: new Map(buckets),
    uploads: new Map(),
    principals: [...(options.principals ?? [DEFAULT_PRINCIPAL])],
    deny: [],
    minPartSize: options.minPartSize ?? 5 * 1024 * 1024,
    sequence: 0,
  }
}

export function createBucket(name: string, createdAt: number): Bucket {
  return { name, createdAt, objects: new Map(), sortedKeys: undefined, deletes: new Map() }
}

export function storeObject(bucket: Bucket, object: S3Object): void {
  if (!bucket.objects.has(object.key)) bucket.sortedKeys = undefined
  bucket.objects.set(object.key, object)
}

export function removeObject(state: S3State, bucket: Bucket, key: string): void {
  if (!bucket.objects.delete(key)) return
  bucket.sortedKeys = undefined
  bucket.deletes.set(key, ++state.sequence)
}

/** All keys in the order of their UTF-8 bytes. */
export function sortedKeys(bucket: Bucket): readonly string[] {
  bucket.sortedKeys ??= [...bucket.objects.keys()].sort(compareBytes)
  return bucket.sortedKeys
}

export function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}
