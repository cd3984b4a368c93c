import type { Failure } from '@mlops-actions/diagnostics'

/**
 * What a pure `evaluate(state, want)` says of one observation. `reason` is what a person reads while waiting:
 * "3 of 4 pods are new".
 */
export type Verdict<T> =
  | { readonly status: 'pending'; readonly reason: string }
  | { readonly status: 'done'; readonly value: T }
  | { readonly status: 'failed'; readonly failure: Failure }

export function pending(reason: string): Verdict<never> {
  return { status: 'pending', reason }
}

export function done<T>(value: T): Verdict<T> {
  return { status: 'done', value }
}

export function failed(failure: Failure): Verdict<never> {
  return { status: 'failed', failure }
}
