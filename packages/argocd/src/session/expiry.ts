import type { World } from '@mlops-actions/diagnostics'
import { readClaims } from './claims.wire.ts'

/** A token that nobody renews. */
export interface GivenToken {
  readonly token: string
  /** As the sentence begins: "The token of Argo CD". */
  readonly what: string
  /** When the step has to be done, in milliseconds since the epoch. */
  readonly deadline: number
  /** What can be done about it. */
  readonly next: string
}

/** Says at the start, while something can still be done about it, that a token ends before the step may. */
export function warnOfExpiry(
  { now, log }: Pick<World, 'now' | 'log'>,
  { token, what, deadline, next }: GivenToken,
): void {
  const end = readClaims(token)?.expiresAt
  if (end === undefined || end > deadline) return
  const verb = end <= now() ? 'expired' : 'expires'
  log.warn(`${what} ${verb} at ${timeOf(end)}, and this step may wait until ${timeOf(deadline)}. ${next}`)
}

/** `2026-01-15 12:00:30 UTC` */
export function timeOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
