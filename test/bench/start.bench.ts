// How long a step takes until it says its first word: spawn to first byte on stdout, under the Node that runs this.
// The baseline is the same for `node -e 'console.log(0)'`, the least that any JavaScript action can take.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { medianMilliseconds, type Row, row } from '../../scripts/bench/measure.ts'
import { bundledActions } from '../../scripts/bundle/sources.ts'

const root = resolve(import.meta.dirname, '../..')

/** Each bundle is started with an input that no action accepts, so that it reads its inputs, complains and ends. */
export async function rows(): Promise<readonly Row[]> {
  const missing = bundledActions(root).filter((name) => !existsSync(join(root, 'dist', name, 'index.js')))
  if (missing.length > 0) throw new Error(`dist/ has no bundle of ${missing.join(', ')}; run npm run build`)
  const folder = mkdtempSync(join(tmpdir(), 'mlops-actions-bench-'))
  const names = bundledActions(root)
  const bare = '(bare node)'
  const subjects = new Map(
    names.map((name) => [name, () => firstByte([join(root, 'dist', name, 'index.js')], folder)]),
  )
  subjects.set(bare, () => firstByte(['-e', 'console.log(0)'], folder))
  try {
    const medians = await medianMilliseconds(subjects, { rounds: 15, warmUp: 3 })
    const baseline = medians.get(bare) ?? Number.NaN
    return names.map((name) => row(`start ${name}`, medians.get(name) ?? Number.NaN, 'ms', baseline))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Milliseconds from spawn to the first byte on stdout; rejects when the process ends without one. */
function firstByte(args: readonly string[], cwd: string): Promise<number> {
  const { promise, resolve: settle, reject } = Promise.withResolvers<number>()
  const env = {
    PATH: process.env['PATH'],
    HOME: cwd,
    RUNNER_TEMP: cwd,
    GITHUB_WORKSPACE: cwd,
    INPUT_TIMEOUT: 'wrong',
  }
  const start = performance.now()
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let elapsed = Number.NaN
  child.stdout.once('data', () => {
    elapsed = performance.now() - start
  })
  child.stdout.resume()
  let complaint = ''
  child.stderr.on('data', (chunk) => {
    complaint += chunk
  })
  child.on('error', reject)
  child.on('close', () =>
    Number.isNaN(elapsed)
      ? reject(new Error(`node ${args.join(' ')} printed nothing but: ${complaint.trim()}`))
      : settle(elapsed),
  )
  return promise
}
