import * as core from '@actions/core'
import {
  causeChain,
  Failure,
  type Log,
  messageOf,
  type OutputValue,
  type Redactor,
} from '@mlops-actions/diagnostics'
import { cleanText, createConsoleLog } from './console.ts'
import { readContext } from './context.ts'
import { type Outputs, writeOutputs } from './outputs.ts'
import { failureSummary, writeSummary } from './summary.ts'

/** Exit status of a cancelled step, as a shell reports SIGINT. */
export const CANCELLED_EXIT_CODE = 130

/**
 * Until it is settled, a step has failed: the exit status is 1 from the start, and when the process ends
 * without a verdict (a drained event loop, a stray `process.exit`) the exit hook writes one. Nothing ends
 * in silent success (peers-reliability 0.1).
 */
export interface Outcome {
  /** Outputs that hold whatever happens next. */
  keep(name: string, value: OutputValue): void
  /** When a job summary is written from now on: always, never, or only with a failure. */
  wantSummary(wish: boolean | 'on-failure'): void
  /** @throws Failure where the outputs cannot be written: then there is no verdict yet */
  succeed(outputs: Outputs, summary: string): void
  /** Writes the one annotation, `failure-kind`, `retryable` and the summary. Only the first verdict counts; never throws. */
  fail(failure: Failure): void
  readonly settled: boolean
}

export function createOutcome(action: string, redactor: Redactor): Outcome {
  let settled = false
  let wish: boolean | 'on-failure' = true
  process.exitCode = 1
  const kept: Record<string, OutputValue> = {}
  const log = createConsoleLog(redactor)
  const { temp } = readContext(process.env)
  const write = (outputs: Outputs): void => {
    const cut = writeOutputs({ ...kept, ...outputs }, { action, temp, redactor })
    if (cut !== undefined) log.warn(cut)
  }
  /** What is for people changes no verdict when it cannot be written. */
  const attempt = (what: string, body: () => void): void => {
    try {
      body()
    } catch (cause) {
      log.warn(`${what} could not be written: ${messageOf(cause)}`)
    }
  }
  const summarize = (markdown: string): void => {
    attempt('The job summary', () => writeSummary(markdown, redactor))
  }
  const outcome: Outcome = {
    get settled() {
      return settled
    },
    keep(name, value) {
      kept[name] = value
    },
    wantSummary(wanted) {
      wish = wanted
    },
    succeed(outputs, summary) {
      if (settled) return
      write(outputs)
      settled = true
      process.exitCode = 0
      if (wish === true) summarize(summary)
    },
    fail(failure) {
      if (settled) return
      settled = true
      process.exitCode = failure.kind === 'cancelled' ? CANCELLED_EXIT_CODE : 1
      annotate(action, failure, { redactor, log })
      const { kind, retryable, details } = failure
      attempt('The outputs', () => write({ ...details.outputs, 'failure-kind': kind, retryable }))
      if (wish !== false) summarize(details.summary ?? failureSummary(action, failure))
    },
  }
  process.on('exit', () => outcome.fail(endedWithoutVerdict(action)))
  return outcome
}

/** The one `::error::` of a step: the title says what failed, the text the other three parts. */
function annotate(
  action: string,
  failure: Failure,
  { redactor, log }: { readonly redactor: Redactor; readonly log: Log },
): void {
  const clean = (text: string, maxLines: number) =>
    cleanText(text, redactor, { maxLines, maxLineLength: 900 })
  const { what, on, seen, next } = failure.details
  for (const message of causeChain(failure.cause)) log.info(`caused by: ${message}`)
  if (core.isDebug() && failure.stack !== undefined) log.debug(failure.stack)
  // Each for itself: however much was seen, what to do is said.
  const message = [clean(`${on}\nSeen: ${seen}`, 36), clean(`Do: ${next}`, 4)].join('\n')
  core.error(message, { title: clean(`${action}: ${what}`, 40) })
}

function endedWithoutVerdict(action: string): Failure {
  return new Failure({
    kind: 'internal',
    code: 'NO_VERDICT',
    what: 'The step ended without a verdict',
    on: action,
    seen: 'the process ended, or ran out of work, before the action had a verdict',
    next: 'Do not trust what this step should have done. Please report this with the log of a run that has debug logging on',
  })
}
