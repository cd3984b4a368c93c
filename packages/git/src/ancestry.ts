import { fetchBranch } from './branch.ts'
import type { Checkout } from './checkout.ts'
import type { GitRepository } from './repository.ts'
import { isShallow } from './revisions.ts'

const DEEP_ENOUGH = [50, 1_000, 2 ** 31 - 1] as const

/**
 * Whether the branch contains the commit. History is fetched in steps, commits and trees only, until the
 * answer is sure.
 * @param commit 40 or 64 hexadecimal digits
 */
export async function isOnBranch(
  repository: GitRepository,
  branch: string,
  commit: string,
): Promise<boolean> {
  for (const depth of DEEP_ENOUGH) {
    const head = await fetchBranch(repository, branch, depth)
    if (await isAncestor(repository, commit, head)) return true
    if (!(await isShallow(repository))) return false
  }
  return false
}

/** Whether one commit is the other or an ancestor of it, as far as history has been fetched. */
export async function isAncestor(
  repository: Pick<Checkout, 'attempt'>,
  ancestor: string,
  descendant: string,
): Promise<boolean> {
  if (!(await isKnown(repository, ancestor))) return false
  const args = ['merge-base', '--is-ancestor', ancestor, descendant]
  const { exitCode } = await repository.attempt({ what: 'Cannot compare two commits', args })
  return exitCode === 0
}

/** The best common ancestor of two commits, as far as this checkout's history reaches; undefined where there is none. */
export async function findMergeBase(
  checkout: Checkout,
  one: string,
  other: string,
): Promise<string | undefined> {
  const { exitCode, stdout } = await checkout.attempt({
    what: 'Cannot compare two commits',
    args: ['merge-base', one, other],
  })
  return exitCode === 0 ? stdout.trim() : undefined
}

/** Whether the commit is there, without asking the server: a partial clone would fetch a commit that is merely mentioned. */
export async function isKnown(repository: Pick<Checkout, 'attempt'>, commit: string): Promise<boolean> {
  const env = { GIT_NO_LAZY_FETCH: '1' }
  const args = ['cat-file', '-e', `${commit}^{commit}`]
  const { exitCode } = await repository.attempt({ what: 'Cannot look for a commit', args, env })
  return exitCode === 0
}
