import type { Field } from '@mlops-actions/manifest'
import type { LoggedCommit } from './branch.ts'
import type { RunIdentity } from './bump-rules.ts'
import type { FileValue } from './change-set.ts'
import { parseTrailerBlocks, TRAILER, type TrailerLine, type Trailers } from './trailers.ts'

/** What a commit of ours did to one target, as its trailers tell it. */
export interface Deployment {
  readonly commit: string
  /** As {@link targetLabel} wrote it. */
  readonly target: string
  /** Those of the whole commit, and of its values those of this target. */
  readonly trailers: Trailers
}

/** The fields whose values a deployment is told by. */
export type ModelField = Extract<Field, 'image' | 'storage-uri'>

/** Which trailers hold the values of a field. */
export const FIELD_TRAILERS = {
  image: { now: TRAILER.image, previous: TRAILER.previousImage },
  'storage-uri': { now: TRAILER.storageUri, previous: TRAILER.previousStorageUri },
} as const satisfies Record<ModelField, { now: string; previous: string }>

export function trailersOf(field: Field): { readonly now: string; readonly previous: string } | undefined {
  return field === 'image' || field === 'storage-uri' ? FIELD_TRAILERS[field] : undefined
}

/** What the trailers call a target: `k8s/inference.yaml prod/churn predictor`. */
export function targetLabel({ file, target }: Pick<FileValue, 'file' | 'target'>): string {
  return `${file} ${target}`
}

/** They belong to the target that stands above them. */
const VALUE_TRAILERS: ReadonlySet<string> = new Set(
  Object.values(FIELD_TRAILERS).flatMap(({ now, previous }) => [now, previous]),
)

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
  const common = lines.filter(([key]) => key !== TRAILER.target && !VALUE_TRAILERS.has(key))
  const starts = lines.flatMap(([key], index) => (key === TRAILER.target ? [index] : []))
  return starts.map((start, index) => {
    const own = lines.slice(start, starts[index + 1]).filter(([key]) => VALUE_TRAILERS.has(key))
    return { commit, target: lines[start]?.[1] ?? '', trailers: new Map([...common, ...own]) }
  })
}

/** Those of one target, newest first. */
export function ofTarget(
  deployments: readonly Deployment[],
  value: Pick<FileValue, 'file' | 'target'>,
): Deployment[] {
  const label = targetLabel(value)
  return deployments.filter(({ target }) => target === label)
}

/**
 * What stood before the value that stands now: known from the commit that wrote it. So a step that runs a
 * second time, and finds its work done, still says what it replaced.
 */
export function valueBefore(
  deployments: readonly Deployment[],
  field: Field,
  value: string,
): string | undefined {
  const { now = '', previous = '' } = trailersOf(field) ?? {}
  return deployments.find(({ trailers }) => trailers.get(now) === value)?.trailers.get(previous)
}

/** Whether a workflow run wrote what a deployment or rollback wrote, in whichever of its attempts. */
export function isWrittenBy(deployment: Deployment | undefined, run: RunIdentity): boolean {
  const { trailers } = deployment ?? {}
  const isSameRun = run.runId !== '' && trailers?.get(TRAILER.runId) === run.runId
  return isSameRun && trailers?.get(TRAILER.referenceRepository) === run.repositoryUrl
}
