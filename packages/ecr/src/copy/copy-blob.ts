import { createHash } from 'node:crypto'
import { Failure, type World, withDetails } from '@mlops-actions/diagnostics'
import { type ContentDescriptor, parseDigest, shortDigest } from '@mlops-actions/oci'
import { fullJitter } from '@mlops-actions/wait'
import { damagedBlob } from '../image-failures.ts'
import { missingBlobs } from './layers.ts'
import type { Place } from './place.ts'
import { finishUpload, mountBlob, openBlob, sendBlob, startUpload } from './registry.ts'

/** How a blob came to be in the target. */
export type Arrival = 'copied' | 'mounted'

export interface BlobCopy {
  readonly source: Place
  readonly target: Place
  readonly blob: ContentDescriptor
  /** Ends this copy, and not the step: another blob of the image has failed. */
  readonly signal: AbortSignal
  /** Told of every piece that goes out, and by a negative count of what has to be sent again. */
  readonly onBytes: (count: number) => void
}

const MOST_ATTEMPTS = 5

/** What the way, or the servers on it, may do differently the next time. */
const PASSING = new Set(['ECR_BLOB_DAMAGED', 'ECR_TOKEN_EXPIRED'])

/**
 * Brings one blob from one registry to the other: mounted where the registry is the same and allows it, streamed
 * otherwise, and never kept. Its digest is counted while it goes through, and no blob ends under another one.
 * What broke on the way is begun anew, a few times.
 * @throws Failure
 */
export async function copyBlob(world: World, copy: BlobCopy): Promise<Arrival> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await copyOnce(copy, attempt === 1)
    } catch (thrown) {
      if (copy.signal.aborted || !(thrown instanceof Failure) || !canPass(thrown)) throw thrown
      if (attempt === MOST_ATTEMPTS)
        throw withDetails(thrown, { seen: `${thrown.details.seen} (${attempt} times)` })
      await pause(world, copy, thrown, attempt)
      // The answer may have been lost, and not the layer.
      const missing = await missingBlobs({ signal: copy.signal }, copy.target, [copy.blob])
      if (missing.length === 0) return 'copied'
    }
  }
}

async function copyOnce(copy: BlobCopy, isFirst: boolean): Promise<Arrival> {
  const { source, target, blob, signal } = copy
  const location = await beginUpload(copy, isFirst)
  if (location === undefined) return 'mounted'
  const { chunks, close } = await openBlob(source, blob, signal)
  const sent = { bytes: 0 }
  try {
    const body = { pieces: verified(copy, chunks, sent), length: blob.size }
    const end = await sendBlob(target, location, body, signal)
    await finishUpload(target, end, blob, signal)
    return 'copied'
  } catch (thrown) {
    copy.onBytes(-sent.bytes)
    throw thrown
  } finally {
    close()
  }
}

/** Undefined where nothing has to be sent. */
async function beginUpload(
  { source, target, blob, signal }: BlobCopy,
  isFirst: boolean,
): Promise<string | undefined> {
  if (!isFirst || source.host !== target.host) return startUpload(target, signal)
  return mountBlob(target, blob, source.repository.name, signal).catch((thrown: unknown) => {
    // It may be the right to read the other repository that is missing; whether it is another one, the upload tells.
    const isRefused = thrown instanceof Failure && REFUSED_MOUNT.has(thrown.code)
    if (!isRefused) throw thrown
    return startUpload(target, signal)
  })
}

const REFUSED_MOUNT = new Set(['ECR_ACCESS_DENIED', 'ECR_COPY_REFUSED', 'ECR_NO_LAYER', 'ECR_UPLOAD_LOST'])

async function* verified(
  { source, blob, onBytes }: BlobCopy,
  chunks: AsyncIterable<Buffer>,
  sent: { bytes: number },
): AsyncGenerator<Buffer, void, undefined> {
  const { algorithm, hex } = parseDigest(blob.digest)
  const hash = createHash(algorithm)
  for await (const chunk of chunks) {
    hash.update(chunk)
    sent.bytes += chunk.length
    onBytes(chunk.length)
    if (sent.bytes > blob.size) throw damagedBlob(source, blob.digest, `more than ${blob.size} bytes came`)
    yield chunk
  }
  const actual = hash.digest('hex')
  if (sent.bytes !== blob.size)
    throw damagedBlob(source, blob.digest, `${sent.bytes} of ${blob.size} bytes came`)
  if (actual !== hex)
    throw damagedBlob(source, blob.digest, `what came has the digest ${algorithm}:${actual}`)
}

function canPass({ code, kind, retryable }: Failure): boolean {
  return PASSING.has(code) || (retryable && kind !== 'conflict')
}

async function pause(world: World, copy: BlobCopy, { details }: Failure, attempt: number): Promise<void> {
  const ms = fullJitter(attempt, { base: 500, cap: 15_000, random: world.random })
  const at = `attempt ${attempt + 1} of ${MOST_ATTEMPTS} in ${(ms / 1000).toFixed(1)} s`
  world.log.info(`${shortDigest(copy.blob.digest)}: ${details.what}: ${details.seen}; ${at}`)
  const aborted = Promise.withResolvers<never>()
  const onAbort = (): void => aborted.reject(copy.signal.reason)
  copy.signal.addEventListener('abort', onAbort, { once: true })
  try {
    await Promise.race([world.sleep(ms), aborted.promise])
  } finally {
    copy.signal.removeEventListener('abort', onAbort)
  }
}
