import { readFile } from 'node:fs/promises'
import { parseDirObject } from '../formats/dir-object.wire.ts'
import { md5Hex } from '../objects/hash.ts'
import type { BoundOutput } from '../objects/inventory.ts'
import { forEachLimited } from '../objects/limit.ts'
import { isDirectoryOid, md5Of } from '../repository/output.ts'
import { fetchDirObject } from '../store/fetch-dir.ts'
import type { Store } from '../store/store.ts'
import { cachePath } from './cache-state.ts'
import type { PullProblem } from './pull-plan.ts'
import type { WantedOutput } from './wanted.ts'

export interface Listed {
  readonly outputs: readonly WantedOutput[]
  readonly problems: readonly PullProblem[]
}

/**
 * What every output stands for: the list of files of a directory comes from the cache, or else from its remote, and is
 * believed only if it hashes to its name.
 * @param jobs requests at once
 */
export async function listOutputs(
  outputs: readonly BoundOutput[],
  stores: ReadonlyMap<string, Store>,
  cacheDir: string,
  jobs: number,
): Promise<Listed> {
  const listed = new Map<BoundOutput, WantedOutput>()
  const problems: PullProblem[] = []
  await forEachLimited(outputs, jobs, async (output) => {
    const { oid, hash, path, source, target, push } = output
    const problem = (kind: PullProblem['kind'], seen: string) =>
      problems.push({ kind, path, source, oid, seen })
    if (oid === undefined) return void problem('missing', 'nothing was ever recorded of it')
    const wanted = { output, oid, hash, supply: { kind: 'remote', remote: target }, optional: !push } as const
    if (!isDirectoryOid(oid))
      return void listed.set(output, { ...wanted, entries: undefined, listing: undefined })
    const bytes = await findListing(output, oid, stores.get(target), cacheDir)
    if (bytes === 'corrupt')
      problem('corrupt', `its list of files in the remote "${target}" is not what its name says`)
    else if (bytes !== undefined)
      listed.set(output, { ...wanted, entries: parseDirObject(bytes, `${path} (${oid})`), listing: bytes })
    else if (push) problem('missing', `neither the cache nor the remote "${target}" has its list of files`)
  })
  return { outputs: outputs.flatMap((output) => listed.get(output) ?? []), problems }
}

async function findListing(
  { hash }: BoundOutput,
  oid: string,
  store: Store | undefined,
  cacheDir: string,
): Promise<Buffer | 'corrupt' | undefined> {
  const isGenuine = (bytes: Buffer) => md5Hex(bytes) === md5Of(oid)
  const cached = await readFile(cachePath(cacheDir, { oid, hash })).catch(() => undefined)
  if (cached !== undefined && isGenuine(cached)) return cached
  const fetched = store === undefined ? undefined : await fetchDirObject(store, oid, hash)
  return fetched === undefined || isGenuine(fetched) ? fetched : 'corrupt'
}
