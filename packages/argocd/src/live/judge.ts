import { remember } from '@mlops-actions/kubernetes/pods'
import { done, failed, pending, type Verdict } from '@mlops-actions/wait'
import { judgeBlocked } from './blocked.ts'
import { judgeBehind, judgeHealth, judgeImages } from './health.ts'
import { judgeFreshness, judgeOperation } from './operation.ts'
import { lastingTrouble, type SightedTrouble, troublesOf, withTrouble } from './pods.ts'
import { judgeRevision } from './revision.ts'
import {
  comparedAtOf,
  currentRevision,
  type Live,
  type LiveState,
  type LiveWant,
  type Memory,
  type PodTrouble,
} from './state.ts'
import { judgeSync } from './sync.ts'
import { degradedKeys, judgeUnfinished } from './unfinished.ts'

export interface LiveJudge {
  /** Judges the next look; looks come in the order of time. */
  evaluate(state: LiveState): Verdict<Live>
  /** Whether everything was good, and only a look after one more comparison is missing. */
  readonly isUnconfirmed: boolean
  /** Milliseconds after which a look can bring the verdict, where that is sooner than the next regular one. */
  dueIn(now: number): number | undefined
  /** What was wrong with pods at the last look. */
  readonly troubles: readonly PodTrouble[]
}

/**
 * Judges looks at an Application, one after the other, by the race-free rules that no Argo CD client has:
 * this revision (or a newer one that contains it), synced, its own operation succeeded, compared after that operation
 * ended, healthy down to the pods, confirmed by one more comparison, and settled.
 */
export function createLiveJudge(want: LiveWant): LiveJudge {
  const memory: Memory = {
    since: new Map(),
    look: 0,
    sightings: new Map(),
    green: undefined,
    confirmed: false,
  }
  let troubles: readonly SightedTrouble[] = []
  return {
    evaluate(state) {
      memory.look += 1
      troubles = troublesOf(state, want)
      const keys = [...troubles.map(({ key }) => key), ...degradedKeys(state)]
      memory.sightings = remember(memory.sightings, keys, state.now)
      const verdict = judge(state, want, memory, troubles)
      if (verdict === undefined) return settle(state, want, memory)
      memory.green = undefined
      memory.confirmed = false
      return withTrouble(verdict, troubles)
    },
    get isUnconfirmed() {
      return memory.green !== undefined && !memory.confirmed
    },
    dueIn(now) {
      if (memory.green === undefined) return undefined
      return memory.confirmed ? Math.max(0, memory.green.since + want.settle - now) : CONFIRM_AFTER_MS
    },
    get troubles() {
      return troubles
    },
  }
}

/** Argo CD's timestamps have seconds: a refresh within the same one proves nothing. With the jitter of the wait it is over. */
const CONFIRM_AFTER_MS = 1_300

/** Undefined when everything is good at this moment. */
function judge(
  state: LiveState,
  want: LiveWant,
  memory: Memory,
  troubles: readonly SightedTrouble[],
): Verdict<Live> | undefined {
  return (
    judgeBlocked(state, memory) ??
    judgeOperation(state, want) ??
    judgeRevision(state, want, memory) ??
    judgeTroubles(state, want, memory, troubles) ??
    judgeSync(state, want, memory) ??
    judgeFreshness(state) ??
    judgeHealth(state, want, memory) ??
    judgeUnfinished(state, want, memory) ??
    judgeBehind(state) ??
    judgeImages(state, want)
  )
}

/** Before the sync and the health, which may both wait for the very pod that cannot start. */
function judgeTroubles(
  { now }: LiveState,
  { explain }: LiveWant,
  memory: Memory,
  troubles: readonly SightedTrouble[],
): Verdict<Live> | undefined {
  const lasting = lastingTrouble(troubles, memory, now)
  return lasting === undefined ? undefined : failed(explain(lasting))
}

/** Good now: it has to be good after Argo CD has compared once more, too, and for the settle time. */
function settle(state: LiveState, want: LiveWant, memory: Memory): Verdict<Live> {
  const comparedAt = comparedAtOf(state.application)
  // A refresh can be answered without a comparison (argo-cd #28603), or compare and never be answered (#21613).
  if (memory.green === undefined) memory.green = { since: state.now, comparedAt }
  else if (comparedAt > memory.green.comparedAt) memory.confirmed = true
  const green = state.now - memory.green.since
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
