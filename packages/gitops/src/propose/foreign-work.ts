import {
  type CommitAhead,
  type GitHubClient,
  listChangedFiles,
  type RepositoryName,
} from '@mlops-actions/github'
import { isOurCommit } from './head-branch.ts'

/** What a head branch has beyond its base. */
export interface Ahead {
  readonly base: string
  readonly head: string
  /** How many commits there are in all. */
  readonly total: number
  readonly commits: readonly CommitAhead[]
}

/**
 * What somebody else has put on a head branch, for people; undefined where all of it may be replaced. The button "Update
 * branch" makes merges, and so does who solves a conflict by hand: a merge is nobody's work only if with it the branch
 * changes the same files of its base to the same contents as our commit alone.
 * @throws Failure of the server
 */
export async function findForeignWork(
  github: GitHubClient,
  repository: RepositoryName,
  { base, head, total, commits }: Ahead,
): Promise<string | undefined> {
  const merges = commits.filter(({ parents }) => parents.length > 1)
  const single = commits.filter(({ parents }) => parents.length < 2)
  const foreign = single.find((commit) => !isOurCommit(commit))
  if (foreign !== undefined) return `${foreign.oid.slice(0, 12)} was not made by this step`
  if (total > commits.length) return `one of its ${total} commits may be of somebody else`
  const [merge] = merges
  if (merge === undefined) return undefined
  const [own, ...more] = single
  const [parent] = own?.parents ?? []
  if (own !== undefined && parent !== undefined && more.length === 0) {
    const ours = await listChangedFiles(github, repository, parent, own.oid)
    const theirs = await listChangedFiles(github, repository, base, head)
    if (JSON.stringify(theirs) === JSON.stringify(ours)) return undefined
  }
  return `the merge ${merge.oid.slice(0, 12)} has contents of its own`
}
