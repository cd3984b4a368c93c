import { toFailure } from '@mlops-actions/diagnostics'
import type { Store, StoredObject } from './connection.ts'
import { truncated } from './explain.ts'
import { type OpenObject, openObject } from './get.ts'

/** Which bytes of which version of an object. */
export interface RangeRequest {
  readonly bucket: string
  readonly key: string
  /** The first byte, from 0. */
  readonly start: number
  /** Bytes; to the end of the object where undefined. */
  readonly length?: number | undefined
  /** Without quotes; the version of the first answer where undefined. */
  readonly etag?: string | undefined
}

/** Takes bytes in their order. */
export type Sink = (bytes: Uint8Array, position: number) => Promise<void> | void

/** Connections in a row that brought no byte until it is given up. */
const TRIES = 5
const FIRST_DELAY = 300

/**
 * Reads bytes to their end, and goes on where a connection breaks off. Servers that do not know ranges send everything;
 * what was not asked for is passed over.
 * @returns what the server says of the object; undefined where there is none
 * @throws Failure `integrity` where the object is replaced meanwhile
 */
export async function readRange(
  store: Store,
  { bucket, key, start, length, etag }: RangeRequest,
  sink: Sink,
): Promise<StoredObject | undefined> {
  let [at, tries] = [start, 0]
  let version = etag
  const counting: Sink = async (bytes, position) => {
    await sink(bytes, position)
    at = position + bytes.length
    tries = 0
  }
  for (;;) {
    const left = length === undefined ? undefined : start + length - at
    const range = at === 0 && left === undefined ? undefined : { start: at, length: left }
    const open = await openObject(store, bucket, key, { range, etag: version })
    if (open === undefined) return undefined
    version = open.etag
    try {
      const to = Math.min(open.size, start + (length ?? open.size))
      await passOn(open, { from: at, to }, counting)
      if (at < to) throw truncated({ what: 'Cannot read an object', bucket, key, action: '' }, at, to)
      return { size: open.size, etag: open.etag }
    } catch (thrown) {
      store.signal.throwIfAborted()
      const failure = toFailure(thrown)
      tries += 1
      if (!failure.retryable || tries >= TRIES) throw failure
      await store.sleep(FIRST_DELAY * 2 ** (tries - 1))
    }
  }
}

/** Only what lies between `from` and `to`, in bytes of the whole object. */
async function passOn(
  open: OpenObject,
  { from, to }: { readonly from: number; readonly to: number },
  sink: Sink,
): Promise<void> {
  let at = open.start
  const end = open.start + open.length
  for await (const bytes of open.body) {
    const wanted = bytes.subarray(Math.max(0, from - at), Math.max(0, to - at))
    if (wanted.length > 0) await sink(wanted, Math.max(at, from))
    at += bytes.length
    // More than was asked for is not waited for. The end of the answer is: before it the connection is of no use to anybody
    // else, and would be closed.
    if (at >= to && at < end) return
  }
}
