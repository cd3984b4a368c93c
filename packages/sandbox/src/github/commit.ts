import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { git, tryGit } from './git.ts'

export interface NewCommit {
  /** The branch's head that the commit is made on; none for the first commit of a repository. */
  readonly parent: string | undefined
  readonly message: string
  readonly author: { readonly name: string; readonly email: string }
  /** Seconds since the epoch. */
  readonly time: number
  readonly additions: readonly { readonly path: string; readonly contents: Buffer; readonly mode?: string }[]
  readonly deletions: readonly string[]
}

/** Writes a commit object by plumbing; no branch moves. */
export async function writeCommit(directory: string, commit: NewCommit): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'sandbox-github-index-'))
  try {
    const env = { GIT_INDEX_FILE: join(scratch, 'index') }
    if (commit.parent !== undefined) await git(directory, ['read-tree', commit.parent], { env })
    const lines: string[] = commit.deletions.map((path) => `0 ${'0'.repeat(40)}\t${path}\0`)
    for (const { path, contents, mode = '100644' } of commit.additions) {
      const blob = await git(directory, ['hash-object', '-w', '--stdin'], { input: contents })
      lines.push(`${mode} ${blob}\t${path}\0`)
    }
    await git(directory, ['update-index', '-z', '--index-info'], { env, input: lines.join('') })
    const tree = await git(directory, ['write-tree'], { env })
    const parents = commit.parent === undefined ? [] : ['-p', commit.parent]
    return await git(directory, ['commit-tree', tree, ...parents], {
      env: identity(commit),
      input: commit.message,
    })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Moves a branch if it still points where the caller thinks; false when it does not. */
export async function moveBranch(
  directory: string,
  branch: string,
  to: string,
  from: string,
): Promise<boolean> {
  const { exitCode } = await tryGit(directory, ['update-ref', `refs/heads/${branch}`, to, from])
  return exitCode === 0
}

function identity({ author, time }: NewCommit): Record<string, string> {
  const date = `${time} +0000`
  return {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
    GIT_COMMITTER_DATE: date,
  }
}
