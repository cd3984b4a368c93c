import { posix } from 'node:path'
import { invalidFile } from '../invalid.ts'
import { decode, type FileTree, type TreeEntry } from './tree.ts'

/** One file of a commit, as git lists it. */
export interface CommittedFile {
  /** Posix, relative to the root of the Git repository. */
  readonly path: string
  readonly kind: 'file' | 'symlink' | 'submodule' | 'folder'
  readonly oid: string
}

export interface CommitTreeOptions {
  /** For sentences: `commit 4f2c9e1`. */
  readonly name: string
  /** Every file of the commit. */
  readonly files: readonly CommittedFile[]
  /** Where the DVC repository lies in the Git repository; '' is its root. */
  readonly folder: string
  /** The content of blobs, by their oids. */
  readonly readBlobs: (oids: readonly string[]) => Promise<ReadonlyMap<string, Buffer>>
}

/** What DVC reads of a commit, beside files of variables. */
const OF_DVC =
  /(?:^|\/)(?:dvc\.yaml|dvc\.lock|\.gitignore|\.dvcignore|\.dvc\/config|[^/]+\.dvc|params\.yaml)$/

/** The DVC repository as a commit has it; the files of DVC are read in one go when the first of them is wanted. */
export function commitTree({ name, files, folder, readBlobs }: CommitTreeOptions): FileTree {
  const inside = files.flatMap((file) => belowFolder(file, folder))
  const byPath = new Map(inside.map((file) => [file.path, file]))
  const folders = foldersOf(inside)
  const ofDvc = once(() => readBlobs(inside.filter(isOfDvc).map((file) => file.oid)))
  const load = async (oid: string) => (await ofDvc()).get(oid) ?? (await readBlobs([oid])).get(oid)
  return {
    name,
    list: async (path) => folders.get(path) ?? [],
    read: async (path) => {
      const file = byPath.get(path)
      if (file === undefined || file.kind === 'submodule') return undefined
      if (file.kind === 'symlink')
        throw invalidFile(`${path} in ${name}`, 'it is a symbolic link', 'Put a regular file there')
      const bytes = await load(file.oid)
      return bytes === undefined ? undefined : decode(bytes, path, `${path} in ${name}`)
    },
  }
}

/** The same promise for every caller. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

function belowFolder(file: CommittedFile, folder: string): CommittedFile[] {
  if (folder === '') return [file]
  return file.path.startsWith(`${folder}/`) ? [{ ...file, path: file.path.slice(folder.length + 1) }] : []
}

function isOfDvc({ path, kind }: CommittedFile): boolean {
  return kind === 'file' && OF_DVC.test(path)
}

function foldersOf(files: readonly CommittedFile[]): ReadonlyMap<string, readonly TreeEntry[]> {
  const folders = new Map<string, Map<string, TreeEntry>>([['', new Map()]])
  const add = (folder: string, entry: TreeEntry) => {
    const entries = folders.get(folder) ?? new Map<string, TreeEntry>()
    folders.set(folder, entries)
    entries.set(entry.name, entry)
  }
  for (const { path } of files) {
    add(folderOf(path), { name: posix.basename(path), isFolder: false })
    for (let above = folderOf(path); above !== ''; above = folderOf(above))
      add(folderOf(above), { name: posix.basename(above), isFolder: true })
  }
  return new Map([...folders].map(([folder, entries]) => [folder, [...entries.values()]]))
}

function folderOf(path: string): string {
  const folder = posix.dirname(path)
  return folder === '.' ? '' : folder
}
