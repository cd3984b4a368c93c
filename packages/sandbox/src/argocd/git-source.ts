import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { readFolder } from '../git/folder.ts'
import { readCommit } from '../git/objects.ts'
import { resolveLoose } from '../git/refs.ts'
import { type Copies, createCopies, type Folder, type Nearby } from './git-copies.ts'

/** The repo-server's view of Git repositories. */
export interface GitSource {
  /** Commit that a branch, tag or SHA stands for now. @throws Error with git's message */
  resolve(repository: string, revision: string): Promise<string>
  /** Text files of a folder at a commit, by path relative to it. @throws Error when the path is not there */
  files(repository: string, folder: Folder): Promise<ReadonlyMap<string, string>>
  metadata(repository: string, commit: string): Promise<CommitMetadata>
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
  const read = async (repository: string, folder: Folder): Promise<Files> => {
    const near = locate(repository, nearby)
    const files = near === undefined ? undefined : await readManifests(near, folder)
    if (files !== undefined) return files
    const copy = await copies.withCommit(repository, folder.commit)
    return (await readManifests(copy, folder)) ?? copies.files(copy, folder, isManifest)
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
      const known = rendered.get(key) ?? read(repository, { ...folder, path }).then(textOf(folder.path))
      rendered.set(key, known)
      known.catch(() => rendered.delete(key))
      return known
    },
    metadata: async (repository, commit) => {
      const near = locate(repository, nearby)
      const known = near && (await readMetadata(near, commit))
      if (known) return known
      const copy = await copies.withCommit(repository, commit)
      return (await readMetadata(copy, commit)) ?? showMetadata(await copies.show(copy, commit))
    },
  }
}

/** Where git keeps the repository, if it is a folder of this machine. */
function locate(repository: string, nearby: Nearby): string | undefined {
  const [url, folder] = Object.entries(nearby).find(([url]) => repository.startsWith(url)) ?? []
  const path = url === undefined ? repository : `${folder}${repository.slice(url.length)}`
  if (!isAbsolute(path)) return undefined
  return [path, join(path, '.git')].find((place) => existsSync(join(place, 'objects')))
}

/** By path below the folder; null where the commit has no such folder. */
type Files = ReadonlyMap<string, Buffer> | null

function readManifests(directory: string, { commit, path, recurse }: Folder): Promise<Files | undefined> {
  return readFolder(directory, commit, path, { recurse, isWanted: isManifest })
}

/** Throws, in Argo CD's words, for a folder that is not there. */
function textOf(path: string): (files: Files) => ReadonlyMap<string, string> {
  return (files) => {
    if (files === null) throw new Error(`${path}: app path does not exist`)
    return new Map([...files].map(([name, bytes]) => [name, bytes.toString()]))
  }
}

function isManifest(name: string): boolean {
  return /\.(ya?ml|json)$/.test(name)
}

async function readMetadata(directory: string, revision: string): Promise<CommitMetadata | undefined> {
  const commit = await readCommit(directory, revision)
  if (commit === undefined) return undefined
  const author = commit.author.replace(/ \d+ [+-]\d{4}$/, '')
  const date = formatDate(Number(commit.committer.split(' ').at(-2)) * 1_000)
  return { author, date, message: commit.message.trim() }
}

function showMetadata([author, date, message]: Awaited<ReturnType<Copies['show']>>): CommitMetadata {
  return { author, date: formatDate(date), message: message.trim() }
}

function formatDate(date: string | number): string {
  return new Date(date).toISOString().replace('.000Z', 'Z')
}
