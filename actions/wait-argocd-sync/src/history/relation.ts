import { isRange, type Relation } from '@mlops-actions/argocd'

/** What is asked of the history of a repository. */
export interface Question {
  readonly wanted: string
  /** Where Argo CD is. */
  readonly current: string
  /** What the Application follows: a branch, a tag or a commit. */
  readonly followed: string
  /** The branch that the wanted commit was pushed to. */
  readonly branch: string
}

/** Whether a commit, or a branch, has another commit in its history; undefined where that cannot be told. */
export type Contains = (descendant: string, ancestor: string) => Promise<boolean | undefined>

/**
 * How the commit that Argo CD is at relates to the wanted one: `newer` contains it; `older` does not yet, and what the
 * Application follows does; of what else there is, `elsewhere` is on the branch, and the Application follows another one.
 * Undefined where the history does not tell.
 */
export async function relate(contains: Contains, question: Question): Promise<Relation | undefined> {
  const { wanted, current, followed, branch } = question
  const isNewer = await contains(current, wanted)
  if (isNewer !== false) return isNewer === true ? 'newer' : undefined
  const isFollowed = await contains(followed, wanted)
  if (isFollowed === undefined) return undefined
  if (isFollowed) {
    // Two lines of history that were merged: Argo CD is on the one, the wanted commit on the other.
    const isOnWay = (await contains(wanted, current)) === true || (await contains(followed, current)) === true
    return isOnWay ? 'older' : 'diverged'
  }
  if (followed === branch) return 'diverged'
  return (await contains(branch, wanted)) === true ? 'elsewhere' : 'diverged'
}

/**
 * What the Application follows, by its targetRevision; the branch of the commit where that is left open: the default
 * branch, or a range of versions.
 */
export function followedBy(targetRevision: string, branch: string): string {
  const name = targetRevision.replace(/^refs\/(?:heads|tags)\//, '')
  return name === '' || name === 'HEAD' || isRange(name) ? branch : name
}
