import { isCommit, type Relation } from '@mlops-actions/argocd'
import { Failure } from '@mlops-actions/diagnostics'
import { fetchBranch, type GitRepository, isAncestor, parseBranchName } from '@mlops-actions/git'

/** Commits of history that are fetched before giving up on a relation, step by step. */
const DEPTHS = [20, 500, 2 ** 31 - 1]

/** The branch that a targetRevision names, where it is not that one; what it names may be a tag as well. */
export function otherBranch(targetRevision: string, branch: string): readonly string[] {
  const name = targetRevision.replace(/^refs\/heads\//, '')
  const isOne = name !== '' && name !== 'HEAD' && name !== branch && !isCommit(name)
  return isOne && isBranchName(name) ? [name] : []
}

function isBranchName(name: string): boolean {
  try {
    return parseBranchName(name) === name
  } catch {
    return false
  }
}

/** What the first branch says that knows both commits. */
export async function askBranches(
  repository: GitRepository,
  [branch = '', ...others]: readonly string[],
  revision: string,
  current: string,
): Promise<Relation> {
  const relation = await askGit(repository, branch, revision, current)
  if (relation !== 'diverged' || others.length === 0) return relation
  return askBranches(repository, others, revision, current).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'GIT_BRANCH_NOT_FOUND') return relation
    throw error
  })
}

/**
 * `newer` contains the wanted commit, `older` does not but is on the branch that does; everything else is `diverged`:
 * the wanted commit is not on the branch, or Argo CD is somewhere else.
 */
async function askGit(
  repository: GitRepository,
  branch: string,
  revision: string,
  current: string,
): Promise<Relation> {
  let head = ''
  for (const depth of DEPTHS) {
    head = await fetchBranch(repository, branch, depth)
    if (await isAncestor(repository, revision, current)) return 'newer'
    if (await isAncestor(repository, current, revision)) return 'older'
  }
  // Two lines of history that were merged: Argo CD is on the one, the wanted commit on the other.
  const onBranch = [revision, current].map((commit) => isAncestor(repository, commit, head))
  return (await Promise.all(onBranch)).every((is) => is) ? 'older' : 'diverged'
}
