import type { World } from '@mlops-actions/diagnostics'
import type { DirEntry } from '../formats/dir-object.wire.ts'
import { isDirectoryOid, type Output } from '../repository/output.ts'
import type { Bounds } from '../repository/paths.ts'
import type { SelectedOutput } from '../repository/targets.ts'
import { cachedPlaces } from './cached.ts'
import { gatherObjects, type Known } from './gather.ts'
import { createHashPool, type HashPool } from './hash-pool.ts'
import { forEachLimited } from './limit.ts'
import { findListing, type Listing, type ListingSources } from './listing.ts'
import { hashLocated, type Local } from './local.ts'
import { type Located, locateOutputs } from './locate.ts'
import type { ObjectIds, TrackedObject } from './object.ts'
import type { Problem } from './problem.ts'

/** An output that belongs into a remote. */
export interface BoundOutput extends SelectedOutput {
  /** Name of its remote. */
  readonly target: string
}

/** A file that the repository names and that does not stand in the workspace. */
export interface AbsentFile {
  /** Relative to the root. */
  readonly path: string
  /** Id of its object. */
  readonly id: string
}

/** What this machine knows of the outputs: the objects they need, and what is wrong with them. */
export interface Inventory {
  /** By id. */
  readonly objects: ReadonlyMap<string, TrackedObject>
  readonly idOf: ObjectIds
  /** Entries of every directory, by the path of its output: for publishing and reports. */
  readonly directories: ReadonlyMap<string, readonly DirEntry[]>
  readonly absent: readonly AbsentFile[]
  readonly problems: readonly Problem[]
}

export interface InventoryOptions extends ListingSources<BoundOutput> {
  readonly bounds: Bounds
  /** Threads that hash; without it, own ones for this inventory. */
  readonly pool?: HashPool
  /**
   * A tracked file of at least so many bytes is only located: its place is not `verified`, and who goes on with the
   * inventory has to hash it. Without it, every file is hashed here.
   */
  readonly hashLaterFrom?: number
  /** Told before the hashing starts: about how many objects each remote will be asked for, by its name. */
  readonly onLocated?: (counts: ReadonlyMap<string, number>) => void
}

/** Lists of files that are fetched at the same moment. */
const FETCHES = 16

/**
 * Looks at every output where it lies: what is in the workspace is hashed and must be what the repository names;
 * what is not there may be in the cache, which is believed only after hashing (DVC trusts it by its file mode).
 */
export async function takeInventory(
  world: Pick<World, 'signal'>,
  outputs: readonly BoundOutput[],
  options: InventoryOptions,
): Promise<Inventory> {
  const pool = options.pool ?? createHashPool(world)
  try {
    const located = await locateOutputs(options.bounds, outputs)
    options.onLocated?.(countByRemote(located))
    const local = await hashLocated(pool, located, options.hashLaterFrom)
    const listings = await findListings(located, local, options)
    const known: Known = { located, local, listings }
    return gatherObjects(outputs, known, await cachedPlaces(pool, options, known))
  } finally {
    if (options.pool === undefined) pool.close()
  }
}

function countByRemote(located: readonly Located<BoundOutput>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const one of located) {
    const objects = one.kind === 'directory' ? one.files.length + 1 : 1
    counts.set(one.output.target, (counts.get(one.output.target) ?? 0) + objects)
  }
  return counts
}

/** The recorded list of every directory that is not in the workspace as it was recorded. */
async function findListings(
  located: readonly Located<BoundOutput>[],
  local: Local,
  sources: ListingSources<BoundOutput>,
): Promise<ReadonlyMap<Output, Listing | Problem>> {
  const listings = new Map<Output, Listing | Problem>()
  const wanted = located.filter(
    ({ output, oid }) => isDirectoryOid(oid) && local.directories.get(output)?.oid !== oid,
  )
  await forEachLimited(wanted, FETCHES, async ({ output, oid }) => {
    listings.set(output, await findListing(output, oid, sources))
  })
  return listings
}
