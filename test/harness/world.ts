import type { Log, World } from '@mlops-actions/diagnostics'

/** A clock that stands still until somebody sleeps; then it jumps to where the first sleeper wants to be. */
export interface FakeClock {
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** Milliseconds slept, in order. */
  readonly sleeps: readonly number[]
}

export interface TestWorld extends World {
  readonly lines: readonly string[]
  readonly secrets: readonly string[]
  readonly sleeps: readonly number[]
  readonly cancel: (reason?: unknown) => void
}

/**
 * A world in which time passes only by sleeping: `sleep(ms)` lets everything that is ready run (sockets included)
 * and then moves the clock on, so that an hour of waiting costs milliseconds.
 * @param env what the environment is; empty unless given
 * @param pace real milliseconds between two moves of the clock, where processes have to get on with their work meanwhile
 */
export function testWorld({
  env = {},
  start = Date.parse('2026-01-15T12:00:00Z'),
  random = 0.5,
  pace = 0,
} = {}): TestWorld {
  const controller = new AbortController()
  const clock = fakeClock(start, controller.signal, pace)
  const lines: string[] = []
  const secrets: string[] = []
  return {
    log: recordingLog(lines),
    signal: controller.signal,
    now: clock.now,
    sleep: clock.sleep,
    random: () => random,
    env,
    mask: (secret) => secrets.push(secret),
    lines,
    secrets,
    sleeps: clock.sleeps,
    cancel: (reason = new DOMException('cancelled', 'AbortError')) => controller.abort(reason),
  }
}

function recordingLog(lines: string[]): Log {
  return {
    debug: (message) => lines.push(`debug: ${message}`),
    info: (message) => lines.push(message),
    warn: (message) => lines.push(`warning: ${message}`),
    group: (title, body) => {
      lines.push(`group: ${title}`)
      return body()
    },
  }
}

function fakeClock(start: number, signal: AbortSignal, pace: number): FakeClock {
  let time = start
  const sleepers: { due: number; wake: () => void }[] = []
  const sleeps: number[] = []
  let turning = false
  const turn = () => {
    turning = false
    const next = sleepers.sort((a, b) => a.due - b.due).shift()
    if (next === undefined) return
    time = Math.max(time, next.due)
    next.wake()
    if (sleepers.length > 0) schedule()
  }
  const schedule = () => {
    if (turning) return
    turning = true
    if (pace > 0) setTimeout(turn, pace)
    else setImmediate(turn)
  }
  return {
    now: () => time,
    sleeps,
    sleep: (ms) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
        sleeps.push(ms)
        sleepers.push({ due: time + ms, wake: resolve })
        schedule()
      }),
  }
}
