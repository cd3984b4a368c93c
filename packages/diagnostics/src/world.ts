import type { Log } from './log.ts'

/**
 * Everything outside of a package that it may touch, passed in as one value:
 * no package reads the clock, the environment or the network on its own.
 */
export interface World {
  readonly log: Log
  /** Aborted when the runner cancels the step; everything that waits takes it. */
  readonly signal: AbortSignal
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when the step is cancelled. */
  readonly sleep: (ms: number) => Promise<void>
  /** In [0, 1): the source of jitter and of unique names. */
  readonly random: () => number
  readonly env: Readonly<Record<string, string | undefined>>
  /** Registers a secret before it is used for anything, so that no log, summary or output can show it. */
  readonly mask: (secret: string) => void
}
