import { join } from 'node:path'
import {
  applyPull,
  bindOutputs,
  bytesToFetch,
  createHashPool,
  finishDirectories,
  hiddenWarnings,
  type PullPlan,
  readOtherCommits,
  remotesOf,
  removeExtraFiles,
  selectOutputs,
  type WantedOutput,
} from '@mlops-actions/dvc'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { connect } from './connect.ts'
import { downloadFailure, pastFailure } from './failure.ts'
import { writtenFiles } from './files.ts'
import { isImported, readImports } from './imports.ts'
import type { Inputs } from './inputs.ts'
import { underLock } from './lock.ts'
import type { Outcome } from './outcome.ts'
import { optionsOf, plan, type Work } from './plan.ts'
import { createProgress } from './progress.ts'
import { reportResult } from './report.ts'
import { openRepository } from './repository.ts'

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
  const problems = [...planned.problems, ...result.archived]
  const outcome = { ...planned, problems, result, files: writtenFiles({ ...planned, result }) }
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
