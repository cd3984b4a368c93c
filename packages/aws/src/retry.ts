import type { S3ClientConfig } from '@aws-sdk/client-s3'
import type { World } from '@mlops-actions/diagnostics'
import { fullJitter } from '@mlops-actions/wait'
import { readAwsError } from './error.wire.ts'

/**
 * What a failed attempt means for the ones that follow.
 * - `throttled`: the server wants fewer requests, or is too busy to answer in time
 * - `passing`: the same request can succeed later
 * - `lasting`: it cannot
 */
export type AttemptTrouble = 'throttled' | 'passing' | 'lasting'

export interface RetryOptions {
  readonly world: Pick<World, 'sleep' | 'random' | 'now'>
  /** Told of every failed attempt, also of those that are tried again. */
  readonly onTrouble?: ((trouble: AttemptTrouble) => void) | undefined
  /** No more attempts than these, whatever the trouble: for calls that somebody waits for. */
  readonly attempts?: number
}

/** Milliseconds; a server that is down for a minute is outlived, one that is gone is not waited for. */
const FIRST_DELAY = 300
const LONGEST_DELAY = 15_000
const LONGEST_RETRY_AFTER = 60_000

/** Attempts in all. Throttling ends by itself, a name that does not resolve hardly ever. */
const ATTEMPTS: Readonly<Record<AttemptTrouble, number>> = { throttled: 10, passing: 6, lasting: 1 }
const FEW_ATTEMPTS = 3

type Strategy = Extract<S3ClientConfig['retryStrategy'], { refreshRetryTokenForRetry: unknown }>
type Token = Awaited<ReturnType<Strategy['acquireInitialRetryToken']>>

/**
 * How the SDK's clients try again: full jitter on the world's clock, Retry-After obeyed, and no budget that all requests
 * of a client share: the SDK's own one is used up by a hundred throttled requests, and the rest then fails at once.
 */
export function createRetryStrategy({ world, onTrouble, attempts = Infinity }: RetryOptions): Strategy {
  return {
    acquireInitialRetryToken: async () => token(0),
    refreshRetryTokenForRetry: async (before, { error, retryAfterHint }) => {
      const trouble = judgeAttempt(error)
      onTrouble?.(trouble)
      const made = before.getRetryCount() + 1
      if (made >= Math.min(attempts, attemptsFor(trouble, error))) throw error
      const jitter = fullJitter(made - 1, { base: FIRST_DELAY, cap: LONGEST_DELAY, random: world.random })
      // The SDK made the date from the real clock; only the time until then is of use.
      const hinted = retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - Date.now()
      await world.sleep(Math.max(jitter, Math.min(hinted, LONGEST_RETRY_AFTER)))
      return token(made)
    },
    recordSuccess: () => {},
  }
}

/** The waiting is done when a token is handed out, so that it happens on the world's clock. */
function token(retries: number): Token {
  return { getRetryCount: () => retries, getRetryDelay: () => 0 }
}

const BUSY = /Throttl|SlowDown|TooManyRequests|RequestLimitExceeded|BandwidthLimitExceeded/
const PASSING_NAMES = /^(InternalError|RequestTimeout|OperationAborted|ConditionalRequestConflict|BadDigest)/
const PASSING_STATUS = new Set([408, 500, 502, 504])
const PASSING_NETWORK = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
])

/** Pure: what the error of one attempt means. */
export function judgeAttempt(thrown: unknown): AttemptTrouble {
  const { name, status, networkCode = '', clockCorrected } = readAwsError(thrown)
  if (PASSING_NETWORK.has(networkCode)) return 'passing'
  if (BUSY.test(name) || status === 429 || status === 503 || name === 'TimeoutError') return 'throttled'
  const passing = PASSING_NAMES.test(name) || PASSING_STATUS.has(status ?? 0) || clockCorrected
  return passing ? 'passing' : 'lasting'
}

/** A wrong name, and a line that damages what is sent, stay as they are. */
function attemptsFor(trouble: AttemptTrouble, thrown: unknown): number {
  const { name, networkCode } = readAwsError(thrown)
  return networkCode === 'ENOTFOUND' || name === 'BadDigest' ? FEW_ATTEMPTS : ATTEMPTS[trouble]
}
