import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Failure } from '@mlops-actions/diagnostics'

/**
 * Refuses to touch what a running stage writes: `dvc repro` gives the lock back while a command runs and notes its
 * outputs in `.dvc/tmp/rwlock` (dvc/rwlock.py). What ended processes left there does not count.
 * @param paths relative to the root
 * @throws Failure `conflict`
 */
export async function assertNotBeingWritten(root: string, paths: readonly string[]): Promise<void> {
  const writers = await readWriters(join(root, '.dvc', 'tmp', 'rwlock'))
  for (const [locked, { pid, cmd }] of writers) {
    const path = paths.find((known) => overlaps(resolve(root, known), locked))
    if (path === undefined || !isRunning(pid)) continue
    throw new Failure({
      kind: 'conflict',
      code: 'DVC_BEING_WRITTEN',
      what: 'An output is being written',
      on: path,
      seen: `the process ${pid} (${cmd.slice(0, 80)}) of DVC has it locked for writing`,
      next: 'Run this step when the pipeline has ended',
      retryable: true,
    })
  }
}

interface Writer {
  readonly pid: number
  readonly cmd: string
}

async function readWriters(file: string): Promise<readonly (readonly [path: string, writer: Writer])[]> {
  try {
    const { write }: { write?: Record<string, Partial<Writer>> } = JSON.parse(await readFile(file, 'utf8'))
    return Object.entries(write ?? {}).map(
      ([path, { pid, cmd }]) => [path, { pid: Number(pid), cmd: String(cmd ?? 'dvc') }] as const,
    )
  } catch {
    // There is none, or DVC is just writing it; it writes it anew before each stage.
    return []
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`)
}
