import type { Mapping } from './values.ts'
import type { Step } from './workflow-file.ts'

export type ActionManifest = JavaScriptManifest | CompositeManifest

interface CommonManifest {
  readonly name: string
  /** Directory of the action.yml. */
  readonly directory: string
  readonly inputs: readonly ActionInput[]
}

export interface ActionInput {
  readonly name: string
  /** May hold `${{ }}` with the contexts github, strategy, matrix, job and runner. */
  readonly default: string
  readonly deprecated: string | undefined
}

export interface JavaScriptManifest extends CommonManifest {
  readonly kind: 'javascript'
  /** Absolute paths of the scripts. */
  readonly main: string
  readonly pre: string | undefined
  readonly preIf: string
  readonly post: string | undefined
  readonly postIf: string
}

export interface CompositeManifest extends CommonManifest {
  readonly kind: 'composite'
  readonly steps: readonly Step[]
  /** Output name to its `value:` expression. */
  readonly outputs: Mapping
}
