import { Failure } from '@mlops-actions/diagnostics'
import { sameRepository } from '@mlops-actions/oci'
import { TRAILER } from '../trailers/trailers.ts'
import type { Ancestry } from './ancestry.ts'
import type { BumpedValue, FileValue } from './change-set.ts'
import { type Deployment, isWrittenBy, ofTarget, writtenBy } from './deployment-log.ts'
import { imageIn, placeOf } from './value-image.ts'

/**
 * What to do when somebody else sets the same value to a third one while we try to set it. `skip-if-newer` leaves a newer
 * deployment alone, in that moment or since, and fails for what is not known to be newer.
 */
export type OnConflict = 'fail' | 'overwrite' | 'skip-if-newer'

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
export function assertSameRepositories(values: readonly FileValue[]): void {
  const other = values.find(
    ({ wish, before, after }) => before !== '' && NAMING.has(wish.set) && isOtherRepository(before, after),
  )
  if (other === undefined) return
  throw new Failure({
    kind: 'config',
    code: 'GITOPS_REPOSITORY_CHANGED',
    what: 'Refusing to change the image repository',
    on: placeOf(other),
    seen: `"${other.before}" stands there and "${other.after}" is of another repository`,
    next: 'Check `container` and `name`; if the new repository is meant, set `allow-repository-change: true`, or write an image of it into the file by hand once',
  })
}

/** Annotations, variables and free values are text to us. */
const NAMING: ReadonlySet<string> = new Set(['image', 'storage-uri'])

function isOtherRepository(before: string, after: string): boolean {
  const [one, other] = [imageIn(before), imageIn(after)]
  // A storage URI that is no oci:// one names no image, and what is not readable now was never deployed by
  // us.
  if (other === undefined) return false
  return one === undefined || !sameRepository(one, other)
}

/**
 * Re-running an old job does not take a newer deployment back: the newest deployment of a target by this repository may
 * not belong to a later run nor to a commit that contains this run's one, and what this very run once wrote may not have
 * been replaced by somebody since. Run ids decide between runs of one commit, or of commits that nobody can compare.
 * @returns GITOPS_NEWER_DEPLOYMENT for the first value that would be an older one
 */
export function findNewer(
  values: readonly FileValue[],
  deployments: readonly Deployment[],
  run: RunIdentity & { readonly sha: string },
  ancestry: Ancestry | undefined,
): Failure | undefined {
  for (const value of values) {
    if (!value.isChanged) continue
    const log = ofTarget(deployments, value)
    const seen = laterRun(log, run) ?? replacedSince(log, run, value)
    if (seen !== undefined) return newer(value, seen, 'Start a new run to deploy this version on purpose')
    const contains = newerCommit(log, run, ancestry, value)
    if (contains !== undefined) return newer(value, contains, 'Deploy the newer commit')
  }
  return undefined
}

function laterRun(log: readonly Deployment[], run: RunIdentity): string | undefined {
  const newest = log.find((deployment) => isOf(deployment, run))
  const theirs = newest?.trailers.get(TRAILER.runId) ?? ''
  if (newest === undefined || !isLater(theirs, run.runId)) return undefined
  return `commit ${short(newest)} was made by the later run ${theirs}, this is run ${run.runId}`
}

/** Somebody who leaves no trailers, by hand or by another tool, has put something else where this run wrote before. */
function replacedSince(log: readonly Deployment[], run: RunIdentity, value: FileValue): string | undefined {
  const own = log.find((deployment) => isWrittenBy(deployment, run))
  const wrote = writtenBy(own, value)?.now
  if (own === undefined || wrote === undefined || wrote === value.before) return undefined
  return `an earlier attempt of this run wrote "${wrote}" with commit ${short(own)}, and "${value.before}" has replaced it since`
}

/** The commits of the product that have to be compared with this run's one before {@link findNewer} can tell. */
export function uncompared(
  values: readonly FileValue[],
  deployments: readonly Deployment[],
  run: RunIdentity & { readonly sha: string },
  ancestry: Ancestry,
): readonly string[] {
  const commits = values
    .filter(({ isChanged }) => isChanged)
    .flatMap((value) => deployedCommit(ofTarget(deployments, value), run, value) ?? [])
  return [...new Set(commits)].filter((commit) => ancestry.containsOurs(commit) === undefined)
}

/**
 * The commit of the same product whose value stands there; undefined where it is not another one. A rollback names the commit
 * of the run that made it, which is not what it brought back.
 */
function deployedCommit(
  log: readonly Deployment[],
  run: RunIdentity & { readonly sha: string },
  value: FileValue,
): string | undefined {
  const writer = log.find(
    (deployment) =>
      isOf(deployment, run) &&
      !deployment.trailers.has(TRAILER.rollbackOf) &&
      writtenBy(deployment, value)?.now === value.before,
  )
  const commit = writer?.trailers.get(TRAILER.referenceSha) ?? ''
  return commit !== run.sha && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(commit) ? commit : undefined
}

/** Whether a deployment is of the same product. */
function isOf({ trailers }: Deployment, { repositoryUrl }: RunIdentity): boolean {
  return repositoryUrl !== '' && trailers.get(TRAILER.referenceRepository) === repositoryUrl
}

function newerCommit(
  log: readonly Deployment[],
  run: RunIdentity & { readonly sha: string },
  ancestry: Ancestry | undefined,
  value: FileValue,
): string | undefined {
  const commit = deployedCommit(log, run, value)
  if (commit === undefined || ancestry?.containsOurs(commit) !== 'yes') return undefined
  return `${commit.slice(0, 12)} of the product is deployed, which contains the commit ${run.sha.slice(0, 12)} of this run`
}

function newer(value: FileValue, seen: string, next: string): Failure {
  return new Failure({
    kind: 'conflict',
    code: 'GITOPS_NEWER_DEPLOYMENT',
    what: 'Refusing to replace a newer deployment by an older one',
    on: placeOf(value),
    seen,
    next: `${next}, or set \`allow-downgrade: true\``,
    retryable: false,
  })
}

function short({ commit }: Deployment): string {
  return commit.slice(0, 12)
}

function isLater(one: string, other: string): boolean {
  return /^\d{1,30}$/.test(one) && /^\d{1,30}$/.test(other) && BigInt(one) > BigInt(other)
}

/**
 * Between our first look and a later try nobody else may have set the same value to a third one.
 * @param first what the first look found, in the order of what was wanted
 * @throws Failure GITOPS_VALUE_CONFLICT
 */
export function assertNoConflict(values: readonly FileValue[], first: readonly BumpedValue[]): void {
  const clash = values.find((value) => value.isChanged && value.before !== first[value.index]?.before)
  if (clash === undefined) return
  throw new Failure({
    kind: 'conflict',
    code: 'GITOPS_VALUE_CONFLICT',
    what: 'Somebody else has just set the same value',
    on: placeOf(clash),
    seen: `it became "${clash.before}" while this step was writing "${clash.after}"`,
    next: 'Decide which one is meant, then run again; `on-conflict: overwrite` lets the last writer win',
    retryable: false,
  })
}
