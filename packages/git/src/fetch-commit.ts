import { Failure } from '@mlops-actions/diagnostics'
import type { GitRepository } from './repository.ts'

/** What a failure says of a commit that is wanted. */
interface Wanted {
  /** "Cannot read another repository" */
  readonly what: string
  /** What to do where the server does not have it. */
  readonly next: string
}

/**
 * Brings one commit, alone where the server gives out commits by their SHA, otherwise with the whole history of every
 * branch and tag.
 * @param commit 40 or 64 hexadecimal digits
 * @throws Failure `not-found` where the server does not have it
 */
export async function fetchCommit(
  repository: GitRepository,
  commit: string,
  { what, next }: Wanted,
): Promise<void> {
  const options = ['fetch', '--quiet', '--no-recurse-submodules']
  const alone = [...options, '--no-tags', '--depth=1', '--end-of-options', 'origin', commit]
  const { exitCode } = await repository.attempt({ what, args: alone, isRemote: true })
  if (exitCode === 0) return
  const all = [...options, '--tags', '--end-of-options', 'origin', '+refs/heads/*:refs/remotes/origin/*']
  await repository.run({ what, args: all, isRemote: true })
  const args = ['cat-file', '-e', `${commit}^{commit}`]
  if ((await repository.attempt({ what, args })).exitCode === 0) return
  throw new Failure({
    kind: 'not-found',
    code: 'GIT_COMMIT',
    what,
    on: `${repository.remote.path} on ${repository.remote.host}`,
    seen: `no branch and no tag of it contains the commit ${commit}`,
    next,
  })
}
