import { createHash } from 'node:crypto'
import { DEFAULT_PRINCIPAL } from '@mlops-actions/sandbox/s3'

/** Keys that every server here accepts, and the only ones that those which check signatures accept. */
export const S3_KEYS = {
  accessKeyId: DEFAULT_PRINCIPAL.accessKeyId,
  secretAccessKey: DEFAULT_PRINCIPAL.secretAccessKey,
} as const

export const S3_REGION = 'us-east-1'

/** What an object is known by: the MD5 of its bytes, which the server had no part in computing, and their number. */
export interface ObjectFacts {
  readonly md5: string
  readonly size: number
}

/**
 * An S3 server with its own store. What is not speaking S3 here goes around the client under test and its signatures:
 * through the server's folder, its memory, or plain HTTP where nobody checks who asks.
 */
export interface S3Peer extends AsyncDisposable {
  readonly name: string
  readonly url: string
  createBucket(bucket: string): Promise<void>
  /** Every object of the bucket below the prefix, by its key without the prefix. */
  objects(bucket: string, prefix?: string): Promise<Readonly<Record<string, ObjectFacts>>>
  /** Removes an object behind the back of everybody. */
  removeObject(bucket: string, key: string): Promise<void>
}

export function factsOf(body: string | Uint8Array): ObjectFacts {
  return { md5: createHash('md5').update(body).digest('hex'), size: Buffer.byteLength(body) }
}
