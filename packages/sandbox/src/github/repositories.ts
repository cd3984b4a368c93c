import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findEntry, readLoose } from '../git/objects.ts'
import { commitToBranch } from './commit.ts'
import { git, tryGit } from './git.ts'
import { fullName, type GitHubState, type Protection, type Repository } from './state.ts'

export interface RepositoryOptions {
  readonly isPrivate?: boolean
  /** Default `main`. */
  readonly defaultBranch?: string
  /** Content of the first commit, by path; none leaves the repository empty. */
  readonly files?: Readonly<Record<string, string | Buffer>>
}

/** What `git init --bare` writes, and what makes it serve as GitHub does. */
const SETTINGS = `[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = true
[http]
\treceivepack = true
[uploadpack]
\tallowFilter = true
\tallowAnySHA1InWant = true
[receive]
\tautogc = false
`
const SEED = { name: 'Sandbox', email: 'sandbox@example.com' }

/**
 * Creates a bare repository that git can fetch from and push to; partial clones work as they do on GitHub.
 */
export async function createRepository(
  state: GitHubState,
  name: string,
  options: RepositoryOptions = {},
): Promise<Repository> {
  const [owner = '', repo = ''] = name.split('/')
  const { isPrivate = false, defaultBranch = 'main', files = {} } = options
  const directory = join(state.root, owner, `${repo}.git`)
  await mkdir(join(directory, 'objects'), { recursive: true })
  await mkdir(join(directory, 'refs', 'heads'), { recursive: true })
  await writeFile(join(directory, 'HEAD'), `ref: refs/heads/${defaultBranch}\n`)
  await writeFile(join(directory, 'config'), SETTINGS)
  const repository: Repository = {
    owner,
    name: repo,
    directory,
    defaultBranch,
    isPrivate,
    protection: new Map(),
    pulls: [],
    mergeRules: new Map(),
    mergeMethods: ['MERGE', 'SQUASH', 'REBASE'],
    allowsAutoMerge: true,
    deletesMergedBranches: false,
    codeOwners: [],
  }
  state.repositories.set(fullName(repository).toLowerCase(), repository)
  if (Object.keys(files).length > 0)
    await commitOnto(undefined, state, repository, { files, message: 'Start' })
  return repository
}

export interface FileChange {
  readonly files: Readonly<Record<string, string | Buffer>>
  readonly message: string
  readonly branch?: string
}

/** A commit that lands without a client: how a test plays the other writer. Returns its SHA. */
export async function commitFiles(
  state: GitHubState,
  repository: Repository,
  change: FileChange,
): Promise<string> {
  const parent = await headOf(repository, change.branch ?? repository.defaultBranch)
  return commitOnto(parent, state, repository, change)
}

async function commitOnto(
  parent: string | undefined,
  state: GitHubState,
  repository: Repository,
  { files, message, branch = repository.defaultBranch }: FileChange,
): Promise<string> {
  const additions = Object.entries(files).map(([path, contents]) => ({
    path,
    contents: Buffer.from(contents),
  }))
  const time = Math.floor(state.now() / 1_000)
  const commit = await commitToBranch(repository.directory, branch, {
    parent,
    message,
    author: SEED,
    time,
    additions,
    deletions: [],
  })
  if (commit === undefined)
    throw new Error(`${fullName(repository)}: ${branch} moved while the sandbox committed to it`)
  return commit
}

/** The SHA that a branch points at. */
export async function headOf({ directory }: Repository, branch: string): Promise<string | undefined> {
  // What stands in a file of its own is the newest; git is asked where there is none.
  const loose = await readFile(join(directory, 'refs', 'heads', branch), 'utf8').catch(() => '')
  if (/^[0-9a-f]{40}\n$/.test(loose)) return loose.trimEnd()
  const line = await git(directory, ['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`])
  return line === '' ? undefined : line
}

/** The text of a file as a commit has it, byte for byte. @throws Error where there is none */
export async function readFileAt(repository: Repository, commit: string, path: string): Promise<string> {
  const blob = await readBlobAt(repository, commit, path)
  if (blob === undefined) throw new Error(`${fullName(repository)}: ${commit} has no file ${path}`)
  return blob.bytes.toString()
}

export interface BlobAt {
  readonly oid: string
  readonly bytes: Buffer
}

/** A file as a branch, tag or commit has it; undefined where it has none. */
export async function readBlobAt(
  repository: Repository,
  revision: string,
  path: string,
): Promise<BlobAt | undefined> {
  const { directory } = repository
  const commit = /^[0-9a-f]{40}$/.test(revision) ? revision : await headOf(repository, revision)
  const entry = commit === undefined ? undefined : await findEntry(directory, commit, path)
  const oid = entry?.oid ?? (entry === null ? undefined : await resolvePath(directory, revision, path))
  if (oid === undefined) return undefined
  const bytes = await readBlob(repository, oid)
  return bytes && { oid, bytes }
}

async function resolvePath(directory: string, revision: string, path: string): Promise<string | undefined> {
  const object = `${revision}:${path}`
  const { exitCode, stdout } = await tryGit(directory, ['rev-parse', '--verify', '--quiet', object])
  return exitCode === 0 ? stdout.toString().trim() : undefined
}

/** The bytes of a blob by its SHA; undefined where there is none. */
export async function readBlob({ directory }: Repository, oid: string): Promise<Buffer | undefined> {
  const loose = await readLoose(directory, 'blob', oid)
  if (loose !== undefined) return loose
  const { exitCode, stdout } = await tryGit(directory, ['cat-file', 'blob', oid])
  return exitCode === 0 ? stdout : undefined
}

export async function protectBranch(
  repository: Repository,
  branch: string,
  protection: Protection | undefined,
): Promise<void> {
  if (protection === undefined) repository.protection.delete(branch)
  else repository.protection.set(branch, protection)
  const lines = [...repository.protection].map(([name, rule]) => `refs/heads/${name} ${rule}\n`)
  await writeFile(join(repository.directory, 'protected-branches'), lines.join(''))
  if (lines.length > 0) await installPushRules(repository)
}

/** GitHub's words for a push that a rule turns down; git itself adds "pre-receive hook declined". */
const PRE_RECEIVE = `#!/bin/sh
while read -r old new ref; do
  rule=$(sed -n "s|^$ref ||p" "$GIT_DIR/protected-branches")
  case "$rule" in
    GH006)
      echo "error: GH006: Protected branch update failed for $ref." >&2
      echo "error: Changes must be made through a pull request." >&2
      exit 1 ;;
    GH013)
      echo "error: GH013: Repository rule violations found for $ref." >&2
      echo "" >&2
      echo "- Changes must be made through a pull request." >&2
      echo "" >&2
      exit 1 ;;
  esac
done
`

async function installPushRules(repository: Repository): Promise<void> {
  const hook = join(repository.directory, 'hooks', 'pre-receive')
  await mkdir(join(repository.directory, 'hooks'), { recursive: true })
  await writeFile(hook, PRE_RECEIVE)
  await chmod(hook, 0o755)
}
