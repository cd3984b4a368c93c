import { join } from 'node:path'
import {
  applyPull,
  type Binding,
  bindOutputs,
  bytesToFetch,
  createHashPool,
  findExtraFiles,
  finishDirectories,
  type HashPool,
  listOutputs,
  type PullOptions,
  preparePull,
  type Repository,
  removeExtraFiles,
  type SelectedOutput,
  type Store,
  selectOutputs,
  wantedFiles,
} from '@mlops-actions/dvc'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { connect } from './connect.ts'
import { downloadFailure, problemFailure } from './failure.ts'
import { type ImportedOutput, readImports } from './imports.ts'
import type { Inputs } from './inputs.ts'
import { underLock } from './lock.ts'
import type { Outcome } from './outcome.ts'
import { createProgress } from './progress.ts'
import { reportResult } from './report.ts'
import { openRepository } from './repository.ts'

/** Objects on their way at once, where nobody says otherwise; how many requests that makes is measured as they go. */
const DEFAULT_JOBS = 128

/** Brings what the workspace lacks, proves every byte, and says what is there now. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const started = world.now()
  const repository = await openRepository(inputs, world)
  const { targets, withDeps } = inputs
  const selected = selectOutputs(repository, { targets, withDeps })
  const binding = bindOutputs(selected, repository.config, inputs.remote, 'pull')
  const pool = createHashPool(world)
  const own = await connect(inputs, world, binding.remotes, inputs.roleToAssume)
  const imports = await readImports(inputs, world, selected.filter(isImported)).catch((error: unknown) => {
    own.close()
    pool.close()
    throw error
  })
  try {
    const stores = new Map([...own.stores, ...imports.stores])
    const work: Work = { repository, binding, pool, stores, options: optionsOf(inputs, repository, binding) }
    const planned = await plan(inputs, world, work, imports.outputs)
    const pulled = inputs.dryRun
      ? planned
      : await underLock(world, planned, (isLate) =>
          isLate
            ? plan(inputs, world, work, imports.outputs).then((late) => pull(inputs, world, work, late))
            : pull(inputs, world, work, planned),
        )
    return reportResult({ ...pulled, took: world.now() - started })
  } finally {
    own.close()
    await imports.close()
    pool.close()
  }
}

interface Work {
  readonly repository: Repository & { readonly revision: string | undefined }
  readonly binding: Binding
  readonly pool: HashPool
  readonly stores: ReadonlyMap<string, Store>
  readonly options: PullOptions
}

/** @throws Failure where anything is missing, corrupt or in the way: nothing is written then */
async function plan(
  { dryRun }: Inputs,
  world: ActionWorld,
  { repository, binding, pool, stores, options }: Work,
  imported: Outcome['outputs'],
): Promise<Outcome> {
  world.log.info(`${binding.outputs.length + imported.length} outputs are named; looking at what is here`)
  const listed = await listOutputs(binding.outputs, stores, options.cacheDir, options.jobs)
  const outputs = [...listed.outputs, ...imported]
  const pullPlan = await preparePull(pool, wantedFiles(outputs), stores, options)
  const outcome: Outcome = {
    repository,
    revision: repository.revision,
    binding,
    outputs,
    plan: pullPlan,
    problems: [...listed.problems, ...pullPlan.problems],
    leftOut: leftOutOf(binding, pullPlan),
    extra: [],
    removed: [],
    result: undefined,
    dryRun,
    took: 0,
  }
  if (outcome.problems.length > 0) throw problemFailure(outcome)
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
  const result = await applyPull(planned.plan, {
    signal: world.signal,
    pool,
    stores,
    options,
    temp: join(repository.root, '.dvc', 'tmp', 'mlops-actions'),
    onBytes: say,
  })
  const outcome = { ...planned, result }
  if (result.failed.size > 0) throw downloadFailure(outcome)
  await finishDirectories(outcome.outputs, options)
  if (!force || planned.extra.length === 0) return outcome
  await removeExtraFiles(repository.bounds, planned.extra)
  return { ...outcome, extra: [], removed: planned.extra }
}

function optionsOf(
  { jobs, force, cacheDir, fillCache }: Inputs,
  repository: Repository,
  binding: Binding,
): PullOptions {
  const { config, bounds } = repository
  const configured = binding.remotes.flatMap((remote) => remote.jobs ?? [])
  const links = config.cacheTypes.some((type) => type === 'hardlink' || type === 'symlink')
  return {
    bounds,
    cacheDir: config.cacheDir,
    linkTypes: config.cacheTypes,
    fillCache: fillCache === 'always' || (fillCache === 'auto' && (cacheDir !== undefined || links)),
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
