import type { World } from '@mlops-actions/diagnostics'
import type { ContentDescriptor } from '@mlops-actions/oci'
import { type Arrival, copyBlob } from './copy-blob.ts'
import type { Place } from './place.ts'
import { createSweeper } from './sweep.ts'

/** Each holds two connections, and a few megabytes: more would be faster only where one line is slower than the others. */
const AT_ONCE = 3

/** How each of the blobs arrived, by digest. */
export type Arrivals = ReadonlyMap<string, Arrival>

export interface BlobsCopy {
  readonly source: Place
  readonly target: Place
  readonly blobs: readonly ContentDescriptor[]
  readonly onBytes: (count: number) => void
}

/**
 * Copies several blobs at once, the biggest first, so that none of them is left alone at the end. When one fails for
 * good the others are ended, and everything has ended before this throws.
 * @throws Failure the first one
 */
export async function copyBlobs(world: World, copy: BlobsCopy): Promise<Arrivals> {
  const failing = new AbortController()
  const signal = AbortSignal.any([world.signal, failing.signal])
  const queue = [...copy.blobs].sort((one, other) => other.size - one.size)
  const arrived = new Map<string, Arrival>()
  const sweep = createSweeper()
  const onBytes = (bytes: number): void => {
    copy.onBytes(bytes)
    sweep(bytes)
  }
  const work = async (): Promise<void> => {
    for (let blob = queue.shift(); blob !== undefined; blob = queue.shift()) {
      signal.throwIfAborted()
      arrived.set(blob.digest, await copyBlob(world, { ...copy, onBytes, blob, signal }))
    }
  }
  let first: { readonly thrown: unknown } | undefined
  const workers = Array.from({ length: Math.min(AT_ONCE, queue.length) }, () =>
    work().catch((thrown: unknown) => {
      first ??= { thrown }
      failing.abort(thrown)
    }),
  )
  await Promise.all(workers)
  world.signal.throwIfAborted()
  if (first !== undefined) throw first.thrown
  return arrived
}
