import { type Condition, conditionOf, type Metadata } from './metadata.wire.ts'
import { troublesOfPod } from './pod-trouble.ts'
import { isActive, notYetWanted } from './rollout-progress.ts'
import type { RolloutState, RolloutWant } from './rollout-state.ts'
import type { Patience } from './sightings.ts'
import type { Trouble } from './trouble.ts'
import { newestOf, ownedBy } from './version.ts'
import type { Deployment } from './workload.wire.ts'

const BRIEF: Patience = { looks: 2, lasting: 0 }
/** A quota is freed when an old pod goes, a webhook comes back: both within seconds or not at all. */
const TRIED_AGAIN: Patience = { looks: 2, lasting: 20_000 }

/** What the observer must remember from look to look, so that patience can be judged. */
export function rolloutKeys(state: RolloutState, want: RolloutWant): readonly string[] {
  return troublesOfRollout(state, want).map(({ key }) => key)
}

/**
 * What is wrong with the wanted version now. Pods of older ReplicaSets do not count, nor does anything that the
 * Deployment said before it was told of the wanted version.
 */
export function troublesOfRollout(state: RolloutState, want: RolloutWant): readonly Trouble[] {
  const { deployment } = state
  if (deployment === undefined || notYetWanted(deployment, want) !== undefined) return []
  const fresh = newestOf(state.replicaSets, deployment)
  const pods = fresh === undefined ? [] : state.pods.filter((pod) => isActive(pod) && ownedBy(pod, fresh))
  return [...pods.flatMap(troublesOfPod).sort(byGravity), ...troublesOfDeployment(deployment)]
}

const GRAVITY: readonly Trouble['code'][] = [
  'init-failed',
  'crash-loop',
  'image-name',
  'image-pull',
  'container-config',
]

function byGravity(a: Trouble, b: Trouble): number {
  const rank = ({ code }: Trouble) => (GRAVITY.indexOf(code) + GRAVITY.length + 1) % (GRAVITY.length + 1)
  return rank(a) - rank(b)
}

/** Pods that the API server does not let be made: a quota is used up, or an admission policy says no. */
export function createRefused(
  { name, uid }: Pick<Metadata, 'name' | 'uid'>,
  kind: string,
  { reason, message }: Pick<Condition, 'reason' | 'message'>,
): Trouble {
  const on = `${kind} ${name}`
  return {
    code: 'create-refused',
    key: `refused ${uid}`,
    on,
    reason,
    message,
    isLog: false,
    patience: TRIED_AGAIN,
  }
}

function troublesOfDeployment({ metadata, status }: Deployment): readonly Trouble[] {
  const refused = conditionOf(status.conditions, 'ReplicaFailure')
  const progress = conditionOf(status.conditions, 'Progressing')
  const on = `Deployment ${metadata.name}`
  const isLog = false
  const troubles: Trouble[] = []
  if (refused?.status === 'True') troubles.push(createRefused(metadata, 'Deployment', refused))
  if (progress?.status === 'False' && progress.reason === 'ProgressDeadlineExceeded') {
    const { reason, message } = progress
    troubles.push({
      code: 'progress-deadline',
      key: `deadline ${metadata.uid}`,
      on,
      reason,
      message,
      isLog,
      patience: BRIEF,
    })
  }
  return troubles
}
