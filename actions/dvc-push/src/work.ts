import {
  type Binding,
  type BoundOutput,
  type BoundPast,
  bindOutputs,
  createHashPool,
  createSurveys,
  type DvcConfig,
  fetchDirObject,
  HASH_WHILE_SENDING_FROM,
  type HashPool,
  type InventoryOptions,
  type Output,
  type Remote,
  type Repository,
  readOtherCommits,
  remotesOf,
  resolveRemote,
  type Stores,
  type Surveys,
  selectOutputs,
} from '@mlops-actions/dvc'
import type { ActionWorld } from '@mlops-actions/runner'
import { connect } from './connect.ts'
import type { Inputs } from './inputs.ts'

/** What a step works with: the outputs that are meant, their remotes, and threads that hash. */
export interface Work {
  readonly repository: Repository
  readonly binding: Binding
  /** What other commits name, and where that belongs; undefined where nobody asks. */
  readonly past: BoundPast | undefined
  readonly stores: Stores
  readonly pool: HashPool
  readonly surveys: Surveys
  /** Requests at once, over all stores. */
  readonly jobs: number
}

/** Opens everything for these outputs of the repository, and closes it again whatever becomes of `body`. */
export async function withWork<T>(
  inputs: Inputs,
  world: ActionWorld,
  repository: Repository,
  outputs: readonly Output[],
  body: (work: Work) => Promise<T>,
): Promise<T> {
  const { allBranches: branches, allTags: tags, allCommits: commits, targets, withDeps, remote } = inputs
  const selected = selectOutputs({ ...repository, outputs }, { targets, withDeps })
  const binding = bindOutputs(selected, repository.config, remote)
  const past = await readOtherCommits(world, repository, {
    scope: { branches, tags, commits },
    targets,
    withDeps,
    remote,
    purpose: 'push',
    ours: binding.outputs,
  })
  const { stores, close } = await connect(inputs, world, neededRemotes(inputs, repository, binding, past))
  const pool = createHashPool(world)
  try {
    const surveys = createSurveys(stores)
    world.log.info(`${binding.outputs.length} outputs belong into a remote; looking at what is here`)
    return await body({ repository, binding, past, stores, pool, surveys, jobs: jobsOf(stores) })
  } finally {
    pool.close()
    close()
  }
}

/** Every output that objects are looked for: those of the workspace first. */
export function allOutputs({ binding, past }: Pick<Work, 'binding' | 'past'>): readonly BoundOutput[] {
  return [...binding.outputs, ...(past?.binding.outputs ?? [])]
}

/** @param hashLater whether large files may be hashed while they are sent */
export function inventoryOptions(
  { repository, stores, pool, surveys }: Work,
  hashLater: boolean,
): InventoryOptions {
  return {
    pool,
    ...(hashLater ? { hashLaterFrom: HASH_WHILE_SENDING_FROM } : {}),
    onLocated: surveys.start,
    bounds: repository.bounds,
    cacheDir: repository.config.cacheDir,
    fetchDir: async ({ target, oid, hash }: BoundOutput) => {
      const store = stores.get(target)
      return store === undefined || oid === undefined ? undefined : fetchDirObject(store, oid, hash)
    },
  }
}

/** Where the records of runs go, where they are asked for. */
export function runCacheRemote(
  { runCache, remote }: Inputs,
  { defaultRemote }: DvcConfig,
): string | undefined {
  return runCache ? (remote?.toLowerCase() ?? defaultRemote) : undefined
}

/** Those of the outputs, and the one that records of runs go to (dvc/stage/cache.py). */
function neededRemotes(
  inputs: Inputs,
  { config }: Repository,
  binding: Binding,
  past: BoundPast | undefined,
): readonly Remote[] {
  const remotes = remotesOf(binding, past)
  const name = runCacheRemote(inputs, config)
  if (name === undefined || remotes.some((remote) => remote.name === name)) return remotes
  return [...remotes, resolveRemote(config, name)]
}

/** As many at once as the freest of the stores would ever take; each has a pace of its own. */
function jobsOf(stores: Stores): number {
  return Math.max(1, ...[...stores.values()].map(({ pace }) => pace.max))
}
