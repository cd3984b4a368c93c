import type { Path } from './tree.ts'

/** What of a model server a change can set. */
export type Field = 'image' | 'storage-uri' | 'annotation' | 'env' | 'value'

/** The parts of a model server that run containers of their own; the last three are those of an LLMInferenceService. */
export const COMPONENTS = [
  'predictor',
  'transformer',
  'explainer',
  'worker',
  'canary',
  'prefill',
  'prefill-worker',
  'scheduler',
] as const
export type Component = (typeof COMPONENTS)[number]

/** One spot of a manifest where a {@link Field} stands. */
export interface Place {
  /** Index of the YAML document in its file. */
  readonly document: number
  readonly path: Path
  readonly field: Field
  readonly kind: string
  /** Empty where the file does not tell: it may be meant by any name then. */
  readonly name: string
  readonly namespace?: string
  /** Of kinds that have components. */
  readonly component?: Component
  /** The container that the value belongs to, where it belongs to one. */
  readonly container?: string
  /** An init container, or the adapter of a model, is meant only when it is named as the container. */
  readonly isInit: boolean
  /** Of an entry of `storageUris`: where the model is mounted. */
  readonly mountPath?: string
  /** Of one of several canaries: the name of its predictor. */
  readonly canary?: string
}
