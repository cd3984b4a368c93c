import { setTimeout as delay } from 'node:timers/promises'
import * as core from '@actions/core'
import {
  createRedactor,
  Failure,
  type JsonValue,
  messageOf,
  type OutputValue,
  type Redactor,
  toFailure,
  type World,
} from '@mlops-actions/diagnostics'
import { type Cancellation, listenForCancel } from './cancel.ts'
import { createConsoleLog, createMask } from './console.ts'
import { type RunContext, readContext } from './context.ts'
import { fitJson } from './fit.ts'
import { createOutcome, type Outcome } from './outcome.ts'
import { OUTPUT_LIMIT } from './outputs.ts'
import { writeReportFile } from './report-file.ts'
import { failureSummary, writeSummary } from './summary.ts'

/** The world of an action: what packages get, and what only a step of a job has. */
export interface ActionWorld extends World {
  readonly context: RunContext
  /** Sets an output that is known now and stays true when the step fails later. */
  readonly output: (name: string, value: OutputValue) => void
  /** A token of GitHub's OIDC provider; fails with advice where the job lacks `id-token: write`. */
  readonly idToken: (audience: string) => Promise<string>
}

export interface ActionResult {
  readonly outputs: Readonly<Record<string, OutputValue | undefined>>
  /** Markdown, verdict first. */
  readonly summary: string
  /** Everything worth keeping: capped into the output `report`, whole in the file `report-file`. */
  readonly report?: JsonValue
  /** This step's fragment of the lineage record: from what it made what, by digest. */
  readonly lineage?: JsonValue
}

/** An action: how its inputs are read and what it does with them. */
export interface Action<Inputs> {
  readonly name: string
  readonly inputs: { read(raw: (name: string) => string, mask: (secret: string) => void): Inputs }
  readonly run: (inputs: Inputs, world: ActionWorld) => Promise<ActionResult>
}

/**
 * Runs an action as a step: reads the inputs, gives `run` its world, and turns what comes back, or what is thrown,
 * into outputs, summary, one annotation and an exit status. Call it without `await` as the last line of `main.ts`.
 */
export async function runAction<Inputs extends object>(action: Action<Inputs>): Promise<void> {
  const redactor = createRedactor()
  const outcome = createOutcome(action.name, redactor)
  const end = (failure: Failure) => {
    outcome.fail(failure)
    process.exit()
  }
  const cancellation = listenForCancel(end)
  const world = createWorld(redactor, outcome, cancellation)
  let wantsSummary = true
  try {
    const inputs = action.inputs.read(readInput, world.mask)
    wantsSummary = !('summary' in inputs) || inputs.summary !== false
    if ('timeout' in inputs && typeof inputs.timeout === 'number') cancellation.setDeadline(inputs.timeout)
    const result = await action.run(inputs, world)
    const outputs = await outputsOf(action.name, result, world, redactor)
    if (wantsSummary) await writeSummary(result.summary, redactor).catch(warnOf(world))
    outcome.succeed(outputs)
  } catch (thrown) {
    const failure = endingOf(thrown, cancellation.signal)
    if (wantsSummary)
      await writeSummary(failure.details.summary ?? failureSummary(action.name, failure), redactor).catch(
        warnOf(world),
      )
    outcome.fail(await withReport(action.name, failure, world, redactor))
  } finally {
    cancellation.dispose()
    // Once decided the step is over: no idle socket or forgotten timer keeps it alive. The callback comes after the last line is out.
    process.stdout.write('', () => process.exit())
  }
}

/** What the step ends with: a cancelled step is cancelled, whatever its abort broke on the way. */
function endingOf(thrown: unknown, signal: AbortSignal): Failure {
  const failure = toFailure(thrown)
  if (!signal.aborted || !(signal.reason instanceof Failure) || failure === signal.reason) return failure
  const { outputs, summary } = failure.details
  return new Failure({
    ...signal.reason.details,
    cause: failure,
    ...(outputs === undefined ? {} : { outputs }),
    ...(summary === undefined ? {} : { summary }),
  })
}

async function outputsOf(name: string, result: ActionResult, world: ActionWorld, redactor: Redactor) {
  const { outputs, report, lineage } = result
  return {
    ...outputs,
    ...(await reportOutputs(name, report, world, redactor)),
    lineage: stamped(name, lineage, world),
  }
}

async function withReport(
  name: string,
  failure: Failure,
  world: ActionWorld,
  redactor: Redactor,
): Promise<Failure> {
  if (failure.details.report === undefined) return failure
  const outputs = await reportOutputs(name, failure.details.report, world, redactor).catch(() => ({}))
  return new Failure({
    ...failure.details,
    cause: failure.cause,
    outputs: { ...failure.details.outputs, ...outputs },
  })
}

async function reportOutputs(
  name: string,
  report: JsonValue | undefined,
  world: ActionWorld,
  redactor: Redactor,
) {
  if (report === undefined) return {}
  const file = await writeReportFile(world.context.temp, name, report, redactor)
  return { report: fitJson(report, OUTPUT_LIMIT), 'report-file': file }
}

/** Who did it is the same for every fragment of lineage, so the runner says it. */
function stamped(
  action: string,
  lineage: JsonValue | undefined,
  { context }: ActionWorld,
): JsonValue | undefined {
  if (lineage === undefined) return undefined
  const { repository, sha, runUrl, actor } = context
  return {
    action,
    repository,
    sha,
    'run-url': runUrl,
    actor,
    at: new Date().toISOString(),
    ...Object(lineage),
  }
}

function createWorld(redactor: Redactor, outcome: Outcome, { signal }: Cancellation): ActionWorld {
  const mask = createMask(redactor)
  return {
    log: createConsoleLog(redactor),
    signal,
    now: Date.now,
    sleep: (ms) => delay(ms, undefined, { signal }).catch(() => Promise.reject(signal.reason)),
    random: Math.random,
    env: process.env,
    mask,
    context: readContext(process.env),
    output: (name, value) => outcome.keep(name, value),
    idToken: async (audience) => {
      const token = await requestIdToken(audience)
      mask(token)
      return token
    },
  }
}

async function requestIdToken(audience: string): Promise<string> {
  if ((process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '') === '') {
    throw new Failure({
      kind: 'auth',
      code: 'ID_TOKEN_PERMISSION',
      what: 'Cannot get an OIDC token from GitHub',
      on: 'this job',
      seen: 'it has no permission to ask for one (a workflow triggered from a fork never has)',
      next: 'Add `permissions: { id-token: write }` to the job, and to the job that calls it',
    })
  }
  return core.getIDToken(audience).catch((cause: unknown) => {
    throw new Failure({
      kind: 'upstream',
      code: 'ID_TOKEN',
      what: 'Cannot get an OIDC token from GitHub',
      on: "GitHub's OIDC provider",
      seen: messageOf(cause),
      next: 'Run the job again; if it stays, look at https://www.githubstatus.com',
      cause,
    })
  })
}

/** `INPUT_<NAME>` with spaces as underscores and hyphens kept, as the runner writes it. */
function readInput(name: string): string {
  return process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] ?? ''
}

/** A summary is for people: that it cannot be written changes no verdict. */
function warnOf({ log }: ActionWorld): (thrown: unknown) => void {
  return (thrown) => log.warn(`The job summary could not be written: ${messageOf(thrown)}`)
}
