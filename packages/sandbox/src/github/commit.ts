import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { moveBranch, writeCommit } from '../git/write-commit.ts'
import { tryGit } from './git.ts'

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

/**
 * Makes the commit and moves the branch to it, without a process where git keeps loose what the commit stands on.
 * Returns undefined where the branch has gone elsewhere since `parent`. @throws Error for a path that git does not take
 */
export async function commitToBranch(
  directory: string,
  branch: string,
  commit: NewCommit,
): Promise<string | undefined> {
  const { parent, additions, deletions, message } = commit
  const removed = deletions.map((path) => ({ path, contents: undefined }))
  const changes = [...removed, ...additions]
  for (const { path } of changes) assertPath(path)
  const isPacked = parent !== undefined && !existsSync(join(directory, 'refs', 'heads', branch))
  const oid = isPacked
    ? undefined
    : await writeCommit(directory, { parent, changes, who: formatWho(commit), message })
  if (oid === undefined) return importCommit(directory, branch, commit)
  return (await moveBranch(directory, branch, { from: parent, to: oid })) ? oid : undefined
}

/** All by one process. */
async function importCommit(
  directory: string,
  branch: string,
  commit: NewCommit,
): Promise<string | undefined> {
  const input = formatImport(branch, commit)
  const { exitCode, stdout, stderr } = await tryGit(directory, ['fast-import', '--quiet'], { input })
  if (exitCode === 0) return stdout.toString().trim()
  if (/^warning: Not updating |cannot lock ref/m.test(stderr)) return undefined
  throw new Error(`git fast-import ended with ${exitCode}: ${stderr}`)
}

function formatWho({ author: { name, email }, time }: NewCommit): string {
  return `${name} <${email}> ${time} +0000`
}

/** The stream of git-fast-import(1); its answer is the commit's SHA. */
function formatImport(branch: string, commit: NewCommit): Buffer {
  const { parent, message, additions, deletions } = commit
  const who = formatWho(commit)
  const changes = additions.flatMap(({ path, contents, mode = '100644' }) => [
    `M ${mode} inline ${quote(path)}\n`,
    ...formatData(contents),
  ])
  const parts = [
    `commit refs/heads/${branch}\nmark :1\nauthor ${who}\ncommitter ${who}\n`,
    ...formatData(Buffer.from(message)),
    parent === undefined ? '' : `from ${parent}\n`,
    ...deletions.map((path) => `D ${quote(path)}\n`),
    ...changes,
    'get-mark :1\n',
  ]
  return Buffer.concat(parts.map((part) => Buffer.from(part)))
}

function formatData(bytes: Buffer): (string | Buffer)[] {
  return [`data ${bytes.length}\n`, bytes, '\n']
}

function quote(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`
}

/** As git's index refuses them (verify_path in read-cache.c); fast-import takes them all. */
function assertPath(path: string): void {
  const isWrong = path
    .split('/')
    .some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git')
  if (isWrong) throw new Error(`invalid path '${path}'`)
}
