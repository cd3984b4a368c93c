import type { PulledImage, PullOptions } from '../containers/index.ts'
import type { Clock } from '../kubernetes/clock.ts'
import type { ArtifactStore } from './artifacts.ts'
import type { KfpState } from './state.ts'

/** Gets an image for a pod. An error's message becomes the text of ErrImagePull. */
export type PullImage = (options: PullOptions) => Promise<PulledImage>

/** What workflows run on. */
export interface KfpCluster {
  readonly state: KfpState
  readonly clock: Clock
  readonly pullImage: PullImage
  readonly artifacts: ArtifactStore
  /** Base URL that stands in for every registry host; see `PullOptions.registryUrl`. */
  readonly registryUrl: string | undefined
  readonly registryAuth: { readonly username: string; readonly password: string } | undefined
  /** Added to the environment of every container. */
  readonly env: Readonly<Record<string, string>>
  /** Where artifacts of runs go that name no pipeline_root, without a trailing slash. */
  readonly pipelineRoot: string
  /** Milliseconds before the first repeated pull, doubled up to 300 s. */
  readonly pullBackOff: number
  /** Directory for the files of running tasks. */
  readonly directory: string
}
