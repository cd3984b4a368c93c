import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DirEntry, parseDirObject } from '../formats/dir-object.wire.ts'
import { md5Of, type Output } from '../repository/output.ts'
import { md5Hex } from './hash.ts'
import { objectPath } from './keys.ts'
import type { Problem } from './problem.ts'

/** The list of files of a directory: the bytes of its `.dir` object, and what they say. */
export interface Listing {
  readonly bytes: Buffer
  readonly entries: readonly DirEntry[]
}

export interface ListingSources<T extends Output> {
  /** Absolute path of the cache. */
  readonly cacheDir: string
  /** Reads a `.dir` object from the remote; undefined where it is not there either. */
  readonly fetchDir: (output: T) => Promise<Buffer | undefined>
}

/** The `.dir` object from the cache, or else from the remote; one that is not what its name says is a problem. */
export async function findListing<T extends Output>(
  output: T,
  oid: string,
  { cacheDir, fetchDir }: ListingSources<T>,
): Promise<Listing | Problem> {
  const isGenuine = (bytes: Buffer) => md5Hex(bytes) === md5Of(oid)
  const { path, source } = output
  const listing = (bytes: Buffer) => ({ bytes, entries: parseDirObject(bytes, `${path} (${oid})`) })
  const cached = await readFile(join(cacheDir, objectPath(oid, output.hash))).catch(() => undefined)
  if (cached !== undefined && isGenuine(cached)) return listing(cached)
  const fetched = await fetchDir(output)
  if (fetched !== undefined && isGenuine(fetched)) return listing(fetched)
  if (cached === undefined && fetched === undefined)
    return { kind: 'missing', path, source, oid, seen: 'its list of files is in no cache and no remote' }
  const place = fetched === undefined ? 'cache' : 'remote'
  return {
    kind: 'corrupt',
    path,
    source,
    oid,
    seen: `its list of files in the ${place} is not what its name says`,
  }
}
