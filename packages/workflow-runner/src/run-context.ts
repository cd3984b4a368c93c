import type { ConcurrencyGroups } from './concurrency.ts'
import type { JobResult, RunEvent, RunOptions, Timing } from './run-types.ts'
import type { Sources } from './sources.ts'
import type { StandIn } from './stand-in.ts'
import type { Mapping } from './values.ts'

/** What every job of one run shares. */
export interface RunContext {
  readonly options: RunOptions
  readonly sources: Sources
  readonly standIns: Readonly<Record<string, StandIn>>
  /** The github context as far as it is the same for all jobs. */
  readonly github: Mapping
  /** Where the run keeps its files. */
  readonly directory: string
  readonly hostEnv: Readonly<Record<string, string>>
  readonly node: string
  readonly timing: Timing
  readonly groups: ConcurrencyGroups
  readonly cancelled: AbortSignal
  /** Milliseconds since the run began. */
  readonly elapsed: () => number
  readonly emit: (event: RunEvent) => void
  /** Waits for one of the job slots. */
  readonly inSlot: <T>(work: () => Promise<T>) => Promise<T>
  readonly remoteOf: (repository: string) => string
  /** Jobs in the order in which they ended. */
  readonly finished: JobResult[]
  /** The number of the next job: names its directory. */
  readonly nextNumber: () => number
}
