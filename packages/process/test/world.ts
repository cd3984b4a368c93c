import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { Failure, silentLog, type World } from '@mlops-actions/diagnostics'

export interface TestWorld {
  readonly world: World
  readonly controller: AbortController
}

/** A world with the real environment and a signal of its own. */
export function createTestWorld(): TestWorld {
  const controller = new AbortController()
  const world: World = {
    log: silentLog,
    signal: controller.signal,
    now: Date.now,
    sleep: () => Promise.reject(new Error('nothing here sleeps')),
    random: Math.random,
    env: process.env,
    mask: () => {},
  }
  return { world, controller }
}

/** The failure with which a promise ends; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (thrown instanceof Failure) return thrown
  throw new Error(`expected a Failure, got ${String(thrown)}`, { cause: thrown })
}

/** Resolves when the condition holds; the test's own time limit ends it otherwise. */
export async function until(condition: () => boolean): Promise<void> {
  // By a timer: processes need the processor to get there.
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 3))
}

/** Whether a process still runs; a dead one that nobody has collected does not. */
export function isAlive(pid: number): boolean {
  const state = process.platform === 'linux' ? linuxState(pid) : stateByPs(pid)
  return state !== '' && !state.startsWith('Z')
}

function linuxState(pid: number): string {
  if (!existsSync(`/proc/${pid}/stat`)) return ''
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  return stat.slice(stat.lastIndexOf(')') + 2)
}

function stateByPs(pid: number): string {
  return spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
}
