import { spawn } from 'node:child_process'

/**
 * Loaded before the program: when it ends, it says on a channel of its own how much memory and CPU time it took. Not by
 * `maxRSS`, where Linux counts the program that started it too.
 */
const METER = `
import { readFileSync, writeSync } from 'node:fs'
process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  const [, peak] = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))
  writeSync(3, JSON.stringify([Number(peak) * 1024 / 1e6, (user + system) / 1000]))
})`

/** Milliseconds, MB, and milliseconds of CPU of one process; throws with what it said when it fails. */
export async function measure(
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<readonly number[]> {
  const began = performance.now()
  const child = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(METER)}`, ...args],
    { cwd, env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  )
  const [, stdout, stderr, meter] = child.stdio.map((stream) => collect(stream))
  const code = await new Promise<number | null>((settle, reject) => {
    child.on('error', reject)
    child.on('close', settle)
  })
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}: ${stdout?.()}${stderr?.()}`)
  const used: unknown = JSON.parse(meter?.() ?? '')
  return [performance.now() - began, ...(Array.isArray(used) ? used.map(Number) : [])]
}

function collect(stream: NodeJS.EventEmitter | null | undefined): () => string {
  let text = ''
  stream?.on('data', (chunk) => {
    text += chunk
  })
  return () => text
}
