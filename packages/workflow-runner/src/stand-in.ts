import type { Json, Mapping } from './values.ts'

/** What runs in place of a third-party action. */
export type StandIn = FunctionStandIn | DirectoryStandIn

export interface FunctionStandIn {
  /** Shown in the table at the start: "clones with this machine's git". */
  readonly describe: string
  /** Defaults of inputs that the caller leaves out; may hold `${{ }}`. Other inputs are unexpected. */
  readonly inputs: Readonly<Record<string, string>>
  /** Throws to fail the step. */
  readonly main: (step: StandInStep) => Promise<void>
  readonly post?: (step: StandInStep) => Promise<void>
}

/** A local action (action.yml and all) in place of the real one. */
export interface DirectoryStandIn {
  readonly describe: string
  readonly directory: string
}

/** A step as its stand-in sees it. */
export interface StandInStep {
  readonly inputs: Readonly<Record<string, string>>
  readonly github: Mapping
  /** The variables a process of this step would have. */
  readonly env: Readonly<Record<string, string>>
  readonly workspace: string
  readonly temp: string
  /** One directory per run, shared by its jobs. */
  readonly shared: string
  readonly signal: AbortSignal
  /** What main saved, in post. */
  readonly state: Readonly<Record<string, string>>
  /** Where the repository can be cloned from. */
  readonly remoteOf: (repository: string) => string
  readonly log: (line: string) => void
  readonly annotate: (level: 'error' | 'warning' | 'notice', message: string) => void
  readonly mask: (secret: string) => void
  readonly setOutput: (name: string, value: Json) => void
  readonly saveState: (name: string, value: string) => void
  readonly setEnv: (name: string, value: string) => void
  readonly addPath: (path: string) => void
}
