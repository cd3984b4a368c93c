import {
  type Binding,
  type BoundOutput,
  bindOutputs,
  bindPast,
  createHashPool,
  createSurveys,
  type DvcConfig,
  fetchDirObject,
  HASH_WHILE_SENDING_FROM,
  type HashPool,
  type InventoryOptions,
  type Output,
  type Past,
  type Remote,
  type Repository,
  readPast,
  resolveRemote,
  type Stores,
  type Surveys,
  selectOutputs,
} from '@mlops-actions/dvc'
import { openCheckout } from '@mlops-actions/git'
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

export interface BoundPast extends Omit<Past, 'outputs'> {
  readonly binding: Binding
}

/** Opens everything for these outputs of the repository, and closes it again whatever becomes of `body`. */
export async function withWork<T>(
  inputs: Inputs,
  world: ActionWorld,
  repository: Repository,
  outputs: readonly Output[],
  body: (work: Work) => Promise<T>,
): Promise<T> {
  const { targets, withDeps, remote } = inputs
  const selected = selectOutputs({ ...repository, outputs }, { targets, withDeps })
  const binding = bindOutputs(selected, repository.config, remote)
  const past = await bindOthers(inputs, world, repository, binding)
  const { stores, close } = await connect(inputs, world, remotesOf(inputs, repository, binding, past))
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

async function bindOthers(
  { allBranches: branches, allTags: tags, allCommits: commits, targets, withDeps, remote }: Inputs,
  world: ActionWorld,
  { root, config }: Repository,
  { outputs }: Binding,
): Promise<BoundPast | undefined> {
  if (!branches && !tags && !commits) return undefined
  const git = await openCheckout(world, root)
  const selection = { targets, withDeps, env: world.env, log: world.log }
  const past = await readPast(git, { branches, tags, commits }, selection)
  for (const { commit, seen } of past.unreadable)
    world.log.warn(`What commit ${commit.slice(0, 7)} names cannot be read, and stays out: ${seen}`)
  return { ...past, binding: bindPast(past, config, remote, 'push', outputs) }
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
function remotesOf(
  inputs: Inputs,
  { config }: Repository,
  { remotes }: Binding,
  past: BoundPast | undefined,
): readonly Remote[] {
  const byName = new Map([...remotes, ...(past?.binding.remotes ?? [])].map((one) => [one.name, one]))
  const name = runCacheRemote(inputs, config)
  if (name !== undefined && !byName.has(name)) byName.set(name, resolveRemote(config, name))
  return [...byName.values()]
}

/** As many at once as the freest of the stores would ever take; each has a pace of its own. */
function jobsOf(stores: Stores): number {
  return Math.max(1, ...[...stores.values()].map(({ pace }) => pace.max))
}
