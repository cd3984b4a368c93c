import { done, pending, type Verdict } from '@mlops-actions/wait'
import { judgeHealth, judgeImages, judgePods } from './live-health.ts'
import { currentRevision, type Live, type LiveState, type LiveWant, type Memory } from './live-state.ts'
import { judgeBlocked, judgeFreshness, judgeOperation, judgeRevision, judgeSync } from './live-sync.ts'

export interface LiveJudge {
  /** Judges the next look; looks come in the order of time. */
  evaluate(state: LiveState): Verdict<Live>
  /** Whether everything was good, and only a look after one more refresh is missing. */
  readonly isUnconfirmed: boolean
  /** Milliseconds after which a look can bring the verdict, where that is sooner than the next regular one. */
  dueIn(now: number): number | undefined
}

/**
 * Judges looks at an Application, one after the other, by the race-free rules that no Argo CD client has:
 * this revision (or a newer one that contains it), synced, its own operation succeeded, compared after that operation
 * ended, healthy down to the pods, confirmed by one more refresh, and settled.
 */
export function createLiveJudge(want: LiveWant): LiveJudge {
  const memory: Memory = { since: new Map(), podLooks: new Map(), greenSince: undefined, confirmed: false }
  return {
    evaluate(state) {
      const verdict = judge(state, want, memory)
      if (verdict === undefined) return settle(state, want, memory)
      memory.greenSince = undefined
      memory.confirmed = false
      return verdict
    },
    get isUnconfirmed() {
      return memory.greenSince !== undefined && !memory.confirmed
    },
    dueIn(now) {
      if (memory.greenSince === undefined) return undefined
      return memory.confirmed ? Math.max(0, memory.greenSince + want.settle - now) : CONFIRM_AFTER_MS
    },
  }
}

/** Argo CD's timestamps have seconds: a refresh within the same one proves nothing. */
const CONFIRM_AFTER_MS = 1_000

/** Undefined when everything is good at this moment. */
function judge(state: LiveState, want: LiveWant, memory: Memory): Verdict<Live> | undefined {
  return (
    judgeBlocked(state, memory) ??
    judgeOperation(state, want) ??
    judgeRevision(state, want) ??
    judgeSync(state, memory) ??
    judgeFreshness(state) ??
    judgeHealth(state, want, memory) ??
    judgePods(state, memory) ??
    judgeImages(state, want)
  )
}

/** Good now: it has to be good after one more refresh, too (timestamps have only seconds), and for the settle time. */
function settle(state: LiveState, want: LiveWant, memory: Memory): Verdict<Live> {
  if (memory.greenSince === undefined) memory.greenSince = state.now
  else if (state.refreshed) memory.confirmed = true
  const green = state.now - memory.greenSince
  if (!memory.confirmed) return pending('synced and healthy; looking once more')
  if (green < want.settle)
    return pending(
      `synced and healthy for ${Math.round(green / 1_000)} s of ${Math.round(want.settle / 1_000)} s`,
    )
  return done({
    result: state.relation === 'newer' ? 'superseded' : 'live',
    revision: currentRevision(state, want),
  })
}
