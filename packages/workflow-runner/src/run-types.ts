import type { ConcurrencyGroups } from './concurrency.ts'
import type { StandIn } from './stand-in.ts'
import type { Mapping } from './values.ts'

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped'

export interface RunOptions {
  /** The repository whose workflow runs: a clone or a bare repository that has the commit. */
  readonly repository: {
    readonly root: string
    /** `owner/repo` */
    readonly name: string
    /** 40 hex digits; HEAD of `root` unless given. */
    readonly sha?: string
    /** `refs/heads/main` unless given. */
    readonly ref?: string
    readonly defaultBranch?: string
  }
  /** Path below the repository: `.github/workflows/mlops.yml`. */
  readonly workflow: string
  readonly event: {
    readonly name: string
    readonly payload?: Mapping
    /** For triggers with `paths:`; otherwise taken from git by the payload's `before` and `after`. */
    readonly changedFiles?: readonly string[]
  }
  /** Inputs of a `workflow_dispatch`, as typed into the form. */
  readonly inputs?: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
  readonly vars?: Readonly<Record<string, string>>
  /** Secrets and variables of environments, over those of the repository. */
  readonly environments?: Readonly<Record<string, EnvironmentValues>>
  readonly actor?: string
  /** Local directories behind `uses: owner/repo/…@ref`; the run's own name makes its working tree count. */
  readonly actionSources?: Readonly<Record<string, string>>
  /** What runs in place of third-party actions, by `owner/repo` or `owner/repo/path`. */
  readonly standIns?: Readonly<Record<string, StandIn>>
  /** The token of every job, or what issues one for each: GitHub cuts it to the permissions of the job. */
  readonly githubToken?: string | ((request: TokenRequest) => string)
  readonly apiUrl?: string
  /** Where `actions/checkout` clones from (`serverUrl/owner/repo`); without it, from the local directories. */
  readonly serverUrl?: string
  /** Given to steps of jobs that have `id-token: write`. */
  readonly idToken?: { readonly url: string; readonly token: string }
  /** The setting of the repository for workflows that declare no permissions. */
  readonly defaultPermissions?: 'read' | 'write'
  /** Further variables of JavaScript actions only, such as ACTIONS_RESULTS_URL. */
  readonly actionEnv?: Readonly<Record<string, string>>
  /** What steps inherit of this machine; PATH and a few more of this process unless given. */
  readonly hostEnv?: Readonly<Record<string, string>>
  /** Where the run keeps its files; a temporary directory, removed at the end, unless given. */
  readonly runnerTemp?: string
  /** The Node that runs JavaScript actions; the one that runs this unless given. */
  readonly node?: string
  /** Jobs that run at the same time; 2 unless given. */
  readonly parallelJobs?: number
  /** Like ACTIONS_STEP_DEBUG: debug lines are shown and RUNNER_DEBUG is set. */
  readonly debug?: boolean
  /** Cancels the run. */
  readonly signal?: AbortSignal
  /** Shared by runs that must respect each other's `concurrency`. */
  readonly concurrency?: ConcurrencyGroups
  /** Asked before a job with an environment starts; approves everything unless given. */
  readonly approveEnvironment?: (request: EnvironmentRequest) => Promise<'approved' | 'rejected'>
  readonly timing?: Partial<Timing>
  readonly runNumber?: number
  readonly runAttempt?: number
  readonly onEvent?: (event: RunEvent) => void
}

export interface EnvironmentValues {
  readonly secrets?: Readonly<Record<string, string>>
  readonly vars?: Readonly<Record<string, string>>
}

/** What a job asks its token for. */
export interface TokenRequest {
  /** Its id path: `deploy/apply`. */
  readonly job: string
  /** Names that are absent are `none`. */
  readonly permissions: Readonly<Record<string, string>>
}

export interface EnvironmentRequest {
  readonly environment: string
  readonly job: string
}

/** Milliseconds; tests shorten them. */
export interface Timing {
  /** What `timeout-minutes: 1` means. */
  readonly minute: number
  /** From SIGINT to SIGTERM. */
  readonly interrupt: number
  /** From SIGTERM to SIGKILL. */
  readonly terminate: number
  /** What a cancelled job has for its `always()` and post steps. */
  readonly jobCancel: number
  /** How long output is awaited after a process has ended. */
  readonly drain: number
}

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
  readonly title?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** Who speaks in an event: the id path `deploy/apply`, the display name and, in a matrix, its values. */
export interface JobLabel {
  readonly id: string
  readonly name: string
}

export interface StepLabel {
  readonly number: number
  readonly name: string
}

export type RunEvent =
  | {
      readonly type: 'run-started'
      readonly workflow: string
      readonly event: string
      readonly standIns: readonly StandInRow[]
    }
  | {
      readonly type: 'job-started'
      readonly job: JobLabel
      readonly runsOn: readonly string[]
      readonly environment?: string
    }
  | { readonly type: 'step-started'; readonly job: JobLabel; readonly step: StepLabel }
  | { readonly type: 'line'; readonly job: JobLabel; readonly step: StepLabel; readonly text: string }
  | {
      readonly type: 'annotation'
      readonly job: JobLabel
      readonly step?: StepLabel
      readonly annotation: Annotation
    }
  | { readonly type: 'summary'; readonly job: JobLabel; readonly step: StepLabel; readonly markdown: string }
  | { readonly type: 'step-finished'; readonly job: JobLabel; readonly step: StepResult }
  | { readonly type: 'job-finished'; readonly job: JobResult }
  | { readonly type: 'run-finished'; readonly conclusion: Conclusion; readonly durationMs: number }

/** One line of the table that is shown at the start: what runs in place of which action. */
export interface StandInRow {
  readonly action: string
  readonly standIn: string
}

export interface StepResult extends StepLabel {
  readonly id: string
  readonly outcome: Conclusion
  readonly conclusion: Conclusion
  /** Masked. */
  readonly outputs: Readonly<Record<string, string>>
  readonly annotations: readonly Annotation[]
  readonly summary: string
  /** Masked lines. */
  readonly log: readonly string[]
  /** Milliseconds since the run began. */
  readonly startedMs: number
  readonly durationMs: number
}

export interface JobResult extends JobLabel {
  readonly kind: 'steps' | 'call'
  readonly conclusion: Conclusion
  readonly outputs: Readonly<Record<string, string>>
  readonly steps: readonly StepResult[]
  /** Those of the job itself, such as a timeout or a dropped output. */
  readonly annotations: readonly Annotation[]
  readonly runsOn: readonly string[]
  readonly permissions: Readonly<Record<string, string>>
  readonly matrix: Mapping
  readonly environment?: { readonly name: string; readonly url: string }
  /** Milliseconds since the run began; the wait for approval, group and slot comes before. */
  readonly startedMs: number
  readonly durationMs: number
}

export interface RunResult {
  readonly conclusion: Conclusion
  /** In the order in which they ended; nested jobs by their path, `deploy/apply`. */
  readonly jobs: readonly JobResult[]
  readonly annotations: readonly Annotation[]
  readonly summaries: readonly string[]
  readonly log: readonly string[]
  readonly durationMs: number
}
