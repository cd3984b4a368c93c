import { writeFile } from 'node:fs/promises'
import type { JsonValue, Redactor } from '@mlops-actions/diagnostics'
import { keptFile } from './kept-file.ts'

/** Writes the whole report as JSON below the runner's temporary folder and returns its path. */
export async function writeReportFile(
  folder: string,
  action: string,
  report: JsonValue,
  redactor: Redactor,
): Promise<string> {
  const path = keptFile(folder, action, 'report')
  await writeFile(path, `${redactor.redact(JSON.stringify(report, undefined, 2))}\n`, { mode: 0o600 })
  return path
}
