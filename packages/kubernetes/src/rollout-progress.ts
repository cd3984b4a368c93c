import type { ContainerStatus, Pod } from './pod.wire.ts'
import type { RolloutState, RolloutWant } from './rollout-state.ts'
import {
  imageOf,
  isReady,
  matchesImage,
  newestOf,
  ownedBy,
  SERVER_CONTAINER,
  storageUriOf,
} from './version.ts'
import type { Deployment, PodTemplate } from './workload.wire.ts'

/** Why the Deployment is not about the wanted version yet. */
export function notYetWanted({ metadata, spec, status }: Deployment, want: RolloutWant): string | undefined {
  const image = imageOf(spec.template.spec, want.container)
  if (!matchesImage(image, want)) {
    return `the Deployment still has the image ${image ?? 'of no such container'}`
  }
  const storageUri = storageUriOf(spec.template)
  if (want.storageUri !== undefined && storageUri !== want.storageUri) {
    return `the Deployment still has the model ${storageUri ?? '(none)'}`
  }
  if (status.observedGeneration < metadata.generation) return 'the Deployment has not been acted on yet'
  return undefined
}

/** Why the rollout is not complete, in the order in which it happens. */
export function notYetComplete(
  { replicaSets, pods }: RolloutState,
  deployment: Deployment,
  want: RolloutWant,
): string | undefined {
  const { spec, status } = deployment
  const fresh = newestOf(replicaSets, deployment)
  if (fresh === undefined || !sameVersion(fresh.spec.template, spec.template, want.container)) {
    return 'the ReplicaSet of the new version does not exist yet'
  }
  const wanted = spec.replicas
  if (wanted === 0 && want.acceptsZero !== true) return 'it is scaled to zero: no pod serves'
  if (status.updatedReplicas < wanted) return `${status.updatedReplicas} of ${wanted} pods are new`
  const active = pods.filter(isActive)
  const stale = active.filter((pod) => !ownedBy(pod, fresh))
  const live = active.filter((pod) => ownedBy(pod, fresh) && isReady(pod))
  const waiting = `${live.length} of ${wanted} new pods are ready`
  if (status.replicas > status.updatedReplicas || stale.length > 0) {
    return `${waiting}, ${plural(Math.max(stale.length, status.replicas - status.updatedReplicas), 'old pod')} still there`
  }
  if (status.availableReplicas < status.updatedReplicas || live.length < wanted) return waiting
  if (status.updatedReplicas > wanted)
    return `${status.updatedReplicas - wanted} pods more than wanted still there`
  const wrong = live.find((pod) => !runsWanted(pod, want))
  if (wrong !== undefined)
    return `pod ${wrong.metadata.name} is ready, but its image is not the wanted digest`
  return undefined
}

/** A pod on its way out gets no new requests: endpoints drop it when its deletionTimestamp is set. */
export function isActive(pod: Pod): boolean {
  const { phase } = pod.status
  return pod.metadata.deletionTimestamp === undefined && phase !== 'Failed' && phase !== 'Succeeded'
}

function sameVersion(one: PodTemplate, other: PodTemplate, container: string | undefined): boolean {
  return (
    imageOf(one.spec, container) === imageOf(other.spec, container) &&
    storageUriOf(one) === storageUriOf(other)
  )
}

/**
 * Whether the pod runs the wanted digest. Its own spec by digest is proof enough, since the runtime verifies what it
 * pulls; a tag is proven by what the runtime says it pulled. Not the other way round: where two indexes share an
 * image, `imageID` may name the other one.
 */
function runsWanted(pod: Pod, want: RolloutWant): boolean {
  if (want.digest === undefined) return matchesImage(imageOf(pod.spec, want.container), want)
  const spec = imageOf(pod.spec, want.container) ?? ''
  const status = statusOf(pod, want.container)
  return spec.endsWith(`@${want.digest}`) || (status?.imageID ?? '').includes(want.digest)
}

/** What the kubelet says of the container that serves. */
export function statusOf(pod: Pod, container: string = SERVER_CONTAINER): ContainerStatus | undefined {
  return pod.status.containerStatuses.find(({ name }) => name === container)
}

/** Ready pods that are of the newest ReplicaSet, and ready pods that are not. */
export function countReady({ deployment, replicaSets, pods }: RolloutState): { fresh: number; old: number } {
  if (deployment === undefined) return { fresh: 0, old: 0 }
  const newest = newestOf(replicaSets, deployment)
  const ready = pods.filter((pod) => isActive(pod) && isReady(pod))
  const fresh = newest === undefined ? [] : ready.filter((pod) => ownedBy(pod, newest))
  return { fresh: fresh.length, old: ready.length - fresh.length }
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
