import { DEFAULT_PRINCIPAL, type DenyRule, type Principal } from '../sigv4/index.ts'
import type { ObjectBody } from './bodies.ts'
import { type BodyMode, type BodyStore, createBodyStore } from './body-store.ts'
import type { ChecksumAlgorithm, ChecksumType } from './checksums.ts'
import type { Encryption } from './encryption.ts'
import { sortKeys } from './keys.ts'
import { asAws, type Quirks } from './quirks.ts'

export interface StoredChecksum {
  readonly algorithm: ChecksumAlgorithm
  /** Base64; a composite one ends in `-<number of parts>`. */
  readonly value: string
  readonly type: ChecksumType
}

/** A part of an object as it was uploaded. */
export interface ObjectPart {
  /** Bytes. */
  readonly size: number
  /** Base64. */
  readonly checksum: string | undefined
}

export interface S3Object {
  readonly key: string
  readonly body: ObjectBody
  /** Without quotes. */
  readonly etag: string
  /** Milliseconds since the epoch. */
  readonly lastModified: number
  readonly checksum: StoredChecksum | undefined
  /** content-type, cache-control, content-disposition, content-encoding, content-language, expires, x-amz-storage-class. */
  readonly headers: Readonly<Record<string, string>>
  /** Without the `x-amz-meta-` prefix. */
  readonly metadata: Readonly<Record<string, string>>
  /** Default: SSE-S3. */
  readonly encryption?: Encryption
  /** Only of a multipart upload. */
  readonly parts?: readonly ObjectPart[]
  /** x-amz-acl and x-amz-grant-* as they were sent. */
  readonly acl?: Readonly<Record<string, string>>
  /** Of an archived object that somebody has asked back. */
  restore?: Restore
}

/** Milliseconds since the epoch. */
export interface Restore {
  readonly readyAt: number
  readonly expiresAt: number
}

export interface Bucket {
  readonly name: string
  readonly createdAt: number
  readonly objects: Map<string, S3Object>
  /** Names in byte order; dropped when an object comes or goes. */
  sortedKeys: readonly string[] | undefined
  /** Key -> sequence number of its last delete: a conditional write that overlaps one conflicts. */
  readonly deletes: Map<string, number>
  /** Where it is; default: the region of the server. Requests that are signed for another one are sent there. */
  region: string | undefined
  /** Account id; default: that of the server. */
  owner: string | undefined
  /** Accounts other than the owner's must say that they pay. */
  requesterPays: boolean
  /** `BucketOwnerEnforced` refuses every ACL but bucket-owner-full-control. */
  ownership: 'BucketOwnerEnforced' | 'ObjectWriter'
  /** Of objects whose upload asks for none; default: SSE-S3. */
  encryption: Encryption | undefined
  /** Customer keys (SSE-C) are refused, as new buckets do since 2026. */
  customerKeysBlocked: boolean
  /** Host that a young bucket's requests are sent to by 307. */
  redirect: string | undefined
}

export interface UploadedPart {
  readonly number: number
  readonly body: ObjectBody
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
  readonly encryption: Encryption | undefined
  readonly acl: Readonly<Record<string, string>> | undefined
  readonly parts: Map<number, UploadedPart>
}

/** S3's limits; a test that wants to see one broken makes it small. */
export interface Limits {
  /** Bytes of a part that is not the last one. */
  minPartSize: number
  /** Bytes of one PUT, of a part, and of the source of a copy. */
  maxPutSize: number
  /** Of all requests to one bucket; `SlowDown` beyond it. Undefined: none. */
  requestsPerSecond: number | undefined
}

/** Everything the server knows; a test may read and change all of it between requests. */
export interface S3State extends Limits {
  readonly region: string
  /** Account id of the server: owner of its buckets. */
  readonly account: string
  readonly buckets: Map<string, Bucket>
  readonly uploads: Map<string, MultipartUpload>
  readonly principals: Principal[]
  readonly deny: DenyRule[]
  /** ARN of a KMS key -> whether it may be used. */
  readonly kmsKeys: Map<string, 'enabled' | 'disabled'>
  /** Name of an access point -> its bucket. */
  readonly accessPoints: Map<string, string>
  readonly quirks: Quirks
  readonly bodies: BodyStore
  /** Requests of the current second by bucket, for `requestsPerSecond`. */
  readonly rates: Map<string, { readonly second: number; readonly count: number }>
  sequence: number
}

export interface S3StateOptions {
  readonly region?: string
  readonly account?: string
  readonly buckets?: readonly string[]
  readonly principals?: readonly Principal[]
  /** Bytes; S3's limit, and the default, is 5 MiB. */
  readonly minPartSize?: number
  /** Bytes; S3's limit, and the default, is 5 GiB. */
  readonly maxPutSize?: number
  /** Where bodies are kept; default `memory`. */
  readonly bodies?: BodyMode
  readonly quirks?: Partial<Quirks>
  readonly now?: number
}

const MIB = 1024 * 1024

export function createS3State(options: S3StateOptions = {}): S3State {
  const createdAt = options.now ?? 0
  const buckets = (options.buckets ?? []).map((name) => [name, createBucket(name, createdAt)] as const)
  return {
    region: options.region ?? 'us-east-1',
    account: options.account ?? '123456789012',
    buckets: new Map(buckets),
    uploads: new Map(),
    principals: [...(options.principals ?? [DEFAULT_PRINCIPAL])],
    deny: [],
    kmsKeys: new Map(),
    accessPoints: new Map(),
    quirks: { ...asAws(), ...options.quirks },
    bodies: createBodyStore(options.bodies ?? 'memory'),
    rates: new Map(),
    minPartSize: options.minPartSize ?? 5 * MIB,
    maxPutSize: options.maxPutSize ?? 5 * 1024 * MIB,
    requestsPerSecond: undefined,
    sequence: 0,
  }
}

export function createBucket(name: string, createdAt: number): Bucket {
  return {
    name,
    createdAt,
    objects: new Map(),
    sortedKeys: undefined,
    deletes: new Map(),
    region: undefined,
    owner: undefined,
    requesterPays: false,
    ownership: 'BucketOwnerEnforced',
    encryption: undefined,
    customerKeysBlocked: false,
    redirect: undefined,
  }
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
  bucket.sortedKeys ??= sortKeys([...bucket.objects.keys()])
  return bucket.sortedKeys
}
