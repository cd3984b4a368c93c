import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonValue, Redactor } from '@mlops-actions/diagnostics'

/** Writes the whole report as JSON below the runner's temporary folder and returns its path. */
export async function writeReportFile(
  folder: string,
  action: string,
  report: JsonValue,
  redactor: Redactor,
): Promise<string> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${action}-${process.pid}-report.json`)
  await writeFile(path, `${redactor.redact(JSON.stringify(report, undefined, 2))}\n`, { mode: 0o600 })
  return path
}
