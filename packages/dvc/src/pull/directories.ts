import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileFailure } from '../invalid.ts'
import { writeCached } from '../objects/cache-write.ts'
import { isDirectoryOid } from '../repository/output.ts'
import { cachePath } from './cache-state.ts'
import type { PullOptions } from './prepare.ts'
import type { WantedOutput } from './wanted.ts'

/**
 * What directories need beside their files: an empty one has to be made, and a cache that is filled has the list of
 * files too, last, so that it never promises what is not there.
 */
export async function finishDirectories(
  outputs: readonly WantedOutput[],
  { bounds, cacheDir, fillCache, sharedCache }: PullOptions,
): Promise<void> {
  for (const { output, oid, hash, listing } of outputs) {
    if (!isDirectoryOid(oid) || output.parts !== undefined) continue
    if (output.revision === undefined)
      await mkdir(join(bounds.root, output.path), { recursive: true }).catch((error: unknown) => {
        throw fileFailure(output.path, error)
      })
    if (fillCache && listing !== undefined)
      await writeCached(cachePath(cacheDir, { oid, hash }), listing, sharedCache)
  }
}
