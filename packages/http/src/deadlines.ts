import { timerOf } from '@mlops-actions/diagnostics'
import { Trouble } from './trouble.ts'

/** Milliseconds; a phase without a limit may last as long as the whole. */
export interface Limits {
  readonly connect: number
  /** Between two signs of life while the body of the request goes out. */
  readonly send: number
  readonly headers: number
  readonly idle: number
  readonly total: number | undefined
}

export type Phase = 'connect' | 'send' | 'headers' | 'idle'

/** What a deadline or an abort ends: a request, later its response. */
export interface Ending {
  destroy(error: Error): unknown
}

/** The clocks of one attempt. They run on real time: a silent peer is silent in real seconds. */
export interface Deadlines {
  readonly limits: Limits
  /** Starts the clock of a phase, or starts it again, and ends that of the phase before. */
  enter(phase: Phase): void
  /** No phase is running; the whole and the signals still count. */
  leave(): void
  attach(target: Ending): void
  /** Why the attempt was ended from here, if it was. */
  reason(): Error | undefined
  close(): void
}

export function startDeadlines(limits: Limits, signals: readonly AbortSignal[]): Deadlines {
  let target: Ending | undefined
  let reason: Error | undefined
  let phaseTimer: NodeJS.Timeout | undefined
  const end = (error: Error): void => {
    reason ??= error
    target?.destroy(reason)
  }
  const expire = (phase: Phase | 'total', limit: number): void =>
    end(new Trouble(`${phase}-timeout`, { detail: `${limit} ms` }))
  const onAbort = (): void => end(new Aborted(signals.find((signal) => signal.aborted)?.reason))
  for (const signal of signals) signal.addEventListener('abort', onAbort, { once: true })
  const totalTimer =
    limits.total === undefined ? undefined : setTimeout(expire, timerOf(limits.total), 'total', limits.total)
  if (signals.some((signal) => signal.aborted)) onAbort()
  return {
    limits,
    enter(phase) {
      clearTimeout(phaseTimer)
      phaseTimer = setTimeout(expire, timerOf(limits[phase]), phase, limits[phase])
    },
    leave: () => clearTimeout(phaseTimer),
    attach(next) {
      target = next
      if (reason !== undefined) next.destroy(reason)
    },
    reason: () => reason,
    close() {
      clearTimeout(phaseTimer)
      clearTimeout(totalTimer)
      for (const signal of signals) signal.removeEventListener('abort', onAbort)
    },
  }
}

/** The caller's or the step's signal ended the attempt; the cause is the signal's reason. */
export class Aborted extends Error {
  constructor(reason: unknown) {
    super('aborted', { cause: reason })
    this.name = 'Aborted'
  }
}
