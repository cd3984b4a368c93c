import { setTimeout as delay } from 'node:timers/promises'
import { type OutputValue, type Redactor, timerOf, type World } from '@mlops-actions/diagnostics'
import type { Cancellation } from './cancel.ts'
import { createConsoleLog, createMask, maskEnvironment } from './console.ts'
import { type RunContext, readContext } from './context.ts'
import { requestIdToken } from './id-token.ts'
import type { Outcome } from './outcome.ts'

/** The world of an action: what packages get, and what only a step of a job has. */
export interface ActionWorld extends World {
  readonly context: RunContext
  /** Sets an output that is known now and stays true when the step fails later. */
  readonly output: (name: string, value: OutputValue) => void
  /** A token of GitHub's OIDC provider; fails with advice where the job lacks `id-token: write`. */
  readonly idToken: (audience: string) => Promise<string>
}

export function createWorld(redactor: Redactor, outcome: Outcome, { signal }: Cancellation): ActionWorld {
  const mask = createMask(redactor)
  maskEnvironment(process.env, mask)
  const world: World = {
    log: createConsoleLog(redactor),
    signal,
    // Since the process started by the monotonic clock: a clock that is set in the middle lengthens no wait.
    now: () => Math.round(performance.timeOrigin + performance.now()),
    sleep: (ms) => delay(timerOf(ms), undefined, { signal }).catch(() => Promise.reject(signal.reason)),
    random: Math.random,
    env: process.env,
    mask,
  }
  return {
    ...world,
    context: readContext(process.env),
    output: (name, value) => outcome.keep(name, value),
    idToken: async (audience) => {
      const token = await requestIdToken(world, audience)
      mask(token)
      return token
    },
  }
}
