import * as core from '@actions/core'
import type { OutputValue, Redactor } from '@mlops-actions/diagnostics'
import { fitJson } from './fit.ts'

/** GitHub allows 1 MiB for all outputs of a job; one output stays well below. */
export const OUTPUT_LIMIT = 64 * 1024

/** Writes outputs to the runner's file; an undefined value is not written. */
export function writeOutputs(
  outputs: Readonly<Record<string, OutputValue | undefined>>,
  redactor: Redactor,
): void {
  for (const [name, value] of Object.entries(outputs)) {
    if (value !== undefined) core.setOutput(name, redactor.redact(formatOutput(value)))
  }
}

function formatOutput(value: OutputValue): string {
  if (typeof value === 'string') return fitText(value)
  return typeof value === 'object' ? fitJson(value, OUTPUT_LIMIT) : String(value)
}

function fitText(value: string): string {
  const bytes = Buffer.from(value)
  if (bytes.length < OUTPUT_LIMIT) return value
  return `${bytes
    .subarray(0, OUTPUT_LIMIT - 64)
    .toString('utf8')
    .replace(/\ufffd+$/, '')}… (${bytes.length} bytes in all)`
}
