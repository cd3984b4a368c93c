import { Failure, silentLog, type World } from '@mlops-actions/diagnostics'

export interface TestWorld {
  readonly world: World
  /** Milliseconds of every sleep, none of which was slept. */
  readonly sleeps: number[]
  readonly warnings: string[]
  readonly masked: string[]
  readonly controller: AbortController
}

export interface TestWorldOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly random?: number
  readonly now?: () => number
}

/** A world whose sleeps take no time and which remembers what it was told. */
export function createTestWorld({
  env = {},
  random = 0.5,
  now = Date.now,
}: TestWorldOptions = {}): TestWorld {
  const sleeps: number[] = []
  const warnings: string[] = []
  const masked: string[] = []
  const controller = new AbortController()
  const world: World = {
    log: { ...silentLog, warn: (message) => void warnings.push(message) },
    signal: controller.signal,
    now,
    sleep: async (ms) => void sleeps.push(ms),
    random: () => random,
    env,
    mask: (secret) => void masked.push(secret),
  }
  return { world, sleeps, warnings, masked, controller }
}

/** The failure with which a promise ends; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('error' in outcome && outcome.error instanceof Failure) return outcome.error
  throw new Error(`expected a Failure, got ${'error' in outcome ? String(outcome.error) : 'a value'}`, {
    cause: 'error' in outcome ? outcome.error : undefined,
  })
}
