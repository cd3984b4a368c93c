import { toFailure, withDetails } from '@mlops-actions/diagnostics'
import { gateFailure, parseGates, usesChampion } from '@mlops-actions/gates'
import {
  createRun,
  type Ended,
  planRun,
  type Run,
  readLogTail,
  resolveExperiment,
  runUrl,
  type SubmitPlan,
} from '@mlops-actions/kfp'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { type Champion, readChampion } from './champion.ts'
import { type Collected, collect, judgeGates } from './collect.ts'
import { connect } from './connect.ts'
import { describe, fail, frameOf, NO_CHAMPION, partsOf, type Step } from './describe.ts'
import { endingFailure } from './ending.ts'
import { abandonRun, followRun } from './follow.ts'
import type { Inputs } from './inputs.ts'
import { describeDryRun } from './plan.ts'
import { type RunReport, reportRun } from './report.ts'
import { prepareSubmission } from './submission.ts'
import { resolveInside } from './workspace.ts'

/** Submits the pipeline once, waits for its run, reads what it has put out, judges the gates, downloads artifacts. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const started = world.now()
  const gates = parseGates(inputs.gate)
  for (const path of inputs.download.values()) await resolveInside(world.context.workspace, path, 'download')
  const connection = await connect(inputs, world, started + inputs.timeout)
  const submission = await prepareSubmission(inputs, connection.kfp, world.context)
  // Read now as well, so that a wrong registry is found out before hours of training.
  await readChampion(inputs, world, connection.mlflow)
  const plan = await planRun(connection.kfp, submission.identity)
  if (inputs.dryRun) return describeDryRun(submission, plan)
  const step: Step = {
    inputs,
    world,
    connection,
    submission,
    gates,
    created: plan.kind === 'create',
    started,
  }
  const runId = plan.kind === 'attach' ? plan.run.run_id : plan.runId
  const waited = await submitAndFollow(step, plan, runId)
  return conclude(step, waited, world.now() - started)
}

async function submitAndFollow(step: Step, plan: SubmitPlan, runId: string): Promise<Ended> {
  const { inputs, world, connection, started } = step
  let known = runId
  let announced = false
  try {
    const run = plan.kind === 'attach' ? plan.run : await submit(step, plan.runId)
    known = run.run_id
    announce(step, run)
    announced = true
    const timeout = Math.max(0, inputs.timeout - (world.now() - started))
    return (await followRun(inputs, world, connection, known, timeout)).value
  } catch (thrown) {
    const failure = await abandonRun(thrown, inputs, world, connection, known)
    if (!announced) throw failure
    const report = { ...frameOf(step, known, world.now() - started), failure }
    throw withDetails(failure, { summary: reportRun(report) })
  }
}

async function submit({ inputs, world, connection, submission }: Step, runId: string): Promise<Run> {
  const { kfp } = connection
  const { experiment_id } = await resolveExperiment(kfp, inputs.experiment, inputs.namespace)
  return createRun(world, kfp, { run_id: runId, experiment_id, ...submission.body })
}

/** From here on a failure of any kind leaves these outputs behind. */
function announce({ world, connection, created }: Step, run: Run): void {
  const url = runUrl(connection.kfp.address, run.run_id)
  world.output('run-id', run.run_id)
  world.output('run-url', url)
  world.output('state', run.state)
  world.output('changed', created)
  world.log.info(`${created ? 'Created run' : 'Attached to run'} ${run.run_id}: ${url}`)
}

/** Reads what the run has put out and says how it went: as a result, or as a failure with the same outputs. */
async function conclude(step: Step, ended: Ended, waited: number): Promise<ActionResult> {
  const { inputs, world, connection, gates } = step
  const collected = await collect(world, connection, ended.run.run_id)
  // A registry that is down must not hide why the run has failed.
  const champion =
    ended.outcome === 'succeeded' ? await readChampion(inputs, world, connection.mlflow) : NO_CHAMPION
  const log = await logOf(step, ended, collected)
  const base = {
    ...frameOf(step, ended.run.run_id, waited),
    ...partsOf(collected),
    outcome: ended.outcome,
    champion,
    log,
  }
  if (ended.outcome !== 'succeeded')
    throw fail(step, base, endingFailure(ended, base.url, collected.results.failed, log), collected)
  try {
    const verdicts = judgeGates(gates, collected, champion)
    const judged = { ...base, verdicts }
    if (!verdicts.every(({ passed }) => passed))
      throw fail(step, judged, gateFailure(verdicts, collected.metrics), collected)
    const downloaded = await download(step, judged, collected)
    warnOfTheUnseen(step, collected, champion)
    return describe(step, { ...judged, downloaded }, collected)
  } catch (thrown) {
    const failure = toFailure(thrown)
    throw failure.details.summary === undefined ? fail(step, base, failure, collected) : failure
  }
}

/** What did not stop this run but may not be what its author thinks. */
function warnOfTheUnseen(
  { inputs, world: { log }, gates }: Step,
  { trouble }: Collected,
  { metrics }: Champion,
): void {
  const { modelName, championAlias } = inputs
  if (trouble !== undefined)
    log.warn(`Metrics and artifacts of the run could not be read: ${trouble.details.seen}`)
  if (metrics === undefined && modelName !== undefined && gates.some(usesChampion))
    log.warn(
      `MLflow has no version of ${modelName} with the alias ${championAlias}, so gates that compare with it pass. Is this the first?`,
    )
}

async function download(step: Step, report: RunReport, collected: Collected): Promise<readonly string[]> {
  const { inputs, world, connection } = step
  if (inputs.download.size === 0) return []
  try {
    const { trouble } = collected.results
    if (trouble !== undefined) throw trouble
    // The AWS SDK is most of this bundle, and most steps do without.
    const { downloadArtifacts } = await import('./download.ts')
    return await downloadArtifacts(inputs, world, connection.aws, collected.artifacts)
  } catch (thrown) {
    throw fail(step, report, toFailure(thrown), collected)
  }
}

async function logOf(
  { inputs, world, connection }: Step,
  ended: Ended,
  { results }: Collected,
): Promise<string> {
  if (!inputs.includePodLogs || ended.outcome === 'succeeded') return ''
  const { http, kfp } = connection
  const at = { runId: ended.run.run_id, pod: results.failed?.pod ?? '', namespace: results.namespace }
  return readLogTail(world, http, kfp, at)
}
