import type { InferenceOutcome, LatencyFigures } from '@mlops-actions/kserve'
import type { KubernetesEvent, RolloutProof, ServingVersion, Trouble } from '@mlops-actions/kubernetes'

/** What the probes gave in all. */
export interface LoadResult {
  readonly figures: LatencyFigures
  readonly requests: number
  readonly errors: number
  /** `HTTP 200`, `HTTP 503`, `other answer`, a failure's code: how often. */
  readonly histogram: ReadonlyMap<string, number>
  /** Lower end of the 95 % interval of the success rate. */
  readonly successAtLeast: number
}

/** What was looked up after something had gone wrong. */
export interface Evidence {
  readonly trouble: Trouble | undefined
  readonly events: readonly KubernetesEvent[]
  /** Last lines of the failing container; only where include-pod-logs allows it. */
  readonly log: string | undefined
}

/** One part of the check, for the timeline: milliseconds since the epoch. */
export interface Phase {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** Everything that the check has found so far; what is missing was not reached. */
export interface Findings {
  started: number
  /** Of the service; undefined until it is known. */
  namespace: string | undefined
  phases: Phase[]
  /** The versions that ready pods run, when last looked. */
  serving: readonly ServingVersion[]
  readyPods: number | undefined
  oldPods: number | undefined
  /** What the wait was waiting for last. */
  lastReason: string | undefined
  proof: RolloutProof | undefined
  /** Why the rollout is not proven, where that was allowed. */
  unproven: string | undefined
  url: string | undefined
  readyStatus: number | undefined
  /** Whether each answer was compared with an expected one. */
  compared: boolean
  smoke: InferenceOutcome | undefined
  load: LoadResult | undefined
  evidence: Evidence | undefined
}

export function createFindings(started: number): Findings {
  return {
    started,
    namespace: undefined,
    phases: [],
    serving: [],
    readyPods: undefined,
    oldPods: undefined,
    lastReason: undefined,
    proof: undefined,
    unproven: undefined,
    url: undefined,
    readyStatus: undefined,
    compared: false,
    smoke: undefined,
    load: undefined,
    evidence: undefined,
  }
}
