import type { Clock } from '../kubernetes/clock.ts'
import { timestamp } from '../kubernetes/lifecycle.ts'
import type { GitSource } from './git-source.ts'
import type { ArgocdState } from './state.ts'

/** Milliseconds; what a real installation uses stands beside each. */
export interface ArgocdTimings {
  /** Between two polls of the Git repositories (120 s). */
  readonly pollEvery: number
  /** How long a comparison takes after it has asked Git (0); a refresh that arrives meanwhile is lost before 3.6. */
  readonly comparisonTakes: number
  /** First delay between two attempts of an operation, doubled up to `retryLimit` (5 s). */
  readonly retryBackOff: number
  /** Longest delay between two attempts (3 min). */
  readonly retryLimit: number
  /** First delay before self-heal tries again, tripled up to `selfHealLimit` (2 s). */
  readonly selfHealBackOff: number
  readonly selfHealLimit: number
  /** Errors of a repository are swallowed for so long (180 s). */
  readonly repositoryGrace: number
  /** Between two keep-alive comments of an event stream (15 s). */
  readonly keepAliveEvery: number
}

export const ARGOCD_TIMINGS: ArgocdTimings = {
  pollEvery: 120_000,
  comparisonTakes: 0,
  retryBackOff: 5_000,
  retryLimit: 180_000,
  selfHealBackOff: 2_000,
  selfHealLimit: 300_000,
  repositoryGrace: 180_000,
  keepAliveEvery: 15_000,
}

/** What controller and API work with. */
export interface Argocd {
  readonly state: ArgocdState
  readonly clock: Clock
  readonly timings: ArgocdTimings
  readonly git: GitSource
  readonly signal: AbortSignal
}

export function nowText(argocd: Argocd): string {
  return timestamp(argocd.clock.now())
}
