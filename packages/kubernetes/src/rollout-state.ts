import type { Pod } from './pod.wire.ts'
import type { Sightings } from './sightings.ts'
import type { Trouble } from './trouble.ts'
import type { Deployment, ReplicaSet } from './workload.wire.ts'

/** What one look at a Deployment and its children has found. */
export interface RolloutState {
  /** Undefined while it does not exist. */
  readonly deployment: Deployment | undefined
  /** Of the namespace or of the Deployment: those of others are left out here. */
  readonly replicaSets: readonly ReplicaSet[]
  /** Those that the Service selects, whoever made them: each ready one gets requests. */
  readonly pods: readonly Pod[]
}

/** The version that must run; what is not given is not judged. */
export interface RolloutWant {
  /** As it stands in the manifest. */
  readonly image?: string | undefined
  /** `sha256:…` of the image. */
  readonly digest?: string | undefined
  readonly storageUri?: string | undefined
  /** The container that runs the image. Default `kserve-container`. */
  readonly container?: string | undefined
  /** Whether a Deployment that is scaled to zero is complete without a pod. Default false: then nothing serves. */
  readonly acceptsZero?: boolean
}

/** What the observer remembers of the looks before, this one included; see {@link rolloutKeys}. */
export interface Memory {
  readonly sightings: Sightings
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** A pod of the wanted version that serves. */
export interface LivePod {
  readonly name: string
  readonly uid: string
  readonly restarts: number
  readonly imageId: string
}

export interface RolloutProof {
  readonly deployment: string
  readonly replicaSet: string
  /** The image of the template, as written there. */
  readonly image: string
  readonly storageUri: string | undefined
  readonly pods: readonly LivePod[]
}

export type RolloutVerdict =
  | { readonly status: 'pending'; readonly reason: string; readonly warning?: string }
  | { readonly status: 'done'; readonly proof: RolloutProof }
  | { readonly status: 'failed'; readonly trouble: Trouble }
