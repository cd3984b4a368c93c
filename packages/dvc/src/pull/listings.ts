import { Failure } from '@mlops-actions/diagnostics'
import type { BoundOutput } from '../objects/inventory.ts'
import { forEachLimited } from '../objects/limit.ts'
import { findListing } from '../objects/listing.ts'
import { unrecorded } from '../objects/problem.ts'
import { isDirectoryOid } from '../repository/output.ts'
import { fetchDirObject } from '../store/fetch-dir.ts'
import { headObject, keyOf, type Store } from '../store/store.ts'
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
  const sources = {
    cacheDir,
    fetchDir: async ({ target, oid, hash }: BoundOutput) => {
      const store = stores.get(target)
      return store === undefined || oid === undefined ? undefined : fetchDirObject(store, oid, hash)
    },
  }
  await forEachLimited(outputs, jobs, async (output) => {
    const { oid, hash, target, push } = output
    if (oid === undefined) return void problems.push(unrecorded(output))
    const wanted = { output, oid, hash, supply: { kind: 'remote', remote: target }, optional: !push } as const
    if (!isDirectoryOid(oid))
      return void listed.set(output, { ...wanted, entries: undefined, listing: undefined })
    const found = await findListing(output, oid, sources).catch((error: unknown) =>
      frozenListing(error, output, stores.get(target)),
    )
    if ('frozen' in found) problems.push(found)
    else if (!('kind' in found))
      listed.set(output, { ...wanted, entries: found.entries, listing: found.bytes })
    else if (found.kind === 'corrupt') problems.push({ ...found, kind: 'corrupt' })
    else if (push) problems.push({ ...found, kind: 'missing' })
  })
  return { outputs: outputs.flatMap((output) => listed.get(output) ?? []), problems }
}

/** An archived list of files is a problem like any other: whatever else is in the archive is named beside it. */
async function frozenListing(
  error: unknown,
  { path, source, oid = '', hash }: BoundOutput,
  store: Store | undefined,
): Promise<PullProblem> {
  if (store === undefined || !(error instanceof Failure) || error.code !== 'S3_ARCHIVED') throw error
  const { bucket } = store.remote
  const key = keyOf(store, oid, hash)
  const restoring = (await headObject(store, bucket, key))?.archive === 'restoring'
  const seen = `its list of files lies in an archive${restoring ? ', and is being restored' : ''}`
  return { kind: 'archived', path, source, oid, seen, frozen: { bucket, key, restoring } }
}
