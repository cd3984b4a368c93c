import type { Component, Place } from './place.ts'
import type { Path } from './tree.ts'

/** Which object, and what of it. What is left out must be clear from the manifest itself. */
export interface Target {
  /** `InferenceService`, … Default: any kind that has the field. */
  readonly kind?: string | undefined
  readonly name?: string | undefined
  /** Manifests without a namespace, which get one when they are applied, match any. */
  readonly namespace?: string | undefined
  /** Default: predictor. */
  readonly component?: Component | undefined
  /** Default: `kserve-container`, or else the only container that has the field. */
  readonly container?: string | undefined
  /** Tells the entries of `storageUris` apart. */
  readonly mountPath?: string | undefined
  /** Tells canaries apart: the name of the predictor. */
  readonly canary?: string | undefined
  /** Of Helm values, in a file of their own or in an Argo CD Application: where it stands, `server.image`. */
  readonly path?: string | undefined
  /** The `namespace:name` of a Flux marker comment, for files that are not to be parsed: all else is ignored then. */
  readonly policy?: string | undefined
}

/** The parts of an image reference as it is written: manifests that keep them apart get them one by one. */
export interface ImageParts {
  /** Registry and repository. */
  readonly name: string
  readonly tag?: string | undefined
  /** `sha256:…` */
  readonly digest?: string | undefined
}

/** What is wished to stand at a target. */
export type Setting =
  | { readonly set: 'image'; readonly value: string; readonly parts: ImageParts }
  | { readonly set: 'storage-uri'; readonly value: string }
  | { readonly set: 'annotation' | 'env'; readonly key: string; readonly value: string }
  | { readonly set: 'value'; readonly path: string; readonly value: string | number | boolean }

/** The wish: this field of that target has this value. */
export type Change = Setting & { readonly target: Target }

/** Characters `start` to `end` of the text give way to `text`. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** One change, found in the file. */
export interface PlannedValue {
  readonly place: Place
  /** `InferenceService` */
  readonly kind: string
  /** `prod/churn predictor`, and the container where it is not the model server's: the same for every value of a target. */
  readonly target: string
  /** 1-based. */
  readonly line: number
  /** `spec.predictor.model.storageUri`, for people. */
  readonly path: string
  /** Empty where nothing stood, or null. */
  readonly before: string
  readonly after: string
  /** False where the value stands already. */
  readonly isChanged: boolean
  /** What is to be written, each into the text that the one before has made: an image in parts takes several. */
  readonly splices: readonly PlannedSplice[]
}

export interface PlannedSplice extends Splice {
  /** From the root of the document. */
  readonly path: Path
}
