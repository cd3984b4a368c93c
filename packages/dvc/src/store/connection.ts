import { setTimeout } from 'node:timers/promises'
import type { S3Client } from '@mlops-actions/aws/s3'
import type { World } from '@mlops-actions/diagnostics'
import { objectPath } from '../objects/keys.ts'
import type { HashName } from '../repository/output.ts'
import type { Remote } from '../repository/remote.ts'
import { refuseForeignAnswers } from './answer.wire.ts'
import type { Archive } from './archive.ts'
import type { Direct } from './direct.ts'
import { explainS3, type S3Call } from './explain.ts'
import { createPace, type Pace } from './pace.ts'

/** A remote with the client that speaks to it. */
export interface Store {
  readonly remote: Remote
  readonly s3: S3Client
  readonly signal: AbortSignal
  /** How many requests go at once, all together. */
  readonly pace: Pace
  /** For what is asked again outside of the client's own patience. */
  readonly sleep: World['sleep']
  /** Milliseconds in which some byte of a body has to come. */
  readonly idle: number
  /** Where the way to the server is one that threads can go. */
  readonly direct: Direct | undefined
}

export interface StoreOptions {
  /** The one that the client's retries tell of throttling. */
  readonly pace?: Pace
  readonly sleep?: World['sleep']
  readonly idle?: number
  readonly direct?: Direct | undefined
}

/** The SDK has a deadline for the first byte of an answer only. */
const IDLE = 60_000

/** What a server says of an object. */
export interface StoredObject {
  /** Bytes. */
  readonly size: number
  /** Without quotes. */
  readonly etag: string
  /** Where it lies in an archive; undefined where it can be read. */
  readonly archive?: Archive | undefined
}

/** A store over a client, which from then on refuses answers that are none of S3. */
export function createStore(
  remote: Remote,
  s3: S3Client,
  signal: AbortSignal,
  options: StoreOptions = {},
): Store {
  refuseForeignAnswers(
    s3,
    `s3://${remote.bucket}${remote.endpoint === undefined ? '' : ` at ${remote.endpoint}`}`,
  )
  const pace = options.pace ?? createPace({ now: () => performance.now() })
  const sleep = options.sleep ?? ((ms: number) => setTimeout(ms, undefined, { signal }))
  return { remote, s3, signal, pace, sleep, idle: options.idle ?? IDLE, direct: options.direct }
}

export function keyOf({ remote }: Store, oid: string, hash: HashName): string {
  return `${remote.prefix}${objectPath(oid, hash)}`
}

/** Sends one command when its turn comes; what goes wrong is said with the missing IAM action and the ARN. */
export async function call<T>(
  store: Store,
  facts: S3Call,
  send: (abortSignal: AbortSignal) => Promise<T>,
  bytes = 0,
): Promise<T> {
  const turn = await store.pace.take()
  try {
    return await ask(store, facts, send)
  } finally {
    turn.end(bytes)
  }
}

/** The same for who has a turn already. */
export async function ask<T>(
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
