import type { Patience } from './sightings.ts'

/** What can be wrong with a rollout, in the order in which it is told. */
export type TroubleCode =
  | 'init-failed'
  | 'crash-loop'
  | 'image-name'
  | 'image-pull'
  | 'container-config'
  | 'create-refused'
  | 'progress-deadline'
  | 'unschedulable'

/** One thing that is wrong now. Whether it is a failure or may pass is a question of how long it lasts. */
export interface Trouble {
  readonly code: TroubleCode
  /** The same trouble of the same thing has the same key in every look. */
  readonly key: string
  /** `pod churn-predictor-5d8-x7k2p` or `Deployment churn-predictor`. */
  readonly on: string
  readonly pod?: string
  readonly container?: string
  /** As Kubernetes spells it: `ImagePullBackOff`, `OOMKilled`, `ProgressDeadlineExceeded`. */
  readonly reason: string
  /** The words of Kubernetes; the container's own last lines where `isLog`. */
  readonly message: string
  /** The message is output of the user's container and so may hold private data. */
  readonly isLog: boolean
  readonly exitCode?: number
  /** How often the container has ended. */
  readonly failures?: number
  /** From when on it is a failure; undefined: never by itself. */
  readonly patience: Patience | undefined
}
