import type { HttpResponse } from './client.ts'
import type { Trouble, TroubleName } from './trouble.ts'

/** What one failed attempt leaves to decide with. */
export interface RetryState {
  /** Attempts made so far, at least 1. */
  readonly attempt: number
  /** Attempts allowed after the first. */
  readonly retries: number
  readonly idempotent: boolean
  /** Milliseconds since the epoch. */
  readonly now: number
  /** No attempt is planned beyond it; milliseconds since the epoch. */
  readonly deadline: number | undefined
  /** In [0, 1). */
  readonly random: number
}

const FIRST_DELAY = 500
const LONGEST_DELAY = 15_000
/** Longer than this no server's Retry-After is obeyed: the step says so instead of sitting there. */
const LONGEST_RETRY_AFTER = 300_000
/** A name that does not resolve is a wrong name far more often than a passing fault. */
const NAME_RETRIES = 2

/** `resend`: the server has not acted on it, so even a POST may go out again. */
type Rule = 'resend' | 'idempotent' | 'never'

const RULES: Readonly<Partial<Record<TroubleName, Rule>>> = {
  'name-unknown': 'resend',
  'name-temporary': 'resend',
  refused: 'resend',
  unreachable: 'resend',
  'connect-timeout': 'resend',
  reset: 'idempotent',
  cut: 'idempotent',
  'send-timeout': 'idempotent',
  'headers-timeout': 'idempotent',
  'idle-timeout': 'idempotent',
  'total-timeout': 'idempotent',
  network: 'idempotent',
  proxy: 'resend',
  empty: 'idempotent',
  'not-json': 'idempotent',
}

const STATUS_RULES: Readonly<Record<number, Rule>> = {
  408: 'idempotent',
  429: 'resend',
  500: 'idempotent',
  502: 'idempotent',
  503: 'idempotent',
  504: 'idempotent',
}

/** Milliseconds until the next attempt, or undefined where there must be none. Full jitter between 0 and 0.5 s … 15 s. */
export function planRetry(trouble: Trouble, state: RetryState): number | undefined {
  const allowed = trouble.trouble === 'name-unknown' ? Math.min(NAME_RETRIES, state.retries) : state.retries
  if (state.attempt > allowed) return undefined
  const rule = ruleFor(trouble)
  if (rule === 'never' || (rule === 'idempotent' && !state.idempotent)) return undefined
  const delay = state.random * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (state.attempt - 1))
  const asked = trouble.response === undefined ? undefined : retryAfter(trouble.response, state.now)
  if (asked !== undefined && asked > LONGEST_RETRY_AFTER) return undefined
  // Jitter on top of what was asked: clients that were sent away together must not come back together.
  const wait = asked === undefined ? delay : asked + Math.min(delay, FIRST_DELAY)
  return state.deadline !== undefined && state.now + wait >= state.deadline ? undefined : wait
}

function ruleFor({ trouble, response }: Trouble): Rule {
  if (trouble === 'status') return STATUS_RULES[response?.status ?? 0] ?? 'never'
  return RULES[trouble] ?? 'never'
}

/**
 * Milliseconds that a Retry-After header asks for (RFC 9110, 10.2.3: seconds or an HTTP date).
 * A date is measured by the server's own clock where the response carries it, so that a wrong clock here does no harm.
 */
export function retryAfter({ headers }: Pick<HttpResponse, 'headers'>, now: number): number | undefined {
  const value = headers['retry-after']?.trim()
  if (value === undefined || value === '') return undefined
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000
  // Date.parse alone takes "-5" for a date.
  const at = /^[A-Za-z]{3,9}[, ]/.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(at)) return undefined
  const serverNow = Date.parse(headers['date'] ?? '')
  return Math.max(0, at - (Number.isNaN(serverNow) ? now : serverNow))
}
