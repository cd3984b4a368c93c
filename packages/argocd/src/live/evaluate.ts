import { expectedKeys, judgeExpected } from './expected.ts'
import { healthKeys, judgeBehind, judgeHealth, judgeRollouts, rolloutNoted } from './health.ts'
import { hydrationKeys, judgeHydration } from './hydration.ts'
import { type Memory, type Noted, note } from './memory.ts'
import { judgeFreshness, judgeOperation } from './operation.ts'
import { judgeTroubles, type SightedTrouble, troubleKeys, troublesOf, withTrouble } from './pods.ts'
import { judgeRevision, revisionKeys } from './revision.ts'
import { comparedAtOf, currentRevision, type LiveState, type LiveWant } from './state.ts'
import { judgeStopped, stoppedKeys } from './stopped.ts'
import { judgeSync, syncKeys } from './sync.ts'
import { degradedKeys, judgeUnfinished } from './unfinished.ts'
import { type LiveVerdict, waits } from './verdict.ts'

/** What is thought after a look. */
export interface Judged {
  readonly memory: Memory
  readonly verdict: LiveVerdict
  /** What was wrong with pods. */
  readonly troubles: readonly SightedTrouble[]
  /** What is so at this look, and when it will count. */
  readonly noted: readonly Noted[]
}

/**
 * Judges a look at an Application by the race-free rules that no Argo CD client has: this revision (or a newer one that
 * contains it), synced, its own operation succeeded, compared after that operation ended, healthy down to the pods,
 * confirmed by one more comparison, and settled. Looks come in the order of time, each with the memory of those before.
 * Pure.
 */
export function evaluate(before: Memory, state: LiveState, want: LiveWant): Judged {
  const troubles = troublesOf(state, want)
  const noted = notedOf(state, want, troubles)
  const memory = note(before, noted, state.application, state.now)
  const verdict = judge(state, want, memory, troubles)
  if (verdict === undefined) return { ...settle(state, want, memory), troubles, noted }
  return { memory: { ...memory, green: undefined }, verdict: withTrouble(verdict, troubles), troubles, noted }
}

function notedOf(state: LiveState, want: LiveWant, troubles: readonly SightedTrouble[]): readonly Noted[] {
  return [
    ...stoppedKeys(state),
    ...hydrationKeys(state, want),
    ...revisionKeys(state, want),
    ...troubleKeys(troubles),
    ...syncKeys(state, want),
    ...healthKeys(state, want),
    ...degradedKeys(state, want),
    ...rolloutNoted(state),
    ...expectedKeys(state, want),
  ]
}

/** Undefined when everything is good at this moment. */
function judge(
  state: LiveState,
  want: LiveWant,
  memory: Memory,
  troubles: readonly SightedTrouble[],
): LiveVerdict | undefined {
  return (
    judgeStopped(state, memory) ??
    judgeOperation(state, want) ??
    judgeHydration(state, want, memory) ??
    judgeRevision(state, want, memory) ??
    judgeTroubles(troubles, want, memory, state.now) ??
    judgeSync(state, want, memory) ??
    judgeFreshness(state) ??
    judgeHealth(state, want, memory) ??
    judgeUnfinished(state, want, memory) ??
    judgeBehind(state) ??
    judgeRollouts(state, want, memory) ??
    judgeExpected(state, want, memory)
  )
}

/** Good now: it has to be good after Argo CD has compared once more, too, and for the settle time. */
function settle(state: LiveState, want: LiveWant, memory: Memory): Pick<Judged, 'memory' | 'verdict'> {
  const comparedAt = comparedAtOf(state.application)
  const before = memory.green ?? { since: state.now, comparedAt, isConfirmed: false }
  // A refresh can be answered without a comparison (argo-cd #28603), or compare and never be answered (#21613).
  const green = { ...before, isConfirmed: before.isConfirmed || comparedAt > before.comparedAt }
  return {
    memory: { ...memory, green },
    verdict: settled(state, want, green.isConfirmed, state.now - green.since),
  }
}

function settled(state: LiveState, want: LiveWant, isConfirmed: boolean, good: number): LiveVerdict {
  if (!isConfirmed) return waits('confirming', 'synced and healthy; looking once more')
  const seconds = (ms: number) => Math.round(ms / 1_000)
  if (good < want.settle)
    return waits('settling', `synced and healthy for ${seconds(good)} s of ${seconds(want.settle)} s`)
  const isNewer = state.relation === 'newer'
  return {
    status: isNewer ? 'superseded' : 'live',
    cause: 'live',
    reason: ['synced and healthy', ...state.paused].join('; '),
    revision: liveRevision(state, want),
    notes: [...state.paused, ...state.unproven],
    isProven: state.unproven.length === 0,
  }
}

/** Of what a source hydrator wrote, the commit that it was written from: the other one nobody has asked for. */
function liveRevision(state: LiveState, want: LiveWant): string {
  const { sourceHydrator } = state.application.status
  const dry = want.source.kind === 'hydrated' ? sourceHydrator?.currentOperation?.drySHA : undefined
  return dry ?? currentRevision(state, want)
}
