import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorMessage } from '../containers/caught.ts'
import { readCommit } from '../git/objects.ts'

/** Folders by the URL that they stand for, as git's `url.<base>.insteadOf` has it. */
export type Nearby = Readonly<Record<string, string>>

/** Local copies of repositories, made by git; all that is in them is loose, as ../git/objects.ts reads it. */
export interface Copies {
  /** What a branch, tag or HEAD stands for on the server. @throws Error with git's message */
  resolve(repository: string, revision: string): Promise<string>
  /** The folder of a copy with that commit in it. */
  withCommit(repository: string, commit: string): Promise<string>
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
  }
}

async function fetchCommit(git: Git, copy: string, repository: string, commit: string): Promise<string> {
  const known = (await readCommit(copy, commit)) !== undefined
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

type Git = (directory: string, args: readonly string[]) => Promise<string>

/**
 * The first version of git's protocol answers with the references at once, one request less than the second. What is fetched
 * stays as loose objects, however many there are.
 */
const CONFIG = [
  'protocol.version=0',
  'gc.auto=0',
  'maintenance.auto=false',
  `fetch.unpackLimit=${2 ** 31 - 1}`,
].flatMap((setting) => ['-c', setting])

function createGit(nearby: Nearby): Git {
  const instead = Object.entries(nearby).flatMap(([url, folder]) => ['-c', `url.${folder}.insteadOf=${url}`])
  return (cwd, args) =>
    new Promise((resolve, reject) => {
      const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }
      const options = { cwd, env, maxBuffer: 64 * 2 ** 20 }
      const child = execFile('git', [...CONFIG, ...instead, ...args], options, (error, stdout, stderr) => {
        if (error) reject(new Error(stderr.trim() === '' ? errorMessage(error) : stderr.trim()))
        else resolve(stdout)
      })
      child.stdin?.end()
    })
}
