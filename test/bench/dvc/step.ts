import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DEFAULT_PRINCIPAL } from '@mlops-actions/sandbox'
import type { BenchServer } from './servers.ts'

export interface StepMeasure {
  readonly seconds: number
  /** The most memory that the process has had, in MB (10^6). */
  readonly megabytes: number
  /** Processor time, user and system, of all its threads. */
  readonly cpuSeconds: number
  readonly outputs: Readonly<Record<string, string>>
}

const BUNDLE = resolve(import.meta.dirname, '../../../dist/dvc-push/index.js')
/** Writes what the process has used when it ends. */
const USAGE = `process.on('exit', () => require('node:fs').writeFileSync(process.env.BENCH_USAGE, JSON.stringify(process.resourceUsage())))`

/** Runs the bundle of dvc-push in a repository, as a job would, and says what it took. @throws where it fails */
export async function measurePush(
  workspace: string,
  server: BenchServer,
  inputs: Readonly<Record<string, string>> = {},
): Promise<StepMeasure> {
  const folder = mkdtempSync(join(tmpdir(), 'dvc-bench-step-'))
  const file = (name: string) => join(folder, name)
  try {
    for (const name of ['output', 'summary', 'usage.cjs', 'usage']) writeFileSync(file(name), '')
    writeFileSync(file('usage.cjs'), USAGE)
    writeFileSync(file('ca'), server.ca)
    const start = performance.now()
    const child = spawn(process.execPath, ['--require', file('usage.cjs'), BUNDLE], {
      cwd: workspace,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        BENCH_USAGE: file('usage'),
        GITHUB_OUTPUT: file('output'),
        GITHUB_STEP_SUMMARY: file('summary'),
        GITHUB_WORKSPACE: workspace,
        RUNNER_TEMP: folder,
        AWS_ACCESS_KEY_ID: DEFAULT_PRINCIPAL.accessKeyId,
        AWS_SECRET_ACCESS_KEY: DEFAULT_PRINCIPAL.secretAccessKey,
        AWS_REGION: 'us-east-1',
        'INPUT_CA-CERT': file('ca'),
        ...Object.fromEntries(
          Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
        ),
      },
    })
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
    })
    const code = await new Promise<number | null>((done) => child.on('close', done))
    const seconds = (performance.now() - start) / 1_000
    if (code !== 0) throw new Error(`dvc-push ended with ${code}:\n${said}`)
    const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(readFileSync(file('usage'), 'utf8'))
    return {
      seconds,
      megabytes: (maxRSS * 1_024) / 1e6,
      cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
      outputs: parseOutputs(readFileSync(file('output'), 'utf8')),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `NAME<<DELIMITER`, lines, `DELIMITER`, as the runner reads them. */
function parseOutputs(text: string): Record<string, string> {
  const found = text.matchAll(/^([^<\n]+)<<(\S+)\n([\s\S]*?)\n?\2$/gm)
  return Object.fromEntries([...found].map(([, name, , value]) => [name, value]))
}
