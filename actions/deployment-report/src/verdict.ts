import type { Reports } from './reports.ts'
import type { Outcomes } from './steps.ts'

/** What became of the deployment. */
export type Verdict =
  /** The new version is proven to serve. */
  | 'live'
  /** So it is, and it had been deployed before. */
  | 'live-already'
  /** The previous version was written back and is proven to serve. */
  | 'rolled-back'
  /** A later version of somebody else stands there and is proven to serve. */
  | 'superseded'
  /** Nothing was changed. */
  | 'untouched'
  /** What was deployed by another run is not proven to serve, and was left alone. */
  | 'not-ours'
  /** The way back was gone, but what stands at its end is not proven to serve. */
  | 'not-proven'
  /** The previous version was not written back. */
  | 'not-restored'
  /** There was no previous version. */
  | 'no-way-back'

/** Those after which nobody knows what serves. */
const ALARMS: readonly Verdict[] = ['not-proven', 'not-restored', 'no-way-back']

export function isAlarm(verdict: Verdict): boolean {
  return ALARMS.includes(verdict)
}

/** The output `result`. */
export function resultOf(verdict: Verdict): 'live' | 'rolled-back' | 'superseded' | 'failed' {
  if (verdict === 'live' || verdict === 'live-already') return 'live'
  return verdict === 'rolled-back' || verdict === 'superseded' ? verdict : 'failed'
}

/** Judges by what GitHub and the steps themselves say. Pure. */
export function evaluateDeployment(
  steps: Outcomes,
  { bump, rollback }: Pick<Reports, 'bump' | 'rollback'>,
): Verdict {
  if (steps.health === 'success') return isOld(bump) ? 'live-already' : 'live'
  if (steps.rollback === 'success') {
    if (steps.restored !== 'success') return 'not-proven'
    return rollback.outcome === 'superseded' ? 'superseded' : 'rolled-back'
  }
  if (steps.rollback !== 'skipped') return 'not-restored'
  if (steps.bump !== 'success') return 'untouched'
  if (isOld(bump)) return 'not-ours'
  return bump.values.some(({ before = '', after }) => before !== '' && before !== after)
    ? 'not-restored'
    : 'no-way-back'
}

function isOld({ outcome, fromThisRun }: Reports['bump']): boolean {
  return outcome === 'already-there' && !fromThisRun
}
