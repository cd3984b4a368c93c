import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { deflateSync } from 'node:zlib'
import { readCommit, readTree, type TreeEntry } from './objects.ts'

// The counterpart of objects.ts: a commit out of files, as loose objects and without a process.

/** What becomes of a path: the contents of a file there, or nothing. */
export interface PathChange {
  readonly path: string
  /** Undefined removes what is there, a folder with all that is in it. */
  readonly contents: Buffer | undefined
  /** Default `100644`. */
  readonly mode?: string
}

export interface CommitToWrite {
  readonly parent: string | undefined
  /** Each after those before it. */
  readonly changes: readonly PathChange[]
  /** `NAME <EMAIL> SECONDS ZONE`, of author and committer. */
  readonly who: string
  readonly message: string
}

/** Writes the objects of a commit and returns its SHA; undefined where git has to be asked for the trees of its parent. */
export async function writeCommit(
  directory: string,
  { parent, changes, who, message }: CommitToWrite,
): Promise<string | undefined> {
  const base = parent === undefined ? undefined : await readCommit(directory, parent)
  if (parent !== undefined && base === undefined) return undefined
  const root: Folder = { oid: base?.tree, entries: base === undefined ? new Map() : undefined }
  for (const change of changes) if (!(await applyChange(directory, root, change))) return undefined
  const tree = (await writeFolder(directory, root)) ?? (await writeObject(directory, 'tree', Buffer.alloc(0)))
  const headers = [`tree ${tree}`, ...(parent === undefined ? [] : [`parent ${parent}`])]
  const text = [...headers, `author ${who}`, `committer ${who}`, '', message].join('\n')
  return writeObject(directory, 'commit', Buffer.from(text))
}

/** A folder of the new commit; its entries are read when something in it changes. */
interface Folder {
  readonly oid: string | undefined
  entries: Map<string, TreeEntry | Folder> | undefined
}

function isFolder(entry: TreeEntry | Folder): entry is Folder {
  return 'entries' in entry
}

/** False where a tree on the way is not loose. */
async function applyChange(
  directory: string,
  root: Folder,
  { path, contents, mode = '100644' }: PathChange,
): Promise<boolean> {
  const parts = path.split('/')
  const name = parts.pop() ?? ''
  let folder = root
  for (const part of parts) {
    const entries = await entriesOf(directory, folder)
    if (entries === undefined) return false
    const next = entries.get(part)
    const inner = next === undefined ? undefined : asFolder(next)
    if (inner === undefined && contents === undefined) return true
    folder = inner ?? { oid: undefined, entries: new Map() }
    entries.set(part, folder)
  }
  const entries = await entriesOf(directory, folder)
  if (entries === undefined) return false
  if (contents === undefined) entries.delete(name)
  else entries.set(name, { mode, type: 'blob', oid: await writeObject(directory, 'blob', contents) })
  return true
}

function asFolder(entry: TreeEntry | Folder): Folder | undefined {
  if (isFolder(entry)) return entry
  return entry.type === 'tree' ? { oid: entry.oid, entries: undefined } : undefined
}

async function entriesOf(directory: string, folder: Folder): Promise<Folder['entries']> {
  folder.entries ??= folder.oid === undefined ? new Map() : await readTree(directory, folder.oid)
  return folder.entries
}

/** The SHA of its tree; undefined where nothing is left in it, since git keeps no empty folder. */
async function writeFolder(directory: string, { oid, entries }: Folder): Promise<string | undefined> {
  if (entries === undefined) return oid
  const lines: { readonly key: Buffer; readonly line: Buffer }[] = []
  for (const [name, entry] of entries) {
    const isTree = isFolder(entry) || entry.type === 'tree'
    const id = isFolder(entry) ? await writeFolder(directory, entry) : entry.oid
    if (id === undefined) continue
    const mode = isFolder(entry) ? '40000' : entry.mode.replace(/^0/, '')
    const line = Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')])
    // base_name_compare in git's tree.c: the name of a folder ends with a slash.
    lines.push({ key: Buffer.from(isTree ? `${name}/` : name), line })
  }
  if (lines.length === 0) return undefined
  lines.sort((one, other) => Buffer.compare(one.key, other.key))
  return writeObject(directory, 'tree', Buffer.concat(lines.map(({ line }) => line)))
}

async function writeObject(directory: string, type: string, body: Buffer): Promise<string> {
  const bytes = Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body])
  const oid = createHash('sha1').update(bytes).digest('hex')
  const file = join(directory, 'objects', oid.slice(0, 2), oid.slice(2))
  await mkdir(dirname(file), { recursive: true })
  // Whole or not at all.
  const temporary = `${file}.${process.pid}.${++written}`
  await writeFile(temporary, deflateSync(bytes), { mode: 0o444 })
  await rename(temporary, file)
  return oid
}

let written = 0

/** Milliseconds; git waits as long for the lock of a reference (`core.filesRefLockTimeout`). */
const PATIENCE_MS = 100
const PAUSE_MS = 5

/**
 * Moves a branch as git does: by a lock file beside it (lockfile.h), if it is still at the expected commit.
 * @returns false where it is not, or another writer holds on to the lock
 */
export async function moveBranch(
  directory: string,
  branch: string,
  { from, to }: { readonly from: string | undefined; readonly to: string },
): Promise<boolean> {
  const ref = join(directory, 'refs', 'heads', branch)
  await mkdir(dirname(ref), { recursive: true })
  if (!(await writeLock(`${ref}.lock`, `${to}\n`))) return false
  const now = await readFile(ref, 'utf8').catch(() => undefined)
  if (now?.trimEnd() === from) {
    await rename(`${ref}.lock`, ref)
    return true
  }
  await rm(`${ref}.lock`)
  return false
}

async function writeLock(file: string, text: string): Promise<boolean> {
  for (let waited = 0; waited <= PATIENCE_MS; waited += PAUSE_MS) {
    try {
      await writeFile(file, text, { flag: 'wx' })
      return true
    } catch (error) {
      if (!isExisting(error)) throw error
      await setTimeout(PAUSE_MS)
    }
  }
  return false
}

function isExisting(error: unknown): boolean {
  return Object(error).code === 'EEXIST'
}
