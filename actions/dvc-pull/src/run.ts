import { join } from 'node:path'
import {
  applyPull,
  type Binding,
  type BoundPast,
  bindOutputs,
  bytesToFetch,
  createHashPool,
  findExtraFiles,
  finishDirectories,
  type HashPool,
  hiddenWarnings,
  listOutputs,
  type PullOptions,
  type PullPlan,
  preparePull,
  type Repository,
  readOtherCommits,
  remotesOf,
  removeExtraFiles,
  type SelectedOutput,
  type Store,
  selectOutputs,
  type WantedOutput,
  wantedFiles,
} from '@mlops-actions/dvc'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { connect } from './connect.ts'
import { downloadFailure, pastFailure, problemFailure } from './failure.ts'
import { type ImportedOutput, readImports } from './imports.ts'
import { type Inputs, isAboutHistory } from './inputs.ts'
import { underLock } from './lock.ts'
import type { Outcome } from './outcome.ts'
import { sortProblems } from './problems.ts'
import { createProgress } from './progress.ts'
import { reportResult } from './report.ts'
import { openRepository } from './repository.ts'

/** Objects on their way at once, where nobody says otherwise; how many requests that makes is measured as they go. */
const DEFAULT_JOBS = 128

/** Brings what the workspace lacks, proves every byte, and says what is there now. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const started = world.now()
  const repository = await openRepository(inputs, world)
  for (const warning of hiddenWarnings(repository)) world.log.warn(warning)
  const { targets, withDeps } = inputs
  const selected = selectOutputs(repository, { targets, withDeps })
  const binding = bindOutputs(selected, repository.config, inputs.remote, 'pull')
  const past = await readOtherCommits(world, repository, {
    scope: { branches: inputs.allBranches, tags: inputs.allTags, commits: inputs.allCommits },
    targets,
    withDeps,
    remote: inputs.remote,
    purpose: 'pull',
    ours: binding.outputs,
  })
  const pool = createHashPool(world)
  const own = await connect(inputs, world, remotesOf(binding, past), inputs.roleToAssume)
  const imports = await readImports(inputs, world, selected.filter(isImported)).catch((error: unknown) => {
    own.close()
    pool.close()
    throw error
  })
  try {
    const stores = new Map([...own.stores, ...imports.stores])
    const options = optionsOf(inputs, repository, binding)
    const work: Work = { repository, binding, past, pool, stores, options }
    const planned = await plan(inputs, world, work, imports.outputs)
    const pulled = inputs.dryRun
      ? planned
      : await underLock(world, planned, (isLate) =>
          isLate
            ? plan(inputs, world, work, imports.outputs).then((late) => pull(inputs, world, work, late))
            : pull(inputs, world, work, planned),
        )
    const outcome = { ...pulled, took: world.now() - started }
    if (outcome.problems.length > 0) throw pastFailure(outcome)
    return reportResult(outcome)
  } finally {
    own.close()
    await imports.close()
    pool.close()
  }
}

interface Work {
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
async function plan(
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
    dryRun,
    took: 0,
  }
  if (problems.ours.length > 0)
    throw problemFailure({ ...outcome, problems: [...problems.ours, ...problems.past] })
  return { ...outcome, extra: await findExtraFiles(repository.bounds, outputs) }
}

/** @throws Failure where something could not be brought */
async function pull(
  { force }: Inputs,
  world: ActionWorld,
  { repository, pool, stores, options }: Work,
  planned: Outcome,
): Promise<Outcome> {
  const say = createProgress(world, bytesToFetch(planned.plan))
  const result = await applyPull(withoutProblems(planned), {
    signal: world.signal,
    pool,
    stores,
    options,
    temp: join(repository.root, '.dvc', 'tmp', 'mlops-actions'),
    onBytes: say,
  })
  const outcome = { ...planned, result }
  if (result.failed.size > 0) throw downloadFailure(outcome)
  await finishDirectories(outcome.outputs.filter(isWhole(outcome)), options)
  if (!force || planned.extra.length === 0) return outcome
  await removeExtraFiles(repository.bounds, planned.extra)
  return { ...outcome, extra: [], removed: planned.extra }
}

/** What other commits name and nobody has is not tried. */
function withoutProblems({ plan, problems }: Outcome): PullPlan {
  const wrong = new Set(problems.map(({ path }) => path))
  return { ...plan, files: plan.files.filter(({ file }) => !wrong.has(file.path)) }
}

/** Whether all of an output came: a cache must not have a list of files without the files. */
function isWhole({ problems }: Outcome) {
  return ({ output }: WantedOutput) => !problems.some(({ path }) => path.startsWith(`${output.path}/`))
}

function optionsOf({ fillCache, ...inputs }: Inputs, repository: Repository, binding: Binding): PullOptions {
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

function isImported(output: SelectedOutput): output is ImportedOutput {
  return output.origin?.kind === 'repository' && output.oid !== undefined
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
