import type { JsonValue } from '@mlops-actions/diagnostics'
import {
  type Binding,
  type BoundPast,
  contentId,
  type PullPlan,
  type PullProblem,
  type PullResult,
  type Repository,
  type WantedOutput,
} from '@mlops-actions/dvc'

/** Everything that is known at the end of the step, however it ends. */
export interface Outcome {
  readonly repository: Repository
  /** The commit whose data is brought; undefined where it is what the workspace names. */
  readonly revision: string | undefined
  readonly binding: Binding
  /** What other commits name, where that was asked for. */
  readonly past: BoundPast | undefined
  readonly outputs: readonly WantedOutput[]
  readonly plan: PullPlan
  /** What keeps the step from being whole; once anything is brought, only what other commits name and nobody has. */
  readonly problems: readonly PullProblem[]
  /** Outputs that are in no pull, with the reason. */
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[]
  /** Files in tracked folders that were not recorded there. */
  readonly extra: readonly string[]
  readonly removed: readonly string[]
  readonly result: PullResult | undefined
  /** Every file that was written, as outputs and the report tell of it. */
  readonly files: readonly JsonValue[]
  readonly dryRun: boolean
  /** Milliseconds. */
  readonly took: number
}

/** True numbers: files that were looked at, and objects and bytes that came. */
export interface Tally {
  readonly checked: number
  readonly downloaded: number
  readonly skipped: number
  readonly cached: number
  readonly bytes: number
  readonly missing: number
  /** Objects that have to be restored first. */
  readonly archived: number
  /** Objects that the plan downloads, and files that it takes from the cache. */
  readonly planned: { readonly download: number; readonly place: number }
}

export function tally({ plan, result, problems }: Pick<Outcome, 'plan' | 'result' | 'problems'>): Tally {
  const own = plan.files.filter(({ file }) => !file.cacheOnly)
  const count = (step: string) => own.filter((planned) => planned.step === step).length
  const toFetch = new Set(
    plan.files.filter(({ step }) => step === 'fetch').map(({ file }) => contentId(file)),
  )
  return {
    checked: own.length,
    downloaded: result?.fetched.size ?? 0,
    skipped: count('keep'),
    cached: plan.files.filter(({ file, step }) => step === 'place' && result?.placed.has(file.path)).length,
    bytes: result?.received ?? 0,
    missing: problems.filter(({ kind }) => kind === 'missing').length,
    archived: new Set(problems.flatMap(({ kind, oid }) => (kind === 'archived' ? [oid] : []))).size,
    planned: { download: toFetch.size, place: count('place') },
  }
}
