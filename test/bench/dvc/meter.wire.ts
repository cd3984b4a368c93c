import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../../../scripts/command.ts'

/** What a program has taken. */
export interface Measure {
  readonly seconds: number
  /** The most memory that one process of it has had, in MB (10^6). */
  readonly megabytes: number
  /** Processor time, user and system, of all its threads and children. */
  readonly cpuSeconds: number
}

export interface Program {
  readonly command: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

const METER = join(import.meta.dirname, 'meter.py')

/** Runs a program under the same meter as every other one. @throws Error with what it printed where it fails */
export async function measureProgram({ command, cwd, env }: Program): Promise<Measure> {
  const folder = mkdtempSync(join(tmpdir(), 'dvc-bench-meter-'))
  const report = join(folder, 'report')
  try {
    const { code, output } = await runCommand('python3', [METER, report, ...command], { cwd, env })
    if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${output}`)
    const { seconds, cpuSeconds, bytes } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>
    return { seconds: Number(seconds), cpuSeconds: Number(cpuSeconds), megabytes: Number(bytes) / 1e6 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
