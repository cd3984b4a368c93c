import { resolve } from 'node:path'
import {
  applyPublish,
  applyPush,
  assertCacheSpace,
  type Binding,
  type FileEdit,
  fillCache,
  HASH_WHILE_SENDING_FROM,
  hiddenWarnings,
  type Inventory,
  type PublishPlan,
  planCopies,
  planPublish,
  planRunCache,
  preparePush,
  pushRunCache,
  readRepository,
  readSettled,
  setPastAside,
  takeInventory,
  toSend,
  verifyPush,
  writeRecords,
} from '@mlops-actions/dvc'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { commit, prepareCommit } from './commit.ts'
import { assertRecordedIsPushed } from './commit-files.ts'
import { pastFailure, problemFailure, uploadFailure } from './failure.ts'
import type { Inputs } from './inputs.ts'
import type { Outcome, Published, RunCacheOutcome } from './outcome.ts'
import { createProgress } from './progress.ts'
import { findUncommitted, type Recorded, record } from './record.ts'
import { reportResult, resultOutputs, sentFiles } from './report.ts'
import { reportStatus } from './status.ts'
import { allOutputs, inventoryOptions, runCacheRemote, type Work, withWork } from './work.ts'

/** Sends what the remote lacks, looks again, publishes, and says what the remote has now; or only looks. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const started = world.now()
  const root = resolve(world.context.workspace, inputs.path)
  const read = () => readRepository(root, { env: world.env })
  // A look takes no lock.
  const repository = await (inputs.mode === 'status' ? read() : readSettled(world, root, read))
  for (const warning of hiddenWarnings(repository)) world.log.warn(warning)
  if (inputs.mode === 'status') return reportStatus(inputs, world, repository)
  const recorded = await record(inputs, world, repository)
  try {
    const pushed = await pushRecorded(inputs, world, recorded)
    const outcome = { ...pushed, took: world.now() - started }
    if (outcome.problems.length > 0) throw pastFailure(outcome)
    return reportResult(outcome)
  } finally {
    await recorded.release()
  }
}

function pushRecorded(inputs: Inputs, world: ActionWorld, recorded: Recorded): Promise<Outcome> {
  const { repository, outputs, edits } = recorded
  return withWork(inputs, world, repository, outputs, async (work) => {
    const { binding } = work
    assertRecordedIsPushed(recorded, work)
    const { planned, publications } = await look(inputs, world, work, edits)
    const prepared = await prepareCommit(inputs, world, work, recorded)
    try {
      const pushed = inputs.dryRun ? planned : await push(inputs, world, work, planned)
      const cached = await keepInCache(inputs, work, pushed)
      const runCache = await sendRunCache(inputs, work)
      const published = await publish(inputs, world, work, publications)
      // Last, so that whatever the commit sets off finds everything that it names.
      const committed = prepared && (await commit(inputs, world, prepared))
      const uncommitted = await findUncommitted(world, repository, binding.outputs)
      return { ...pushed, cached, runCache, published, commit: committed, uncommitted }
    } finally {
      await prepared?.branch.close()
    }
  })
}

/** What is here and what is there, and what follows from it; the inventory itself may be large, and goes. */
async function look(
  inputs: Inputs,
  world: ActionWorld,
  work: Work,
  edits: readonly FileEdit[],
): Promise<{ readonly planned: Outcome; readonly publications: readonly PublishPlan[] }> {
  const inventory = await takeInventory(world, allOutputs(work), inventoryOptions(work, !inputs.dryRun))
  const planned = await plan(inputs, world, work, inventory, edits)
  return { planned, publications: publicationsOf(inputs, work.binding, inventory) }
}

/**
 * What is wrong with other commits than this one stays in the outcome, and stops nothing.
 * @throws Failure where anything is missing, stale, corrupt or unrecorded: nothing is sent then
 */
async function plan(
  { dryRun, repair }: Inputs,
  world: ActionWorld,
  { repository, binding, past, stores, pool, surveys, jobs }: Work,
  inventory: Inventory,
  edits: readonly FileEdit[],
): Promise<Outcome> {
  const prepared = await preparePush(world, inventory, stores, jobs, {
    repair,
    pool,
    surveys: surveys.surveys,
    ...(dryRun ? {} : { hashWhileSendingFrom: HASH_WHILE_SENDING_FROM }),
  })
  const { plan: pushPlan, aside } = setPastAside(prepared, past?.binding.outputs ?? [])
  const outcome = {
    repository,
    edits,
    binding,
    past,
    plan: pushPlan,
    problems: aside,
    push: undefined,
    files: [],
    cached: undefined,
    runCache: undefined,
    published: [],
    commit: undefined,
    uncommitted: [],
    dryRun,
    took: 0,
  }
  if (pushPlan.problems.length > 0) throw problemFailure({ ...outcome, problems: prepared.problems })
  world.log.info(
    `${pushPlan.objects.size} objects are named, ${toSend(pushPlan).length} of them are not in the remote yet`,
  )
  return outcome
}

/** @throws Failure where something could not be sent, or is not there afterwards */
async function push(
  { verify, fillCache: isWanted }: Inputs,
  world: ActionWorld,
  { repository, stores, pool, jobs }: Work,
  planned: Outcome,
): Promise<Outcome> {
  const { edits } = planned
  if (isWanted) await assertCacheSpace(planned.plan.objects, repository.config)
  const progress = createProgress(world, toSend(planned.plan))
  const { now } = world
  const result = await applyPush(planned.plan, stores, { jobs, pool, now, ...progress })
  if (result.problems.length > 0) throw problemFailure({ ...planned, problems: result.problems })
  const sent = { ...planned, push: result }
  const outcome = { ...sent, files: sentFiles(sent) }
  if (result.failed.size > 0) throw uploadFailure(outcome)
  const problems = verify ? await verifyPush(result, planned.plan, stores, jobs) : []
  if (problems.length > 0) throw problemFailure({ ...outcome, edits: [], problems })
  // Only now: a .dvc file that somebody commits must not name what the remote does not have.
  await writeRecords(repository, edits)
  for (const [name, value] of Object.entries(resultOutputs(outcome)))
    if (value !== undefined) world.output(name, value)
  return outcome
}

/** What is in the remote now is kept here, too. */
async function keepInCache(
  { fillCache: isWanted, dryRun }: Inputs,
  { repository: { config }, pool }: Work,
  { plan: { objects } }: Outcome,
): Promise<number | undefined> {
  if (!isWanted || dryRun) return undefined
  return fillCache(objects, { cacheDir: config.cacheDir, sharedCache: config.cacheShared, pool })
}

async function sendRunCache(
  inputs: Inputs,
  { repository: { config }, stores, pool }: Work,
): Promise<RunCacheOutcome | undefined> {
  const store = stores.get(runCacheRemote(inputs, config) ?? '')
  if (store === undefined) return undefined
  const plan = await planRunCache(store, config.cacheDir, pool)
  const bytes = inputs.dryRun ? 0 : await pushRunCache(store, plan, pool)
  return { records: plan.missing.length, skipped: plan.skipped, bytes }
}

function publicationsOf(
  { publish, publishTo = '' }: Inputs,
  { outputs }: Binding,
  inventory: Inventory,
): readonly PublishPlan[] {
  return [...publish].map(([path, model]) => planPublish(outputs, inventory, { path, model }, publishTo))
}

async function publish(
  { dryRun }: Inputs,
  { log }: ActionWorld,
  { stores, jobs }: Work,
  publications: readonly PublishPlan[],
): Promise<Published[]> {
  const published: Published[] = []
  for (const plan of publications) {
    for (const warning of plan.warnings) log.warn(warning)
    const store = stores.get(plan.remote)
    if (store === undefined) continue
    if (dryRun) {
      const pending = await planCopies(store, plan, jobs)
      published.push({ plan, result: undefined, pending: pending.length })
    } else {
      published.push({ plan, result: await applyPublish(store, plan, jobs), pending: 0 })
    }
  }
  return published
}
