// How long a step takes until it says its first word, under the Node that runs this: the time from spawn to the first
// byte on stdout, and the CPU time that the process has taken by then, on all its threads. The baseline is the same for
// `node -e 'console.log(0)'`, the least that any JavaScript action can take.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { measureMedians, type Row, row } from '../../scripts/bench/measure.ts'
import { bundledActions } from '../../scripts/bundle/sources.ts'

const root = resolve(import.meta.dirname, '../..')
const BARE = '(bare node)'

/**
 * Times the CPU of bare node: 150 ms where bare node takes 25. Held for CPU time, which is the same within a few per cent
 * on an idle machine and on one with twenty other programs; the time on the clock is not.
 */
const MOST_CPU = 6

/** Each bundle is started with an input that no action accepts, so that it reads its inputs, complains and ends. */
export async function rows(): Promise<readonly Row[]> {
  const names = bundledActions(root)
  const missing = names.filter((name) => !existsSync(join(root, 'dist', name, 'index.js')))
  if (missing.length > 0) throw new Error(`dist/ has no bundle of ${missing.join(', ')}; run npm run build`)
  const folder = mkdtempSync(join(tmpdir(), 'mlops-actions-bench-'))
  const subjects = new Map(
    names.map((name) => [name, () => start([join(root, 'dist', name, 'index.js')], folder)]),
  )
  subjects.set(BARE, () => start(['-e', 'console.log(0)'], folder))
  try {
    const medians = await measureMedians(subjects, { rounds: 9, warmUp: 2 })
    const [bareTime = Number.NaN, bareCpu = Number.NaN] = medians.get(BARE) ?? []
    return names.flatMap((name) => {
      const [time = Number.NaN, cpu = Number.NaN] = medians.get(name) ?? []
      return [
        row(`start ${name}`, time, 'ms', bareTime),
        row(`start ${name} (CPU)`, cpu, 'ms', bareCpu, MOST_CPU),
      ]
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Loaded before the program: with its first word goes, on a channel of its own, what CPU it has taken so far. */
const CLOCK = `
import { writeSync } from 'node:fs'
const { write } = process.stdout
process.stdout.write = (...args) => {
  process.stdout.write = write
  const { user, system } = process.cpuUsage()
  writeSync(3, String((user + system) / 1000))
  return write.apply(process.stdout, args)
}`

/** Milliseconds from spawn to the first byte on stdout, and of CPU; rejects when the process ends without one. */
function start(args: readonly string[], cwd: string): Promise<readonly number[]> {
  const { promise, resolve: settle, reject } = Promise.withResolvers<readonly number[]>()
  const env = {
    PATH: process.env['PATH'],
    HOME: cwd,
    RUNNER_TEMP: cwd,
    GITHUB_WORKSPACE: cwd,
    INPUT_TIMEOUT: 'wrong',
  }
  const clock = `data:text/javascript,${encodeURIComponent(CLOCK)}`
  const began = performance.now()
  const child = spawn(process.execPath, ['--import', clock, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const [, stdout, stderr, clocked] = child.stdio
  let elapsed = Number.NaN
  stdout?.once('data', () => {
    elapsed = performance.now() - began
  })
  stdout?.resume()
  const [cpu, complaint] = [collect(clocked), collect(stderr)]
  child.on('error', reject)
  child.on('close', () =>
    Number.isNaN(elapsed) || cpu() === ''
      ? reject(new Error(`node ${args.join(' ')} printed nothing but: ${complaint().trim()}`))
      : settle([elapsed, Number(cpu())]),
  )
  return promise
}

function collect(stream: NodeJS.EventEmitter | null | undefined): () => string {
  let text = ''
  stream?.on('data', (chunk) => {
    text += chunk
  })
  return () => text
}
