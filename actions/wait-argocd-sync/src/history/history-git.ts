import { isCommit, type Relation } from '@mlops-actions/argocd'
import { Failure } from '@mlops-actions/diagnostics'
import { fetchBranch, type GitRepository, isAncestor } from '@mlops-actions/git'
import { type Question, relate } from './relation.ts'

/** Commits of history that are fetched before giving up on a relation, step by step. */
const DEPTHS = [20, 500, 2 ** 31 - 1]

/** Asks a repository into which the branches are fetched, deeper and deeper, until a commit is found to contain the other. */
export async function relateByFetching(repository: GitRepository, question: Question): Promise<Relation> {
  const names = [...new Set([question.followed, question.branch])].filter((name) => !isCommit(name))
  let relation: Relation = 'diverged'
  for (const depth of DEPTHS) {
    const heads = new Map<string, string | undefined>()
    for (const name of names) heads.set(name, await headOf(repository, name, depth))
    if (heads.get(question.branch) === undefined && heads.get(question.followed) === undefined)
      await fetchBranch(repository, question.branch, depth)
    relation = (await relate(containsIn(repository, heads), question)) ?? 'unknown'
    if (relation === 'newer' || relation === 'older') return relation
  }
  return relation
}

/** Undefined where it is no branch: a tag, whose commits are not fetched, or nothing at all. */
async function headOf(repository: GitRepository, name: string, depth: number): Promise<string | undefined> {
  return fetchBranch(repository, name, depth).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'GIT_BRANCH_NOT_FOUND') return undefined
    throw error
  })
}

function containsIn(repository: GitRepository, heads: ReadonlyMap<string, string | undefined>) {
  return async (descendant: string, ancestor: string) => {
    const head = heads.has(descendant) ? heads.get(descendant) : descendant
    return head !== undefined && (head === ancestor || isAncestor(repository, ancestor, head))
  }
}
