import {
  type Binding,
  type BoundPast,
  findExtraFiles,
  type HashPool,
  listOutputs,
  type PullOptions,
  preparePull,
  type Repository,
  type Store,
  type WantedOutput,
  wantedFiles,
} from '@mlops-actions/dvc'
import type { ActionWorld } from '@mlops-actions/runner'
import { problemFailure } from './failure.ts'
import { isImported } from './imports.ts'
import { type Inputs, isAboutHistory } from './inputs.ts'
import type { Outcome } from './outcome.ts'
import { sortProblems } from './problems.ts'

/** Objects on their way at once, where nobody says otherwise; how many requests that makes is measured as they go. */
const DEFAULT_JOBS = 128

/** What a pull works with: the outputs that are meant, their remotes, and threads that hash. */
export interface Work {
  readonly repository: Repository & { readonly revision: string | undefined }
  readonly binding: Binding
  readonly past: BoundPast | undefined
  readonly pool: HashPool
  readonly stores: ReadonlyMap<string, Store>
  readonly options: PullOptions
}

/**
 * What is wrong with other commits than this one stays in the outcome, and stops nothing.
 * @throws Failure where anything is missing, corrupt or in the way: nothing is written then
 */
export async function plan(
  { dryRun }: Inputs,
  world: ActionWorld,
  { repository, binding, past, pool, stores, options }: Work,
  imported: Outcome['outputs'],
): Promise<Outcome> {
  world.log.info(`${binding.outputs.length + imported.length} outputs are named; looking at what is here`)
  const own = [...binding.outputs, ...(past?.binding.outputs ?? [])]
  const listed = await listOutputs(own, stores, options.cacheDir, options.jobs)
  const outputs = [...listed.outputs, ...imported]
  const pullPlan = await preparePull(pool, wantedFiles(outputs), stores, options)
  const problems = sortProblems([...listed.problems, ...pullPlan.problems], past)
  const outcome: Outcome = {
    repository,
    past,
    revision: repository.revision,
    binding,
    outputs,
    plan: pullPlan,
    problems: problems.past,
    leftOut: leftOutOf(binding, pullPlan),
    extra: [],
    removed: [],
    result: undefined,
    files: [],
    dryRun,
    took: 0,
  }
  if (problems.ours.length > 0)
    throw problemFailure({ ...outcome, problems: [...problems.ours, ...problems.past] })
  const extra = await findExtraFiles(repository.bounds, outputs)
  return { ...outcome, extra, outputs: outputs.map((output) => withoutFiles(output, options)) }
}

/** What is left to know of an output when its files are planned: their list may have a hundred thousand entries. */
function withoutFiles(output: WantedOutput, { fillCache }: PullOptions): WantedOutput {
  return { ...output, entries: undefined, listing: fillCache ? output.listing : undefined }
}

export function optionsOf(
  { fillCache, ...inputs }: Inputs,
  repository: Repository,
  binding: Binding,
): PullOptions {
  const { jobs, force, cacheDir } = inputs
  const { config, bounds } = repository
  const configured = binding.remotes.flatMap((remote) => remote.jobs ?? [])
  const links = config.cacheTypes.some((type) => type === 'hardlink' || type === 'symlink')
  return {
    bounds,
    cacheDir: config.cacheDir,
    linkTypes: config.cacheTypes,
    fillCache:
      fillCache === 'always' ||
      (fillCache === 'auto' && (cacheDir !== undefined || links || isAboutHistory(inputs))),
    sharedCache: config.cacheShared,
    force,
    jobs: jobs ?? (configured.length === 0 ? DEFAULT_JOBS : Math.min(...configured)),
  }
}

function leftOutOf({ leftOut }: Binding, { files }: Outcome['plan']): Outcome['leftOut'] {
  const unasked = leftOut
    .filter(({ output }) => !isImported(output))
    .map(({ output, reason }) => ({
      path: output.path,
      reason: output.origin === undefined ? reason : 'imported without its data',
    }))
  const unpushed = files
    .filter(({ step }) => step === 'leave')
    .map(({ file }) => ({ path: file.path, reason: 'not pushed' }))
  return [...unasked, ...unpushed]
}
