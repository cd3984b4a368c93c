import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inflate } from 'node:zlib'

// What git keeps as loose objects is read here without a process, which a sandbox that is asked at every poll would
// notice. Every reading is undefined where git itself has to be asked: packed objects, abbreviations, other hashes.

export interface TreeEntry {
  /** Octal, six digits, as `git ls-tree` prints it. */
  readonly mode: string
  readonly type: 'blob' | 'tree' | 'commit'
  readonly oid: string
}

export interface Commit {
  readonly tree: string
  readonly parents: readonly string[]
  /** `NAME <EMAIL> SECONDS ZONE` */
  readonly author: string
  readonly committer: string
  readonly message: string
}

/** The body of a loose object (gitrepository-layout(5): zlib over `TYPE SIZE\0BODY`) of that type. */
export async function readLoose(directory: string, type: string, oid: string): Promise<Buffer | undefined> {
  if (!/^[0-9a-f]{40}$/.test(oid)) return undefined
  const file = await readFile(join(directory, 'objects', oid.slice(0, 2), oid.slice(2))).catch(
    () => undefined,
  )
  if (file === undefined) return undefined
  const bytes = await promisify(inflate)(file)
  const end = bytes.indexOf(0)
  return bytes.toString('latin1', 0, end).startsWith(`${type} `) ? bytes.subarray(end + 1) : undefined
}

/** Undefined also for a commit with headers that change how it is read (`encoding`). */
export async function readCommit(directory: string, oid: string): Promise<Commit | undefined> {
  const text = (await readLoose(directory, 'commit', oid))?.toString()
  if (text === undefined) return undefined
  const end = text.indexOf('\n\n')
  const headers = text.slice(0, end).split('\n')
  const values = (name: string): string[] =>
    headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1))
  const [tree, author, committer] = [values('tree')[0], values('author')[0], values('committer')[0]]
  if (tree === undefined || author === undefined || committer === undefined) return undefined
  if (values('encoding').length > 0) return undefined
  return { tree, parents: values('parent'), author, committer, message: text.slice(end + 2) }
}

/** What a tree has, by name. */
export async function readTree(directory: string, oid: string): Promise<Map<string, TreeEntry> | undefined> {
  const body = await readLoose(directory, 'tree', oid)
  if (body === undefined) return undefined
  const entries = new Map<string, TreeEntry>()
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(' ', at)
    const end = body.indexOf(0, space)
    const mode = body.toString('latin1', at, space).padStart(6, '0')
    const type = mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob'
    at = end + 21
    entries.set(body.toString('utf8', space + 1, end), { mode, type, oid: body.toString('hex', end + 1, at) })
  }
  return entries
}

/** The entry at exactly that path of a commit; null where it has none. */
export async function findEntry(
  directory: string,
  commit: string,
  path: string,
): Promise<TreeEntry | null | undefined> {
  const tree = (await readCommit(directory, commit))?.tree
  if (tree === undefined) return undefined
  let entry: TreeEntry = { mode: '040000', type: 'tree', oid: tree }
  for (const part of path.split('/')) {
    if (entry.type !== 'tree') return null
    const entries = await readTree(directory, entry.oid)
    if (entries === undefined) return undefined
    const next = entries.get(part)
    if (next === undefined) return null
    entry = next
  }
  return entry
}

/** The commit and what it stands on, newest first; undefined where that is no line (merges), whose order git decides. */
export async function readLine(
  directory: string,
  from: string,
  limit: number,
): Promise<readonly string[] | undefined> {
  const line: string[] = []
  for (let next: string | undefined = from; next !== undefined && line.length < limit; ) {
    const commit: Commit | undefined = await readCommit(directory, next)
    if (commit === undefined || commit.parents.length > 1) return undefined
    line.push(next)
    next = commit.parents[0]
  }
  return line
}
