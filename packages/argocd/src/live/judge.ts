import type { Failure } from '@mlops-actions/diagnostics'
import { done, failed, pending, type Verdict } from '@mlops-actions/wait'
import { evaluate, type Judged } from './evaluate.ts'
import { lacksRendering } from './expected.ts'
import { lacksComparison, NOTHING_SEEN, nextRipe } from './memory.ts'
import type { Live, LiveState, LiveWant, PodTrouble } from './state.ts'
import type { LiveVerdict } from './verdict.ts'

export interface LiveJudge {
  /** Judges the next look; looks come in the order of time. */
  evaluate(state: LiveState): Verdict<Live>
  /** What was thought at the last look, with its cause. */
  readonly verdict: LiveVerdict | undefined
  /** The failure, where at the last look only a rule or a person could end the wait: then its end is no time-out. */
  readonly blocked: Failure | undefined
  /** Whether a look after one more comparison is missing. */
  readonly wantsRefresh: boolean
  /** Whether Argo CD has to render the manifests anew. */
  readonly wantsRendering: boolean
  /** Milliseconds after which a look can bring the verdict, where that is sooner than the next regular one. */
  dueIn(now: number): number | undefined
  /** What was wrong with pods at the last look. */
  readonly troubles: readonly PodTrouble[]
}

/**
 * Holds the memory of {@link evaluate} between the looks at one Application.
 * @param onBlocked whether what only a rule or a person can end is waited for
 */
export function createLiveJudge(want: LiveWant, onBlocked: 'wait' | 'fail' = 'fail'): LiveJudge {
  let last: (Judged & { readonly state: LiveState }) | undefined
  return {
    evaluate(state) {
      last = { ...evaluate(last?.memory ?? NOTHING_SEEN, state, want), state }
      return toVerdict(last.verdict, onBlocked)
    },
    get verdict() {
      return last?.verdict
    },
    get blocked() {
      return last?.verdict.status === 'blocked' ? last.verdict.failure : undefined
    },
    get wantsRefresh() {
      if (last === undefined) return false
      const { green } = last.memory
      return (green !== undefined && !green.isConfirmed) || lacksComparison(last.memory, last.noted)
    },
    get wantsRendering() {
      return last !== undefined && lacksRendering(last.state, want)
    },
    dueIn: (now) => last && dueIn(last, want, now),
    get troubles() {
      return last?.troubles ?? []
    },
  }
}

/** Argo CD's timestamps have seconds: a refresh within the same one proves nothing. With the jitter of the wait it is over. */
const CONFIRM_AFTER_MS = 1_300

function dueIn({ memory, noted }: Judged, { settle }: LiveWant, now: number): number | undefined {
  const { green } = memory
  if (green !== undefined)
    return green.isConfirmed ? Math.max(0, green.since + settle - now) : CONFIRM_AFTER_MS
  const ripe = nextRipe(memory, noted, now)
  return ripe === undefined ? undefined : ripe - now
}

function toVerdict(verdict: LiveVerdict, onBlocked: 'wait' | 'fail'): Verdict<Live> {
  switch (verdict.status) {
    case 'pending':
      return pending(verdict.reason)
    case 'blocked':
      return onBlocked === 'fail' ? failed(verdict.failure) : pending(verdict.reason)
    case 'failed':
      return failed(verdict.failure)
    default: {
      const { status: result, revision, notes, isProven } = verdict
      return done({ result, revision, notes, isProven })
    }
  }
}
