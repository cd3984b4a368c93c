import type { S3Client } from '@mlops-actions/aws/s3'
import { joinKey, objectPath } from '../objects/keys.ts'
import type { HashName } from '../repository/output.ts'
import type { Remote } from '../repository/remote.ts'
import { refuseForeignAnswers } from './answer.wire.ts'
import { explainS3, type S3Call } from './explain.ts'

/** A remote with the client that speaks to it. */
export interface Store {
  readonly remote: Remote
  readonly s3: S3Client
  readonly signal: AbortSignal
}

/** What a server says of an object. */
export interface StoredObject {
  /** Bytes. */
  readonly size: number
  /** Without quotes. */
  readonly etag: string
}

/** @param endpoint what to call the server in sentences */
export function createStore(remote: Remote, s3: S3Client, signal: AbortSignal): Store {
  refuseForeignAnswers(
    s3,
    `s3://${remote.bucket}${remote.endpoint === undefined ? '' : ` at ${remote.endpoint}`}`,
  )
  return { remote, s3, signal }
}

export function remoteUrl({ bucket, prefix }: Remote): string {
  return `s3://${joinKey(bucket, prefix)}`
}

export function keyOf({ remote }: Store, oid: string, hash: HashName): string {
  return joinKey(remote.prefix, objectPath(oid, hash))
}

/** Sends one command; what goes wrong is said with the missing IAM action and the ARN. */
export async function call<T>(
  { signal }: Store,
  facts: S3Call,
  send: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await send(signal)
  } catch (thrown) {
    signal.throwIfAborted()
    throw explainS3(thrown, facts)
  }
}

export function unquote(etag: string): string {
  return etag.replace(/^W\//, '').replace(/^"|"$/g, '')
}
