import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkActions } from './check-actions.ts'
import { assertTriggered } from './check-event.ts'
import { createConcurrencyGroups } from './concurrency.ts'
import { readConcurrency, withinGroup } from './concurrency-gate.ts'
import { readDispatchInputs } from './dispatch-inputs.ts'
import { git } from './git.ts'
import { eventPayload, githubContext } from './github-context.ts'
import { createLimit } from './limit.ts'
import { defaultPermissions } from './permissions.ts'
import { type PlannedWorkflow, planWorkflow } from './plan.ts'
import type { RunContext } from './run-context.ts'
import type { RunOptions, RunResult, Timing } from './run-types.ts'
import { openSources, type Sources } from './sources.ts'
import { defaultStandIns } from './stand-ins/table.ts'
import type { Mapping } from './values.ts'
import { worstOf } from './workflow-frame.ts'
import { runJobs } from './workflow-run.ts'

const TIMING: Timing = {
  minute: 60_000,
  interrupt: 7_500,
  terminate: 2_500,
  jobCancel: 300_000,
  drain: 5_000,
}
const HOST_VARIABLES = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'USER', 'SHELL', 'TMPDIR']

/**
 * Runs one workflow for one event as GitHub would, on this machine. Throws a Failure before anything
 * runs where GitHub would refuse the run or this runner does not know a feature; what goes wrong later is in the result.
 */
export async function runWorkflow(options: RunOptions): Promise<RunResult> {
  const directory = realpathSync(runDirectory(options))
  try {
    return await runIn(directory, options)
  } finally {
    if (options.runnerTemp === undefined) rmSync(directory, { recursive: true, force: true })
  }
}

async function runIn(directory: string, options: RunOptions): Promise<RunResult> {
  const { root, name } = options.repository
  const sha = options.repository.sha ?? (await git(['rev-parse', 'HEAD'], { cwd: root }))
  const ref = options.repository.ref ?? `refs/heads/${options.repository.defaultBranch ?? 'main'}`
  const sources = await openSources(
    { root, name, sha, ref },
    options.actionSources ?? {},
    join(directory, '_actions'),
  )
  const plan = await planWorkflow(
    sources,
    sources.own,
    options.workflow,
    defaultPermissions(options.defaultPermissions ?? 'read'),
  )
  const dispatch =
    options.event.name === 'workflow_dispatch'
      ? readDispatchInputs(plan.file.on, options.inputs ?? {})
      : undefined
  const event = eventPayload(options, sources.own, dispatch?.texts)
  await assertTriggered(options, plan, event, ref)
  const run = runContext(options, sources, plan, directory, event)
  await checkActions(run, plan)
  announce(run, plan)
  const conclusion = await runPlan(run, plan, dispatch?.typed ?? {})
  const durationMs = run.elapsed()
  run.emit({ type: 'run-finished', conclusion, durationMs })
  return toResult(run, conclusion, durationMs)
}

function runContext(
  options: RunOptions,
  sources: Sources,
  plan: PlannedWorkflow,
  directory: string,
  event: Mapping,
): RunContext {
  const started = performance.now()
  let jobs = 0
  return {
    options,
    sources,
    standIns: { ...defaultStandIns, ...options.standIns },
    github: githubContext(options, sources.own, plan, event),
    directory,
    hostEnv: options.hostEnv ?? hostVariables(),
    node: options.node ?? process.execPath,
    timing: { ...TIMING, ...options.timing },
    groups: options.concurrency ?? createConcurrencyGroups(),
    cancelled: options.signal ?? new AbortController().signal,
    elapsed: () => performance.now() - started,
    emit: options.onEvent ?? (() => {}),
    inSlot: createLimit(options.parallelJobs ?? 2),
    remoteOf: (repository) => remoteOf(options, repository),
    finished: [],
    nextNumber: () => ++jobs,
  }
}

async function runPlan(run: RunContext, plan: PlannedWorkflow, inputs: Mapping) {
  const replaced = new AbortController()
  const member = { ancestors: [], cancel: () => replaced.abort() }
  const scope = { contexts: { github: run.github, inputs, vars: { ...run.options.vars } } }
  const frame = {
    run,
    plan,
    inputs,
    secrets: run.options.secrets ?? {},
    caller: undefined,
    stopped: replaced.signal,
    members: [member],
    runJobs,
  }
  const request = readConcurrency(plan.file.concurrency, scope)
  const ending = await withinGroup(run, request, member, replaced.signal, async () => {
    const ends = await runJobs(frame)
    return { conclusion: worstOf([...ends.values()].map(({ result }) => result)) }
  })
  return run.cancelled.aborted || replaced.signal.aborted ? 'cancelled' : ending.conclusion
}

function announce(run: RunContext, plan: PlannedWorkflow): void {
  const standIns = Object.entries(run.standIns).map(([action, { describe }]) => ({
    action,
    standIn: describe,
  }))
  run.emit({ type: 'run-started', workflow: plan.file.name, event: run.options.event.name, standIns })
}

function toResult(run: RunContext, conclusion: RunResult['conclusion'], durationMs: number): RunResult {
  const jobs = run.finished
  const steps = jobs.flatMap((job) => job.steps)
  return {
    conclusion,
    jobs,
    annotations: jobs.flatMap((job) => [
      ...job.annotations,
      ...job.steps.flatMap((step) => step.annotations),
    ]),
    summaries: steps.map((step) => step.summary).filter((summary) => summary !== ''),
    log: steps.flatMap((step) => step.log),
    durationMs,
  }
}

function runDirectory({ runnerTemp }: RunOptions): string {
  if (runnerTemp === undefined) return mkdtempSync(join(tmpdir(), 'workflow-run-'))
  mkdirSync(runnerTemp, { recursive: true })
  return mkdtempSync(join(runnerTemp, 'run-'))
}

function remoteOf({ serverUrl, repository, actionSources }: RunOptions, name: string): string {
  if (serverUrl !== undefined) return `${serverUrl.replace(/\/$/, '')}/${name}`
  return name === repository.name ? repository.root : (actionSources?.[name] ?? `https://github.com/${name}`)
}

function hostVariables(): Record<string, string> {
  return Object.fromEntries(
    HOST_VARIABLES.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}
