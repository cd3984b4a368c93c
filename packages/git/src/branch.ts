import { type PushOutcome, readPush } from './push-outcome.ts'
import type { GitRepository } from './repository.ts'

export interface LoggedCommit {
  readonly oid: string
  readonly message: string
}

/**
 * Brings the branch as it is now, `depth` commits of it, without the contents of files. Returns its head.
 * @throws Failure GIT_BRANCH_NOT_FOUND and those of the network and the server's rights
 */
export async function fetchBranch(repository: GitRepository, branch: string, depth = 1): Promise<string> {
  await bringBranch(repository, branch, depth)
  return headOf(repository, branch)
}

/** What comes along with the commits: their folders, but no contents of files; or nothing, for those who only read messages. */
type Brought = 'blob:none' | 'tree:0'

/** The newest commits of a branch, its head first. */
export interface History {
  readonly commits: readonly [LoggedCommit, ...LoggedCommit[]]
  /** Whether there may be more, further back. */
  readonly hasOlder: boolean
}

/**
 * Brings the branch as it is now, `depth` commits of it, without the contents of files; fewer where their messages are too
 * long to be read all.
 * @throws Failure as {@link fetchBranch}
 */
export async function fetchHistory(
  repository: GitRepository,
  branch: string,
  depth: number,
  filter: Brought = 'blob:none',
): Promise<History> {
  await bringBranch(repository, branch, depth, filter)
  const { whole, isCut } = await readHistory(repository, branch)
  const [head, ...older] = whole
  if (head === undefined) throw new Error(`git log knows no commit of ${branch}`)
  return { commits: [head, ...older], hasOlder: isCut || whole.length >= depth }
}

async function bringBranch(
  repository: GitRepository,
  branch: string,
  depth: number,
  filter: Brought = 'blob:none',
): Promise<void> {
  const refspec = `+refs/heads/${branch}:${trackingRef(branch)}`
  const options = [
    '--quiet',
    '--no-tags',
    '--no-recurse-submodules',
    `--depth=${depth}`,
    `--filter=${filter}`,
  ]
  const args = ['fetch', ...options, '--end-of-options', 'origin', refspec]
  await repository.run({ what: 'Cannot read the branch', args, isRemote: true })
}

/**
 * The head of the branch on the server, without fetching anything; undefined where there is no such branch.
 */
export async function resolveRemoteBranch(
  repository: GitRepository,
  branch: string,
): Promise<string | undefined> {
  const args = ['ls-remote', '--quiet', '--end-of-options', 'origin', `refs/heads/${branch}`]
  const { stdout } = await repository.run({ what: 'Cannot read the branch', args, isRemote: true })
  return /^[0-9a-f]{40,64}(?=\t)/.exec(stdout)?.[0]
}

/** A commit that is made, and the head that it was made on. */
export interface Offer {
  readonly commit: string
  readonly parent: string
}

/**
 * Moves the branch on the server to the commit, if its head is still the commit's parent: else it is `moved`, be it that
 * somebody wrote to the branch, took something out of it, or deleted it.
 *
 * A plain push asks less: that the head is *some* ancestor of the commit, so a branch that was set back would get back
 * what was taken out of it, and a deleted one would be there again. The lease is what asks for the very head. In spite of
 * its name nothing is forced by it: what it lets through is a fast-forward, since the parent is the lease.
 */
export async function pushCommit(
  repository: GitRepository,
  { commit, parent }: Offer,
  branch: string,
): Promise<PushOutcome> {
  const ref = `refs/heads/${branch}`
  const options = ['--porcelain', '--no-verify', `--force-with-lease=${ref}:${parent}`]
  const args = ['push', ...options, '--end-of-options', 'origin', `${commit}:${ref}`]
  const { exitCode, stdout, stderr } = await repository.attempt({
    what: 'Cannot push the commit',
    args,
    isRemote: true,
  })
  return readPush(`${repository.remote.path} ${branch} on ${repository.remote.host}`, {
    exitCode,
    stdout,
    stderr,
  })
}

async function readHistory(
  repository: GitRepository,
  branch: string,
): Promise<{ readonly whole: LoggedCommit[]; readonly isCut: boolean }> {
  const args = ['log', '-z', '--format=%H%n%B', trackingRef(branch), '--']
  const { stdout, truncated } = await repository.run({ what: 'Cannot read the history', args })
  const entries = stdout.split('\0').filter((entry) => entry !== '')
  // Half of a message has no trailers; of the head at least its name is needed.
  const whole = truncated && entries.length > 1 ? entries.slice(0, -1) : entries
  const commits = whole.map((entry) => ({
    oid: entry.slice(0, entry.indexOf('\n')),
    message: entry.slice(entry.indexOf('\n') + 1).trimEnd(),
  }))
  return { whole: commits, isCut: truncated }
}

async function headOf(repository: GitRepository, branch: string): Promise<string> {
  const args = ['for-each-ref', '--format=%(objectname)', trackingRef(branch)]
  const { stdout } = await repository.run({ what: 'Cannot read the branch', args })
  return stdout.trim()
}

function trackingRef(branch: string): string {
  return `refs/remotes/origin/${branch}`
}
