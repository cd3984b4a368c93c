import { resolve } from 'node:path'
import {
  applyPublish,
  applyPush,
  type Binding,
  type BoundOutput,
  bindOutputs,
  type FileEdit,
  fetchDirObject,
  type Inventory,
  type PublishPlan,
  planCopies,
  planPublish,
  preparePush,
  type Repository,
  readRepository,
  recordOutputs,
  type Stores,
  selectOutputs,
  takeInventory,
  toSend,
  verifyPush,
  writeRecords,
} from '@mlops-actions/dvc'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { connect } from './connect.ts'
import { problemFailure, uploadFailure } from './failure.ts'
import type { Inputs } from './inputs.ts'
import type { Outcome, Published } from './outcome.ts'
import { createProgress } from './progress.ts'
import { reportResult, resultOutputs } from './report.ts'

/** Requests at once where nobody says otherwise: enough for a distant bucket, few enough for a small server. */
const DEFAULT_JOBS = 32

/** Sends what the remote lacks, looks again, publishes, and says what the remote has now. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const started = world.now()
  const repository = await readRepository(resolve(world.context.workspace, inputs.path), { env: world.env })
  const { outputs: recorded, edits } = await recordOutputs(
    world,
    repository,
    { add: inputs.add, changed: false },
    undefined,
  )
  const outputs = selectOutputs({ ...repository, outputs: recorded }, { targets: inputs.targets })
  const binding = bindOutputs(outputs, repository.config, inputs.remote)
  const { stores, close } = await connect(inputs, world, binding.remotes)
  try {
    const work: Work = { repository, edits, binding, stores, jobs: jobsOf(inputs, binding) }
    world.log.info(`${binding.outputs.length} outputs belong into a remote; looking at what is here`)
    const inventory = await takeInventory(world, binding.outputs, inventoryOptions(work))
    const planned = await plan(inputs, world, work, inventory)
    const publications = publicationsOf(inputs, binding, inventory)
    const pushed = inputs.dryRun ? planned : await push(inputs, world, work, planned)
    const published = await publish(inputs, world, work, publications)
    return reportResult({ ...pushed, published, took: world.now() - started })
  } finally {
    close()
  }
}

interface Work {
  readonly repository: Repository
  readonly edits: readonly FileEdit[]
  readonly binding: Binding
  readonly stores: Stores
  readonly jobs: number
}

/** @throws Failure where anything is missing, stale, corrupt or unrecorded: nothing is sent then */
async function plan(
  { dryRun }: Inputs,
  world: ActionWorld,
  { repository, edits, binding, stores, jobs }: Work,
  inventory: Inventory,
): Promise<Outcome> {
  const pushPlan = await preparePush(world, inventory, stores, jobs)
  const { objects, problems } = pushPlan
  const outcome = {
    repository,
    edits,
    binding,
    plan: pushPlan,
    problems,
    push: undefined,
    published: [],
    dryRun,
    took: 0,
  }
  if (problems.length > 0) throw problemFailure(outcome)
  world.log.info(
    `${objects.size} objects are named, ${toSend(pushPlan).length} of them are not in the remote yet`,
  )
  return outcome
}

/** @throws Failure where something could not be sent, or is not there afterwards */
async function push(
  { verify }: Inputs,
  world: ActionWorld,
  { repository, edits, stores, jobs }: Work,
  planned: Outcome,
): Promise<Outcome> {
  const say = createProgress(world, toSend(planned.plan).length)
  const result = await applyPush(planned.plan, stores, { jobs, onSent: (_object, bytes) => say(bytes) })
  const outcome = { ...planned, push: result }
  if (result.failed.size > 0) throw uploadFailure(outcome)
  const problems = verify ? await verifyPush(result, planned.plan, stores, jobs) : []
  if (problems.length > 0) throw problemFailure({ ...outcome, edits: [], problems })
  // Only now: a .dvc file that somebody commits must not name what the remote does not have.
  await writeRecords(repository, edits)
  for (const [name, value] of Object.entries(resultOutputs(outcome)))
    if (value !== undefined) world.output(name, value)
  return outcome
}

function inventoryOptions({ repository, stores }: Work) {
  return {
    bounds: repository.bounds,
    cacheDir: repository.config.cacheDir,
    fetchDir: async ({ target, oid, hash }: BoundOutput) => {
      const store = stores.get(target)
      return store === undefined || oid === undefined ? undefined : fetchDirObject(store, oid, hash)
    },
  }
}

function jobsOf({ jobs }: Inputs, { remotes }: Binding): number {
  const configured = remotes.flatMap((remote) => remote.jobs ?? [])
  return jobs ?? (configured.length === 0 ? DEFAULT_JOBS : Math.min(...configured))
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
