import type { PulledImage, PullOptions } from '../containers/index.ts'
import type { Clock } from '../kubernetes/clock.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import type { KubernetesState } from '../kubernetes/state.ts'

/** Gets an image for a pod. An error's message becomes the text of ErrImagePull. */
export type PullImage = (options: PullOptions) => Promise<PulledImage>

/** Where storage-initializer finds models: what the ServiceAccount's secret and annotations say on a real cluster. */
export interface ModelStorage {
  /** Base URL of S3, path-style addressing. */
  readonly endpoint: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** Milliseconds. The defaults suit a demo; what a real cluster uses stands beside each. */
export interface Timings {
  /** Between two readiness probes (10 s). */
  readonly probeEvery: number
  /** Between two liveness or startup probes (10 s). */
  readonly livenessEvery: number
  /** One probe (1 s). */
  readonly probeTimeout: number
  /** First restart back-off of a crashing container, doubled up to `backOffLimit` (10 s). */
  readonly crashBackOff: number
  /** First back-off after a failed image pull, doubled up to `backOffLimit` (10 s). */
  readonly pullBackOff: number
  /** Longest back-off (300 s). */
  readonly backOffLimit: number
  /** How long a rollout may stand still before ProgressDeadlineExceeded (600 s). */
  readonly progressDeadline: number
  /** Between the end of routing to a pod and TERM to its process, at the most, while requests are in flight (30 s). */
  readonly drain: number
  /** Between TERM and KILL (30 s). */
  readonly grace: number
}

export const DEMO_TIMINGS: Timings = {
  probeEvery: 100,
  livenessEvery: 1_000,
  probeTimeout: 1_000,
  crashBackOff: 1_000,
  pullBackOff: 1_000,
  backOffLimit: 10_000,
  progressDeadline: 20_000,
  drain: 5_000,
  grace: 2_000,
}

export interface KServeOptions {
  /** The cluster to act on. */
  readonly state: KubernetesState
  readonly clock?: Clock
  /** Default: the registry that the reference names, or `registryUrl`. */
  readonly pullImage?: PullImage
  /** Without it every s3:// download fails for lack of credentials. */
  readonly storage?: ModelStorage
  /**
   * `0.20`: PredictorReady stays True while old pods serve. `0.16`: it is Unknown during a rolling update
   * (kserve #4667, #5703).
   */
  readonly version?: '0.16' | '0.20'
  readonly timings?: Partial<Timings>
  /** Domain of the gateway's host names, `{name}-{namespace}.{domain}`; default `example.com`. */
  readonly domain?: string
  /** A message refuses the pod as quota or an admission webhook does: `FailedCreate`. */
  readonly admit?: (pod: KubeObject) => string | undefined
  /** A message leaves the pod Pending: `Unschedulable`. Asked again whenever something changes. */
  readonly schedule?: (pod: KubeObject) => string | undefined
  /** Base URL that stands in for every registry host; see `PullOptions.registryUrl`. */
  readonly registryUrl?: string
  readonly registryAuth?: { readonly username: string; readonly password: string }
  /** Creates the ClusterServingRuntimes of a standard installation; default true. */
  readonly defaultRuntimes?: boolean
}
