import { join } from 'node:path'
import type { GitRepository } from './repository.ts'

export interface CommitAuthor {
  readonly name: string
  readonly email: string
}

export interface NewCommit {
  /** The commit whose tree is changed. */
  readonly parent: string
  /** Whole files, by path; the mode is the one the file had. */
  readonly files: readonly { readonly path: string; readonly mode: string; readonly bytes: Buffer }[]
  readonly message: string
  readonly author: CommitAuthor
  /** Milliseconds since the epoch. */
  readonly time: number
}

/**
 * Makes the commit out of objects alone: no work tree, so no checkout, no line-end conversion, no symlink
 * to follow and nothing left half-written. No branch moves. `--missing-ok`: a partial clone lacks the blobs
 * that did not change.
 */
export async function writeCommit(repository: GitRepository, commit: NewCommit): Promise<string> {
  const env = { GIT_INDEX_FILE: join(repository.directory, 'index-of-change') }
  const print = async (
    args: readonly string[],
    input?: string | Buffer,
    more?: Record<string, string>,
  ): Promise<string> => {
    const command = {
      what: 'Cannot make the commit',
      args,
      env: { ...env, ...more },
      ...(input === undefined ? {} : { input }),
    }
    return (await repository.run(command)).stdout.trim()
  }
  await print(['read-tree', commit.parent])
  const lines: string[] = []
  for (const { path, mode, bytes } of commit.files) {
    const blob = await print(['hash-object', '-w', '--stdin'], bytes)
    lines.push(`${mode} ${blob}\t${path}\0`)
  }
  await print(['update-index', '-z', '--index-info'], lines.join(''))
  const tree = await print(['write-tree', '--missing-ok'])
  return print(['commit-tree', tree, '-p', commit.parent], commit.message, identity(commit))
}

function identity({ author, time }: NewCommit): Record<string, string> {
  const date = `${Math.floor(time / 1_000)} +0000`
  return {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
    GIT_COMMITTER_DATE: date,
  }
}
