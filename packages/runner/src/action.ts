import { createRedactor, Failure, toFailure } from '@mlops-actions/diagnostics'
import { declareSubjects } from './artifacts.ts'
import { listenForCancel } from './cancel.ts'
import { limitYoungGeneration } from './memory.ts'
import { createOutcome, type Outcome } from './outcome.ts'
import { type ActionResult, createResultWriter } from './result.ts'
import { handedOnName, namesHandedOn } from './undeclared.ts'
import { type ActionWorld, createWorld } from './world.ts'

/** An action: how its inputs are read and what it does with them. */
export interface Action<Inputs> {
  readonly name: string
  readonly inputs: {
    read(raw: (name: string) => string, mask: (secret: string) => void, handedOn?: readonly string[]): Inputs
  }
  readonly run: (inputs: Inputs, world: ActionWorld) => Promise<ActionResult>
}

/**
 * Runs an action as a step: reads the inputs, gives `run` its world, and turns what comes back, or what is thrown,
 * into outputs, summary, one annotation and an exit status. Call it without `await` as the last line of `main.ts`.
 */
export async function runAction<Inputs extends object>(action: Action<Inputs>): Promise<void> {
  limitYoungGeneration()
  const redactor = createRedactor()
  const outcome = createOutcome(action.name, redactor)
  const cancellation = listenForCancel((failure) => {
    outcome.fail(failure)
    process.exit()
  })
  endByStrayErrors(outcome, cancellation.signal)
  const world = createWorld(redactor, outcome, cancellation)
  const result = createResultWriter(action.name, world, redactor)
  try {
    const inputs = action.inputs.read(readInput, world.mask, namesHandedOn(process.env))
    if ('summary' in inputs && isSummaryWish(inputs.summary)) outcome.wantSummary(inputs.summary)
    if ('timeout' in inputs && typeof inputs.timeout === 'number') cancellation.setDeadline(inputs.timeout)
    const ended = await action.run(inputs, world)
    const outputs = await result.outputsOf(ended)
    declareSubjects(process.env, ended.subjects ?? [], world.log)
    outcome.succeed(outputs, ended.summary)
  } catch (thrown) {
    outcome.fail(await result.withReport(endingOf(thrown, cancellation.signal)))
  } finally {
    cancellation.dispose()
    // Once decided the step is over: no idle socket or forgotten timer keeps it alive. The callback comes after the last line is out.
    process.stdout.write('', () => process.exit())
  }
}

/** A rejection that nobody waited for comes here too. Node would print it raw: unmasked, and with commands in it. */
function endByStrayErrors(outcome: Outcome, signal: AbortSignal): void {
  process.on('uncaughtException', (thrown) => {
    outcome.fail(endingOf(thrown, signal))
    process.exit()
  })
}

/** What the step ends with: a cancelled step is cancelled, whatever its abort broke on the way. */
function endingOf(thrown: unknown, signal: AbortSignal): Failure {
  const failure = toFailure(thrown)
  if (!signal.aborted || !(signal.reason instanceof Failure) || failure.kind === signal.reason.kind)
    return failure
  const { outputs, summary } = failure.details
  return new Failure({
    ...signal.reason.details,
    cause: failure,
    ...(outputs === undefined ? {} : { outputs }),
    ...(summary === undefined ? {} : { summary }),
  })
}

function isSummaryWish(value: unknown): value is boolean | 'on-failure' {
  return typeof value === 'boolean' || value === 'on-failure'
}

function readInput(name: string): string {
  return process.env[`INPUT_${handedOnName(name)}`] ?? ''
}
