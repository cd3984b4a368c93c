import { Readable } from 'node:stream'
import { GetObjectCommand, type GetObjectCommandOutput } from '@mlops-actions/aws/s3'
import { ask, type Store, type StoredObject } from './connection.ts'
import { unquote } from './etag.ts'
import { explainS3, lookAction, noEtag, type S3Call, truncated } from './explain.ts'
import { notFound } from './head.ts'
import type { Turn } from './pace.ts'

/** Which bytes of an object are wanted. */
export interface ReadRange {
  /** The first byte, from 0. */
  readonly start: number
  /** Bytes; to the end of the object where undefined. */
  readonly length?: number | undefined
}

export interface ReadOptions {
  readonly range?: ReadRange | undefined
  /** Without quotes: any other version of the object is refused (If-Match). */
  readonly etag?: string | undefined
}

/** An object whose bytes are on their way. */
export interface OpenObject extends StoredObject {
  /** Where in the object the body begins: servers that do not know ranges begin at 0, whatever was asked. */
  readonly start: number
  /** Bytes that the server promises; a body that ends earlier throws. */
  readonly length: number
  /** To be read, or begun and left: until then it counts as a request that is under way. */
  readonly body: AsyncIterable<Uint8Array>
}

/** Asks for an object, or some of its bytes; undefined where there is none. @throws Failure also while it is read */
export async function openObject(
  store: Store,
  bucket: string,
  key: string,
  options: ReadOptions = {},
): Promise<OpenObject | undefined> {
  const facts = { what: 'Cannot read an object', bucket, key, action: lookAction(bucket) }
  const command = () =>
    new GetObjectCommand({ Bucket: bucket, Key: key, ...headersOf(options), ...store.remote.customerKey })
  const turn = await store.pace.take()
  try {
    const answer = await ask(store, facts, (abortSignal) =>
      store.s3.send(command(), { abortSignal }).catch(notFound),
    )
    if (answer !== undefined) return opened(store, facts, answer, turn)
  } catch (thrown) {
    turn.end(0)
    throw thrown
  }
  turn.end(0)
  return undefined
}

/** The body of an object, piece by piece; undefined where there is none. */
export async function getObject(
  store: Store,
  bucket: string,
  key: string,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  return (await openObject(store, bucket, key))?.body
}

function headersOf({ range, etag }: ReadOptions): { readonly Range?: string; readonly IfMatch?: string } {
  const last = range?.length === undefined ? '' : range.start + range.length - 1
  return {
    ...(range === undefined ? {} : { Range: `bytes=${range.start}-${last}` }),
    ...(etag === undefined ? {} : { IfMatch: `"${etag}"` }),
  }
}

function opened(store: Store, facts: S3Call, answer: GetObjectCommandOutput, turn: Turn): OpenObject {
  const { ETag, Body, ContentLength, ContentRange } = answer
  if (ETag === undefined || ETag === '' || !(Body instanceof Readable) || ContentLength === undefined)
    throw noEtag(facts)
  const range = ContentRange === undefined ? undefined : parseContentRange(ContentRange)
  if (ContentRange !== undefined && range === undefined) throw noEtag(facts)
  return {
    etag: unquote(ETag),
    size: range?.size ?? ContentLength,
    start: range?.start ?? 0,
    length: ContentLength,
    body: piecesOf(store, facts, { body: Body, length: ContentLength, turn }),
  }
}

/** `bytes 0-9/20`, and `*` for a size that nobody knows. */
function parseContentRange(header: string): { readonly start: number; readonly size: number } | undefined {
  const match = /^bytes (\d+)-\d+\/(\d+)$/.exec(header)
  return match === null ? undefined : { start: Number(match[1]), size: Number(match[2]) }
}

interface Incoming {
  readonly body: Readable
  readonly length: number
  /** Ends with the body. */
  readonly turn: Turn
}

/** The bytes as they come; fewer than promised are none at all. */
async function* piecesOf(
  { signal, idle }: Store,
  facts: S3Call,
  { body, length, turn }: Incoming,
): AsyncGenerator<Uint8Array> {
  const stop = () => body.destroy()
  const silence = () =>
    body.destroy(Object.assign(new Error(`no byte in ${idle} ms`), { name: 'TimeoutError' }))
  let [left, deadline] = [length, setTimeout(silence, idle)]
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const piece of body) {
      // Whoever takes the bytes may take its time.
      clearTimeout(deadline)
      left -= piece.length
      yield piece
      deadline = setTimeout(silence, idle)
    }
    signal.throwIfAborted()
    if (left !== 0) throw truncated(facts, length - left, length)
  } catch (thrown) {
    signal.throwIfAborted()
    throw explainS3(thrown, facts)
  } finally {
    clearTimeout(deadline)
    signal.removeEventListener('abort', stop)
    body.destroy()
    turn.end(length - left)
  }
}
