import type { Failure } from '@mlops-actions/diagnostics'

/** How it stands with one Application, as the outputs `result` and `applications` say it. */
export type Result = 'live' | 'superseded' | 'blocked' | 'failed' | 'timeout' | 'pending'

/** Kinds of failure that tell about our access, and nothing about the commit. */
const BLIND = new Set<Failure['kind']>([
  'auth',
  'upstream',
  'rate-limit',
  'quota',
  'config',
  'internal',
  'cancelled',
])

/** Whether the failure says something of the commit: that it is not live. */
export function isVerdict({ code, kind }: Failure): boolean {
  // A request that took too long is none.
  if (kind === 'timeout') return code === 'WAIT_TIMEOUT'
  return code.startsWith('ARGOCD_') || code.startsWith('ROLLOUT_') || !BLIND.has(kind)
}

/** Rules that refuse what was synced, or override it: nothing keeps the commit from being synced. */
const NOT_BLOCKED = /^(ROLLOUT_|ARGOCD_EXPECTED$)/

/**
 * The result that a failure stands for; undefined where it only says that nothing could be told. What a rule of Argo CD
 * keeps from being synced is blocked: a policy of the cluster that refuses a pod is a failure of the deployment.
 */
export function resultOf(failure: Failure): 'blocked' | 'failed' | 'timeout' | undefined {
  if (!isVerdict(failure)) return undefined
  if (failure.kind === 'timeout') return 'timeout'
  return failure.kind === 'policy' && !NOT_BLOCKED.test(failure.code) ? 'blocked' : 'failed'
}

/** The worst first: what the step as a whole is called after. */
const WORST_FIRST: readonly Result[] = ['failed', 'blocked', 'timeout', 'pending', 'superseded', 'live']

/** Of several failures the one whose result is the worst: the step fails with it. */
export function worstFailure(failures: readonly Failure[]): Failure | undefined {
  const rank = (failure: Failure) => WORST_FIRST.indexOf(resultOf(failure) ?? 'pending')
  return failures.toSorted((one, other) => rank(one) - rank(other))[0]
}

export function worstOf(results: readonly Result[]): Result | undefined {
  return WORST_FIRST.find((result) => results.includes(result))
}

/** How many there are of each result, `{"live":2,"failed":1}`. */
export function countsOf(results: readonly Result[]): Readonly<Record<string, number>> {
  const counts = WORST_FIRST.map(
    (result) => [result, results.filter((one) => one === result).length] as const,
  )
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}
