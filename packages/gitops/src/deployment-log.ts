import type { Field, Plan } from '@mlops-actions/manifest'
import type { LoggedCommit } from './branch.ts'
import type { RunIdentity } from './bump-rules.ts'
import { parseTrailers, TRAILER, type Trailers } from './trailers.ts'

/** A commit of ours, as its trailers tell it. */
export interface Deployment {
  readonly commit: string
  readonly trailers: Trailers
}

/** The fields whose values a deployment is told by. */
export type ModelField = Extract<Field, 'image' | 'storage-uri'>

/** Which trailers hold the values of a field. */
export const FIELD_TRAILERS = {
  image: { now: TRAILER.image, previous: TRAILER.previousImage },
  'storage-uri': { now: TRAILER.storageUri, previous: TRAILER.previousStorageUri },
} as const satisfies Record<ModelField, { now: string; previous: string }>

/** What the trailers call a target: `k8s/inference.yaml prod/churn predictor`. */
export function targetLabel(file: string, { values: [value] }: Plan): string {
  return `${file} ${value?.target ?? ''}`
}

/**
 * The commits by which a target was deployed or rolled back, newest first, as far as the history reaches.
 */
export function deploymentsOf(history: readonly LoggedCommit[], target: string): Deployment[] {
  return history
    .map(({ oid, message }) => ({ commit: oid, trailers: parseTrailers(message) }))
    .filter(({ trailers }) => trailers.get(TRAILER.target) === target)
}

export function trailersOf(field: Field): { readonly now: string; readonly previous: string } | undefined {
  return field === 'image' || field === 'storage-uri' ? FIELD_TRAILERS[field] : undefined
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
