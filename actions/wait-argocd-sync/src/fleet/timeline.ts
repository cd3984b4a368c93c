import { isSyncing, isThere, type LiveState } from '@mlops-actions/argocd'

/** What a wait was waiting for, in the order in which it passes. */
export type Phase = 'commit' | 'sync' | 'health' | 'settle'

export interface Span {
  readonly phase: Phase
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly to: number
}

/** @param isGreen whether everything was good at this look */
export function phaseOf(state: LiveState, isGreen: boolean): Phase {
  if (isGreen) return 'settle'
  if (!isThere(state)) return 'commit'
  const { application } = state
  return isSyncing(application) || application.status.sync.status !== 'Synced' ? 'sync' : 'health'
}

/** The spans up to a look that saw this phase: the last one goes on, or ends where the new one begins. */
export function extend(spans: readonly Span[], phase: Phase, now: number, started: number): readonly Span[] {
  const last = spans.at(-1)
  const from = last?.to ?? started
  if (last?.phase === phase) return [...spans.slice(0, -1), { ...last, to: now }]
  const closed = last === undefined ? [] : [...spans.slice(0, -1), { ...last, to: now }]
  return [...closed, { phase, from: last === undefined ? from : now, to: now }]
}
