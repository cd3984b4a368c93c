import * as core from '@actions/core'
import { causeChain, Failure, type OutputValue, type Redactor, toFailure } from '@mlops-actions/diagnostics'
import { cleanText } from './console.ts'
import { writeOutputs } from './outputs.ts'

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
  succeed(outputs: Readonly<Record<string, OutputValue | undefined>>): void
  /** Writes `failure-kind`, `retryable` and the one annotation. Only the first verdict counts. */
  fail(failure: Failure): void
  readonly settled: boolean
}

export function createOutcome(action: string, redactor: Redactor): Outcome {
  let settled = false
  process.exitCode = 1
  const kept: Record<string, OutputValue> = {}
  const outcome: Outcome = {
    get settled() {
      return settled
    },
    keep(name, value) {
      kept[name] = value
    },
    succeed(outputs) {
      if (settled) return
      writeOutputs({ ...kept, ...outputs }, redactor)
      settled = true
      process.exitCode = 0
    },
    fail(failure) {
      if (settled) return
      settled = true
      process.exitCode = failure.kind === 'cancelled' ? CANCELLED_EXIT_CODE : 1
      annotate(action, failure, redactor)
      const { kind, retryable, details } = failure
      writeOutputs({ ...kept, ...details.outputs, 'failure-kind': kind, retryable }, redactor)
    },
  }
  process.on('exit', () => outcome.fail(endedWithoutVerdict(action)))
  // A rejection that nobody waited for comes here too. Node would print it raw: unmasked, and with commands in it.
  process.on('uncaughtException', (error) => {
    outcome.fail(toFailure(error))
    process.exit()
  })
  return outcome
}

/** The one `::error::` of a step: the title says what failed, the text the other three parts. */
function annotate(action: string, failure: Failure, redactor: Redactor): void {
  const clean = (text: string) => cleanText(text, redactor, { maxLines: 40, maxLineLength: 900 })
  const { what, on, seen, next } = failure.details
  for (const message of causeChain(failure.cause)) core.info(clean(`caused by: ${message}`))
  if (core.isDebug() && failure.stack !== undefined) core.debug(clean(failure.stack))
  core.error(clean(`${on}\nSeen: ${seen}\nDo: ${next}`), { title: clean(`${action}: ${what}`) })
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
