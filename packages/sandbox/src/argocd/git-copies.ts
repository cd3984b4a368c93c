import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorMessage } from '../containers/caught.ts'
import { readCommit } from '../git/objects.ts'

/** Folders by the URL that they stand for, as git's `url.<base>.insteadOf` has it. */
export type Nearby = Readonly<Record<string, string>>

/** A place in the tree of a commit. */
export interface Folder {
  readonly commit: string
  /** Without slashes at its ends; empty is the root. */
  readonly path: string
  readonly recurse: boolean
}

/** Local copies of repositories, made and read by git. */
export interface Copies {
  /** What a branch, tag or HEAD stands for on the server. @throws Error with git's message */
  resolve(repository: string, revision: string): Promise<string>
  /** The folder of a copy with that commit in it. */
  withCommit(repository: string, commit: string): Promise<string>
  /** The files in a folder whose name is wanted, by path below it; null where it is not there. */
  files(
    copy: string,
    folder: Folder,
    isWanted: (name: string) => boolean,
  ): Promise<ReadonlyMap<string, Buffer> | null>
  /** Author, date and message as `git show` has them. */
  show(copy: string, commit: string): Promise<readonly [author: string, date: string, message: string]>
}

/** @param root directory for the copies */
export function createCopies(root: string, nearby: Nearby): Copies {
  const git = createGit(nearby)
  const copies = new Map<string, Promise<string>>()
  const present = new Set<string>()
  return {
    resolve: async (repository, revision) =>
      chooseRevision(await git(root, ['ls-remote', '--', repository]), revision),
    /** One fetch at a time, since git locks its references. */
    withCommit: (repository, commit) => {
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
    },
    files: (copy, folder, isWanted) => readFolder(git, copy, folder, isWanted),
    show: async (copy, commit) => {
      const text = await git(copy, ['show', '--no-patch', '--format=%an <%ae>%x00%cI%x00%B', commit])
      const [author = '', date = '', message = ''] = text.split('\0')
      return [author, date, message]
    },
  }
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
  { commit, path, recurse }: Folder,
  isWanted: (name: string) => boolean,
): Promise<ReadonlyMap<string, Buffer> | null> {
  const options = [...(recurse ? ['-r'] : []), '-z', commit]
  const listing = await git(copy, ['ls-tree', ...options, ...(path === '' ? [] : ['--', `${path}/`])])
  if (listing === '' && path !== '') return null
  const ids = new Map<string, string>()
  for (const entry of listing.split('\0')) {
    const [, id, name = ''] = /^\S+ blob (\S+)\t(.*)$/s.exec(entry) ?? []
    if (id === undefined || !isWanted(name)) continue
    ids.set(name.slice(path === '' ? 0 : path.length + 1), id)
  }
  const blobs = await readBlobs(git, copy, [...ids.values()])
  return new Map([...ids.keys()].map((name, index) => [name, blobs[index] ?? Buffer.alloc(0)]))
}

/** In the order asked for. `cat-file --batch` answers each with `ID blob SIZE`, a new line, the bytes and a new line. */
async function readBlobs(git: Git, copy: string, ids: readonly string[]): Promise<readonly Buffer[]> {
  let rest = await git.bytes(copy, ['cat-file', '--batch'], ids.map((id) => `${id}\n`).join(''))
  return ids.map(() => {
    const start = rest.indexOf('\n') + 1
    const end = start + Number(rest.subarray(0, start).toString().trim().split(' ')[2])
    const blob = rest.subarray(start, end)
    rest = rest.subarray(end + 1)
    return blob
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
