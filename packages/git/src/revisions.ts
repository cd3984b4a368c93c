import { Failure } from '@mlops-actions/diagnostics'
import type { Checkout } from './checkout.ts'

/**
 * The commit that a branch, tag or SHA names.
 * @throws Failure `not-found` with what a shallow checkout has to do with it
 */
export async function resolveRevision(checkout: Checkout, revision: string): Promise<string> {
  for (const name of [revision, `refs/remotes/origin/${revision}`]) {
    const { exitCode, stdout } = await checkout.attempt({
      what: 'Cannot look for a commit',
      args: ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`],
    })
    const oid = /^[0-9a-f]{40,64}(?=\n)/.exec(stdout)?.[0]
    if (exitCode === 0 && oid !== undefined) return oid
  }
  throw new Failure({
    kind: 'not-found',
    code: 'GIT_REVISION',
    what: 'Cannot find a commit',
    on: revision,
    seen: 'neither a commit nor a branch nor a tag of this checkout has this name',
    next: 'Give actions/checkout `fetch-depth: 0`, which brings the whole history, or correct the name',
  })
}

/** Which commits of a repository are meant beside the workspace. */
export interface RevisionScope {
  readonly branches: boolean
  readonly tags: boolean
  /** Every commit that a branch or tag reaches. */
  readonly commits: boolean
}

/**
 * Their commits, newest first, each once. A shallow checkout has only some, which is the caller's to say.
 * @param deciding patterns of files below the checkout's folder: of `commits`, one in which none of them is another than in
 * one of its parents is left out, because it says what that parent says (git-log(1), History Simplification)
 */
export async function listRevisions(
  checkout: Checkout,
  scope: RevisionScope,
  deciding: readonly string[] = [],
): Promise<readonly string[]> {
  if (!scope.branches && !scope.tags && !scope.commits) return []
  const refs = scope.commits
    ? ['--all']
    : [...(scope.branches ? ['--branches', '--remotes'] : []), ...(scope.tags ? ['--tags'] : [])]
  const walk = scope.commits ? ['--topo-order', '--full-history'] : ['--no-walk=unsorted']
  const files = scope.commits && deciding.length > 0 ? ['--', ...deciding] : []
  const { stdout } = await checkout.run({
    what: 'Cannot list the commits',
    args: ['rev-list', ...walk, ...refs, ...files],
  })
  return [...new Set(stdout.split('\n').filter((line) => line !== ''))]
}

export async function isShallow(checkout: Checkout): Promise<boolean> {
  const { stdout } = await checkout.run({
    what: 'Cannot look at the history',
    args: ['rev-parse', '--is-shallow-repository'],
  })
  return stdout.trim() === 'true'
}

/**
 * Refuses a checkout that has only some of the history, where an answer out of it would be wrong.
 * @param purpose what needs it, as in "cannot …"
 * @throws Failure `config`
 */
export async function assertWholeHistory(checkout: Checkout, purpose: string): Promise<void> {
  if (!(await isShallow(checkout))) return
  throw new Failure({
    kind: 'config',
    code: 'GIT_SHALLOW',
    what: `Cannot ${purpose}`,
    on: checkout.directory,
    seen: 'this checkout has only the newest commits of the history (it is shallow)',
    next: 'Give actions/checkout `fetch-depth: 0`, which brings the whole history',
  })
}
