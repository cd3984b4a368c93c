import type { LoggedCommit } from '../branch/branch.ts'
import { parseTrailerBlocks, TRAILER, type TrailerLine, type Trailers } from '../trailers/trailers.ts'
import type { RunIdentity } from './bump-rules.ts'
import type { FileValue } from './change-set.ts'
import { isSameValue, parseRecords, type RecordedValue, recordOf, VALUE_TRAILERS } from './recorded-value.ts'

/** What a commit of ours did to one target, as its trailers tell it. */
export interface Deployment {
  readonly commit: string
  /** As {@link targetLabel} wrote it. */
  readonly target: string
  readonly values: readonly RecordedValue[]
  /** Those of the whole commit. */
  readonly trailers: Trailers
}

/** What the trailers call a target: `k8s/inference.yaml prod/churn predictor`. */
export function targetLabel({ file, target }: Pick<FileValue, 'file' | 'target'>): string {
  return `${file} ${target}`
}

/**
 * The commits by which targets were deployed or rolled back, newest first, as far as the history reaches; a commit that
 * set values of several targets stands there once for each.
 */
export function deploymentsIn(history: readonly LoggedCommit[]): Deployment[] {
  return history.flatMap(({ oid, message }) =>
    parseTrailerBlocks(message)
      .toReversed()
      .flatMap((lines) => targetsOf(oid, lines)),
  )
}

function targetsOf(commit: string, lines: readonly TrailerLine[]): Deployment[] {
  const trailers = new Map(lines.filter(([key]) => key !== TRAILER.target && !VALUE_TRAILERS.has(key)))
  const starts = lines.flatMap(([key], index) => (key === TRAILER.target ? [index] : []))
  return starts.map((start, index) => ({
    commit,
    target: lines[start]?.[1] ?? '',
    values: parseRecords(lines.slice(start + 1, starts[index + 1])),
    trailers,
  }))
}

/** Those of one target, newest first. */
export function ofTarget(
  deployments: readonly Deployment[],
  value: Pick<FileValue, 'file' | 'target'>,
): Deployment[] {
  const label = targetLabel(value)
  return deployments.filter(({ target }) => target === label)
}

/** What a deployment wrote where a value stands; undefined where it was about others. */
export function writtenBy(deployment: Deployment | undefined, value: FileValue): RecordedValue | undefined {
  const record = recordOf(value)
  return deployment?.values.find((written) => isSameValue(written, record))
}

/** The newest deployment that was about a value, and not only about others of its target. */
export function lastWriter(log: readonly Deployment[], value: FileValue): Deployment | undefined {
  return log.find((deployment) => writtenBy(deployment, value) !== undefined)
}

/**
 * What stood before the value that stands now: known from the commit that wrote it. So a step that runs a
 * second time, and finds its work done, still says what it replaced.
 */
export function valueBefore(log: readonly Deployment[], value: FileValue): string | undefined {
  return log.map((deployment) => writtenBy(deployment, value)).find((written) => written?.now === value.after)
    ?.previous
}

/** Whether a workflow run wrote what a deployment or rollback wrote, in whichever of its attempts. */
export function isWrittenBy(deployment: Deployment | undefined, run: RunIdentity): boolean {
  const { trailers } = deployment ?? {}
  const isSameRun = run.runId !== '' && trailers?.get(TRAILER.runId) === run.runId
  return isSameRun && trailers?.get(TRAILER.referenceRepository) === run.repositoryUrl
}
