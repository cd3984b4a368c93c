import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { readFolder } from '../git/folder.ts'
import { readCommit } from '../git/objects.ts'
import { resolveLoose } from '../git/refs.ts'
import { moveBranch, writeCommit } from '../git/write-commit.ts'
import { createCopies, type Nearby } from './git-copies.ts'

/** A place in the tree of a commit. */
export interface Folder {
  readonly commit: string
  /** Without slashes at its ends; empty is the root. */
  readonly path: string
  readonly recurse: boolean
}

/** The repo-server's view of Git repositories. */
export interface GitSource {
  /** Commit that a branch, tag or SHA stands for now. @throws Error with git's message */
  resolve(repository: string, revision: string): Promise<string>
  /** Text files of a folder at a commit, by path relative to it. @throws Error when the path is not there */
  files(repository: string, folder: Folder): Promise<ReadonlyMap<string, string>>
  metadata(repository: string, commit: string): Promise<CommitMetadata>
  /** Puts a file onto a branch, which is made where it is not there; only in repositories of this machine. Returns the commit. */
  commit(repository: string, file: FileOnBranch): Promise<string>
}

export interface FileOnBranch {
  readonly branch: string
  readonly path: string
  readonly contents: string
  readonly message: string
  /** Milliseconds since the epoch. */
  readonly time: number
}

export interface CommitMetadata {
  readonly author: string
  /** RFC 3339 */
  readonly date: string
  readonly message: string
}

/**
 * Real git against a URL or a path. What lies on this machine as loose objects is read without a process: a controller that
 * polls many applications would start hundreds.
 * @param root directory for local copies of the repositories
 * @param nearby folders that hold the repositories below a URL
 */
export function createGitSource(root: string, nearby: Nearby = {}): GitSource {
  const copies = createCopies(root, nearby)
  const rendered = new Map<string, Promise<ReadonlyMap<string, string>>>()
  /** What is read where the repository lies on this machine, or else of a copy. */
  const readNear = async <T>(
    repository: string,
    commit: string,
    read: (directory: string) => Promise<T | undefined>,
  ): Promise<T> => {
    const near = locate(repository, nearby)
    const known = near === undefined ? undefined : await read(near)
    if (known !== undefined) return known
    const found = await read(await copies.withCommit(repository, commit))
    if (found === undefined) throw new Error(`${repository} has no ${commit} that can be read`)
    return found
  }
  return {
    resolve: async (repository, revision) => {
      if (/^[0-9a-f]{40}$/.test(revision)) return revision
      const near = locate(repository, nearby)
      const known = near && (await resolveLoose(near, revision === '' ? 'HEAD' : revision))
      return known ?? copies.resolve(repository, revision)
    },
    files: (repository, folder) => {
      // What a commit holds never changes.
      const key = [repository, folder.commit, folder.path, folder.recurse].join('\n')
      const path = folder.path.replace(/^\.?\/*|\/+$/g, '')
      const options = { recurse: folder.recurse, isWanted: isManifest }
      const read = (directory: string) => readFolder(directory, folder.commit, path, options)
      const known = rendered.get(key) ?? readNear(repository, folder.commit, read).then(textOf(folder.path))
      rendered.set(key, known)
      known.catch(() => rendered.delete(key))
      return known
    },
    metadata: (repository, commit) =>
      readNear(repository, commit, (directory) => readMetadata(directory, commit)),
    commit: async (repository, file) => {
      const near = locate(repository, nearby)
      if (near === undefined)
        throw new Error(`failed to commit hydrated manifests: ${repository} is elsewhere`)
      return commitFile(near, file)
    },
  }
}

async function commitFile(
  directory: string,
  { branch, path, contents, message, time }: FileOnBranch,
): Promise<string> {
  const from = await resolveLoose(directory, `refs/heads/${branch}`)
  const who = `Argo CD <argo-cd@example.com> ${Math.floor(time / 1_000)} +0000`
  const changes = [{ path, contents: Buffer.from(contents) }]
  const to = await writeCommit(directory, { parent: from, changes, who, message })
  if (to === undefined || !(await moveBranch(directory, branch, { from, to })))
    throw new Error(`failed to commit hydrated manifests: ${branch} has moved`)
  return to
}

/** Where git keeps the repository, if it is a folder of this machine. */
function locate(repository: string, nearby: Nearby): string | undefined {
  const [url, folder] = Object.entries(nearby).find(([url]) => repository.startsWith(url)) ?? []
  const path = url === undefined ? repository : `${folder}${repository.slice(url.length)}`
  if (!isAbsolute(path)) return undefined
  return [path, join(path, '.git')].find((place) => existsSync(join(place, 'objects')))
}

/** Throws, in Argo CD's words, for a folder that is not there. */
function textOf(path: string): (files: ReadonlyMap<string, Buffer> | null) => ReadonlyMap<string, string> {
  return (files) => {
    if (files === null) throw new Error(`${path}: app path does not exist`)
    return new Map([...files].map(([name, bytes]) => [name, bytes.toString()]))
  }
}

/** Overrides of a source are none: of manifests of Kustomize and Helm, beside which they lie, they are no part. */
function isManifest(name: string): boolean {
  return /\.(ya?ml|json)$/.test(name) && !/(^|\/)\.argocd-source[^/]*\.yaml$/.test(name)
}

async function readMetadata(directory: string, revision: string): Promise<CommitMetadata | undefined> {
  const commit = await readCommit(directory, revision)
  if (commit === undefined) return undefined
  const author = commit.author.replace(/ \d+ [+-]\d{4}$/, '')
  const seconds = Number(commit.committer.split(' ').at(-2))
  const date = new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z')
  return { author, date, message: commit.message.trim() }
}
