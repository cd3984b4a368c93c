import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorMessage } from '../containers/caught.ts'
import { readCommit } from '../git/objects.ts'

/** Folders by the URL that they stand for, as git's `url.<base>.insteadOf` has it. */
export type Nearby = Readonly<Record<string, string>>

/** The repo-server's view of Git repositories: real git against a URL or a path. */
export interface GitSource {
  /** Commit that a branch, tag or SHA stands for now. @throws Error with git's message */
  resolve(repository: string, revision: string): Promise<string>
  /** Text files of a folder at a commit, by path relative to it. @throws Error when the path is not there */
  files(repository: string, commit: string, path: string, recurse: boolean): Promise<Map<string, string>>
  metadata(repository: string, commit: string): Promise<CommitMetadata>
}

export interface CommitMetadata {
  readonly author: string
  /** RFC 3339 */
  readonly date: string
  readonly message: string
}

/**
 * @param root directory for local copies of the repositories
 * @param nearby folders that hold the repositories below a URL
 */
export function createGitSource(root: string, nearby: Nearby = {}): GitSource {
  const git = createGit(nearby)
  const copies = new Map<string, Promise<string>>()
  const rendered = new Map<string, Promise<Map<string, string>>>()
  const present = new Set<string>()
  /** The local copy with that commit in it; one fetch at a time, since git locks its references. */
  const copyWith = (repository: string, commit: string): Promise<string> => {
    const path = join(root, createHash('sha256').update(repository).digest('hex').slice(0, 16))
    const before = copies.get(repository) ?? Promise.resolve(path)
    const key = `${path} ${commit}`
    if (present.has(key)) return Promise.resolve(path)
    const copy = before.catch(() => path).then(() => fetchCommit(git, path, repository, commit))
    copies.set(repository, copy)
    void copy.then(
      () => present.add(key),
      () => {},
    )
    return copy
  }
  return {
    resolve: async (repository, revision) => {
      if (/^[0-9a-f]{40}$/.test(revision)) return revision
      return chooseRevision(await git(root, ['ls-remote', '--', repository]), revision)
    },
    files: (repository, commit, path, recurse) => {
      // What a commit holds never changes.
      const key = [repository, commit, path, recurse].join('\n')
      const known =
        rendered.get(key) ??
        copyWith(repository, commit).then((copy) => readFolder(git, copy, commit, path, recurse))
      rendered.set(key, known)
      known.catch(() => rendered.delete(key))
      return known
    },
    metadata: async (repository, commit) => {
      const copy = await copyWith(repository, commit)
      return (await readMetadata(copy, commit)) ?? showMetadata(git, copy, commit)
    },
  }
}

async function readMetadata(copy: string, revision: string): Promise<CommitMetadata | undefined> {
  const commit = await readCommit(copy, revision)
  if (commit === undefined) return undefined
  const author = commit.author.replace(/ \d+ [+-]\d{4}$/, '')
  const date = formatDate(Number(commit.committer.split(' ').at(-2)) * 1_000)
  return { author, date, message: commit.message.trim() }
}

async function showMetadata(git: Git, copy: string, commit: string): Promise<CommitMetadata> {
  const text = await git(copy, ['show', '--no-patch', '--format=%an <%ae>%x00%cI%x00%B', commit])
  const [author = '', date = '', message = ''] = text.split('\0')
  return { author, date: formatDate(date), message: message.trim() }
}

function formatDate(date: string | number): string {
  return new Date(date).toISOString().replace('.000Z', 'Z')
}

async function fetchCommit(git: Git, copy: string, repository: string, commit: string): Promise<string> {
  const known = existsSync(copy) && (await has(git, copy, commit))
  if (!existsSync(copy)) await createCopy(copy)
  if (!known) await git(copy, ['fetch', '--quiet', '--force', repository, '+refs/*:refs/sandbox/*'])
  return copy
}

/** What `git init --bare --template=` writes; a process less is what a test notices. */
async function createCopy(copy: string): Promise<void> {
  for (const folder of ['objects', 'refs']) await mkdir(join(copy, folder), { recursive: true })
  await writeFile(join(copy, 'HEAD'), 'ref: refs/heads/main\n')
  await writeFile(join(copy, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n')
}

async function readFolder(
  git: Git,
  copy: string,
  commit: string,
  path: string,
  recurse: boolean,
): Promise<Map<string, string>> {
  const folder = path.replace(/^\.?\/*|\/+$/g, '')
  const options = [...(recurse ? ['-r'] : []), '-z', commit]
  const listing = await git(copy, ['ls-tree', ...options, ...(folder === '' ? [] : ['--', `${folder}/`])])
  if (listing === '' && folder !== '') throw new Error(`${path}: app path does not exist`)
  const ids = new Map<string, string>()
  for (const entry of listing.split('\0')) {
    const [, id, name = ''] = /^\S+ blob (\S+)\t(.*)$/s.exec(entry) ?? []
    if (id === undefined || !/\.(ya?ml|json)$/.test(name)) continue
    ids.set(name.slice(folder === '' ? 0 : folder.length + 1), id)
  }
  const texts = await readBlobs(git, copy, [...ids.values()])
  return new Map([...ids.keys()].map((name, index) => [name, texts[index] ?? '']))
}

/** In the order asked for. `cat-file --batch` answers each with `ID blob SIZE`, a new line, the bytes and a new line. */
async function readBlobs(git: Git, copy: string, ids: readonly string[]): Promise<readonly string[]> {
  let rest = await git.bytes(copy, ['cat-file', '--batch'], ids.map((id) => `${id}\n`).join(''))
  return ids.map(() => {
    const start = rest.indexOf('\n') + 1
    const end = start + Number(rest.subarray(0, start).toString().trim().split(' ')[2])
    const text = rest.subarray(start, end).toString()
    rest = rest.subarray(end + 1)
    return text
  })
}

async function has(git: Git, copy: string, commit: string): Promise<boolean> {
  if ((await readCommit(copy, commit)) !== undefined) return true
  try {
    await git(copy, ['cat-file', '-e', `${commit}^{commit}`])
    return true
  } catch {
    return false
  }
}

/** HEAD, branch, tag (peeled), in the order of Argo CD's util/git/client.go LsRemote. */
function chooseRevision(listing: string, revision: string): string {
  const wanted = revision === '' ? 'HEAD' : revision
  const refs = new Map(
    listing.split('\n').map((line): [string, string] => {
      const [id = '', name = ''] = line.split('\t')
      return [name, id]
    }),
  )
  const names = [`refs/heads/${wanted}`, `refs/tags/${wanted}^{}`, `refs/tags/${wanted}`, wanted]
  for (const name of names) {
    const commit = refs.get(name)
    if (commit !== undefined) return commit
  }
  throw new Error(`unable to resolve '${revision}' to a commit SHA`)
}

interface Git {
  (directory: string, args: readonly string[]): Promise<string>
  readonly bytes: (directory: string, args: readonly string[], input: string) => Promise<Buffer>
}

function createGit(nearby: Nearby): Git {
  const config = Object.entries(nearby).flatMap(([url, folder]) => ['-c', `url.${folder}.insteadOf=${url}`])
  const bytes = (directory: string, args: readonly string[], input = '') =>
    gitBytes(directory, [...config, ...args], input)
  const text = async (directory: string, args: readonly string[]) => (await bytes(directory, args)).toString()
  return Object.assign(text, { bytes })
}

/** The first version of git's protocol answers with the references at once, one request less than the second. */
const CONFIG = ['-c', 'protocol.version=0', '-c', 'gc.auto=0', '-c', 'maintenance.auto=false']

function gitBytes(directory: string, args: readonly string[], input: string): Promise<Buffer> {
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }
  const options = { cwd: directory, env, encoding: 'buffer' as const, maxBuffer: 64 * 2 ** 20 }
  return new Promise((resolve, reject) => {
    const child = execFile('git', [...CONFIG, ...args], options, (error, stdout, stderr) => {
      const said = stderr.toString().trim()
      if (error) reject(new Error(said === '' ? errorMessage(error) : said))
      else resolve(stdout)
    })
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}
