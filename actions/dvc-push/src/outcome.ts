import type { JsonValue } from '@mlops-actions/diagnostics'
import type {
  Binding,
  BoundPast,
  FileEdit,
  Problem,
  PublishPlan,
  PublishResult,
  PushPlan,
  PushResult,
  Repository,
} from '@mlops-actions/dvc'
import type { CommitOutcome } from './commit.ts'

/** Everything that is known at the end of the step, however it ends. */
export interface Outcome {
  readonly repository: Repository
  readonly binding: Binding
  /** What other commits name, where that was asked for. */
  readonly past: BoundPast | undefined
  /** `.dvc` files that are written when everything is in the remote. */
  readonly edits: readonly FileEdit[]
  readonly plan: PushPlan
  /** What keeps the step from being whole; once anything is sent, only what other commits name and nobody has. */
  readonly problems: readonly Problem[]
  readonly push: PushResult | undefined
  /** Every object that was sent, as outputs and the report tell of it. */
  readonly files: readonly JsonValue[]
  /** Objects that were put into the cache; undefined where nobody asked for it. */
  readonly cached: number | undefined
  /** Undefined where nobody asked for it. */
  readonly runCache: RunCacheOutcome | undefined
  readonly published: readonly Published[]
  /** Undefined where nobody asked for it, and until everything else is done. */
  readonly commit: CommitOutcome | undefined
  /** Files of DVC that name what is pushed and are in no commit as they are. */
  readonly uncommitted: readonly string[]
  readonly dryRun: boolean
  /** Milliseconds. */
  readonly took: number
}

/** Records of runs that were sent, or that a dry run would send. */
export interface RunCacheOutcome {
  readonly records: number
  readonly skipped: number
  readonly bytes: number
}

/** A publication; `result` is undefined where it was only planned. */
export interface Published {
  readonly plan: PublishPlan
  readonly result: PublishResult | undefined
  /** Files that a dry run would copy. */
  readonly pending: number
}

/** True numbers: what was looked at, sent and found, in objects and bytes. */
export interface Tally {
  readonly checked: number
  readonly uploaded: number
  readonly skipped: number
  readonly repaired: number
  readonly bytes: number
  readonly missing: number
  /** Objects that the plan sends. */
  readonly planned: number
}

export function tally({ plan, push, problems }: Pick<Outcome, 'plan' | 'push' | 'problems'>): Tally {
  const steps = [...plan.steps.values()]
  const sent = push?.sent ?? new Map<string, number>()
  return {
    checked: plan.objects.size,
    uploaded: sent.size,
    skipped: steps.filter((step) => step === 'skip').length,
    repaired: [...sent.keys()].filter((id) => plan.steps.get(id) === 'repair').length,
    bytes: [...sent.values()].reduce((sum, bytes) => sum + bytes, 0),
    missing: problems.filter(({ kind }) => kind === 'missing').length,
    planned: steps.filter((step) => step !== 'skip').length,
  }
}
