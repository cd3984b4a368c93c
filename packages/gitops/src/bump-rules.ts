import { Failure } from '@mlops-actions/diagnostics'
import type { PlannedValue } from '@mlops-actions/manifest'
import { type ImageReference, parseImageReference, sameRepository } from '@mlops-actions/oci'
import type { Deployment } from './deployment-log.ts'
import { TRAILER } from './trailers.ts'

/** What to do when somebody else sets the same value to a third one while we try to set it. */
export type OnConflict = 'fail' | 'overwrite'

/** The workflow run on whose behalf a change is made. Run ids of GitHub grow with time. */
export interface RunIdentity {
  /** URL of the repository whose workflow runs. */
  readonly repositoryUrl: string
  readonly runId: string
}

/**
 * A new image comes from the repository of the old one: otherwise the wrong container was named.
 * @throws Failure GITOPS_REPOSITORY_CHANGED
 */
export function assertSameRepositories(on: string, values: readonly PlannedValue[]): void {
  const other = values.find(({ before, after }) => before !== '' && isOtherRepository(before, after))
  if (other === undefined) return
  throw new Failure({
    kind: 'config',
    code: 'GITOPS_REPOSITORY_CHANGED',
    what: 'Refusing to change the image repository',
    on: `${on}:${other.line} ${other.path}`,
    seen: `"${other.before}" stands there and "${other.after}" is of another repository`,
    next: 'Check `container` and `name`; if the new repository is meant, set `allow-repository-change: true`',
  })
}

function isOtherRepository(before: string, after: string): boolean {
  const [one, other] = [asImage(before), asImage(after)]
  // A storage URI that is no oci:// one names no image, and what is not readable now was never deployed by
  // us.
  if (other === undefined) return false
  return one === undefined || !sameRepository(one, other)
}

/** `oci://` storage URIs are image references too (KServe's modelcars). */
function asImage(value: string): ImageReference | undefined {
  const reference = value.replace(/^oci(?:\+native|\+fetch)?:\/\//, '')
  if (reference.includes('://')) return undefined
  try {
    return parseImageReference(reference)
  } catch {
    return undefined
  }
}

/**
 * Re-running an old job does not take a newer deployment back: the newest deployment of the target by this
 * repository may not belong to a later run. Run ids decide, so a rollout of an old version on purpose,
 * which is a new run, goes through.
 * @throws Failure GITOPS_NEWER_DEPLOYMENT
 */
export function assertNotOlder(on: string, [newest]: readonly Deployment[], run: RunIdentity): void {
  const isOurs = newest?.trailers.get(TRAILER.referenceRepository) === run.repositoryUrl
  const theirs = newest?.trailers.get(TRAILER.runId) ?? ''
  if (newest === undefined || !isOurs || !isLater(theirs, run.runId)) return
  throw new Failure({
    kind: 'conflict',
    code: 'GITOPS_NEWER_DEPLOYMENT',
    what: 'Refusing to replace a newer deployment by an older one',
    on,
    seen: `commit ${newest.commit.slice(0, 12)} was made by the later run ${theirs}, this is run ${run.runId}`,
    next: 'Start a new run to deploy this version on purpose, or set `allow-downgrade: true`',
    retryable: false,
  })
}

function isLater(one: string, other: string): boolean {
  return /^\d{1,30}$/.test(one) && /^\d{1,30}$/.test(other) && BigInt(one) > BigInt(other)
}

/**
 * Between our first look and a later try nobody else may have set the same value to a third one.
 * @throws Failure GITOPS_VALUE_CONFLICT
 */
export function assertNoConflict(
  on: string,
  values: readonly PlannedValue[],
  first: readonly PlannedValue[],
): void {
  const clash = values.find(({ before, after }, index) => before !== after && before !== first[index]?.before)
  if (clash === undefined) return
  throw new Failure({
    kind: 'conflict',
    code: 'GITOPS_VALUE_CONFLICT',
    what: 'Somebody else has just set the same value',
    on: `${on}:${clash.line} ${clash.path}`,
    seen: `it became "${clash.before}" while this step was writing "${clash.after}"`,
    next: 'Decide which one is meant, then run again; `on-conflict: overwrite` lets the last writer win',
    retryable: false,
  })
}
