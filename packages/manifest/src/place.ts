import type { Path } from './tree.ts'

/** What of a model server a change can set. */
export type Field = 'image' | 'storage-uri' | 'annotation' | 'env' | 'value'

/** The parts of an InferenceService that run containers of their own. */
export const COMPONENTS = ['predictor', 'transformer', 'explainer', 'worker'] as const
export type Component = (typeof COMPONENTS)[number]

/** One spot of a manifest where a {@link Field} stands. */
export interface Place {
  /** Index of the YAML document in its file. */
  readonly document: number
  readonly path: Path
  readonly field: Field
  readonly kind: string
  readonly name: string
  readonly namespace?: string
  /** Of kinds that have components. */
  readonly component?: Component
  /** The container that the value belongs to, where it belongs to one. */
  readonly container?: string
  /** An init container is meant only when it is named. */
  readonly isInit: boolean
  /** Of an entry of `storageUris`: where the model is mounted. */
  readonly mountPath?: string
}
