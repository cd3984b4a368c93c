import { isUtf8 } from 'node:buffer'
import { closeSync, constants, type Dirent, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure, messageOf, withDetails } from '@mlops-actions/diagnostics'
import { fileFailure, invalidFile } from '../invalid.ts'

export interface TreeEntry {
  readonly name: string
  readonly isFolder: boolean
}

/** The files of a repository at one moment: those of the workspace, or those of a commit. Paths are posix. */
export interface FileTree {
  /** For sentences: `the workspace`, `commit 4f2c9e1`. */
  readonly name: string
  /** What stands in a folder, in any order; '' is the root. Links are entries that are no folders. */
  list(folder: string): Promise<readonly TreeEntry[]>
  /** Undefined where there is no such file. @throws Failure `config` for a link, and what cannot be read */
  read(file: string): Promise<string | undefined>
}

/** The files of a folder of this machine. */
export function workspaceTree(root: string): FileTree {
  return {
    name: 'the workspace',
    list: async (folder) => {
      const path = join(root, folder)
      const entries = await readdir(path, { withFileTypes: true, encoding: 'buffer' }).catch(
        (error: unknown) => {
          throw unreadable(folder, error)
        },
      )
      const readable = entries.filter(({ name }) => isUtf8(name))
      for (const entry of entries) if (!isUtf8(entry.name)) await assertNoDvcFile(path, folder, entry)
      return readable.map((entry) => ({ name: entry.name.toString(), isFolder: entry.isDirectory() }))
    },
    read: async (file) => readSmall(root, file),
  }
}

/**
 * The text of a file of DVC. Of a file of patterns the lines that are UTF-8 count, whatever the others are.
 * @param on the file, for sentences
 * @throws Failure `config`
 */
export function decode(bytes: Buffer, file: string, on = file): string {
  if (!isUtf8(bytes) && !file.endsWith('ignore'))
    throw invalidFile(on, 'it is no UTF-8', 'Save it as UTF-8, as DVC writes it')
  return bytes.toString('utf8')
}

/** Nobody here could name it, nor what is in it; that matters only where DVC could have something there. */
async function assertNoDvcFile(path: string, folder: string, entry: Dirent<Buffer>): Promise<void> {
  const inside = entry.isDirectory()
    ? await readdir(Buffer.concat([Buffer.from(`${path}/`), entry.name]))
    : []
  if (![entry.name.toString(), ...inside].some((name) => /(?:\.dvc|^dvc\.yaml)$/.test(name))) return
  throw invalidFile(
    folder === '' ? 'the root' : folder,
    `the name ${JSON.stringify(entry.name.toString())} in it is no UTF-8, and DVC has a file there`,
    'Rename it',
    'DVC_PATH',
  )
}

function unreadable(folder: string, error: unknown): Failure {
  return withDetails(fileFailure(folder, error), {
    next: 'Make the folder readable for this job, or name it in .dvcignore: DVC files may lie in it',
  })
}

/** Nor waits for the other end of a pipe. */
const NO_LINK = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/**
 * A link in the place of one of these files could show a file of the runner in an error message: not followed. Read at
 * once: they are read one after the other, and asking a thread costs ten times what reading one takes.
 */
function readSmall(root: string, file: string): string | undefined {
  try {
    const handle = openSync(join(root, file), NO_LINK)
    try {
      const found = fstatSync(handle)
      if (!found.isFile() && !found.isDirectory()) throw new Error('it is no file')
      return decode(readWhole(handle, found.size), file)
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    if (error instanceof Failure) throw error
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw invalidFile(
      file,
      code === 'ELOOP' ? 'it is a symbolic link' : `it cannot be read: ${messageOf(error)}`,
      'Put a regular, readable file there',
    )
  }
}

/** Longer than nearly every file of DVC is, of which there may be ten thousand; read into anew each time. */
const SHARED = Buffer.allocUnsafe(64 * 1024)

function readWhole(handle: number, size: number): Buffer {
  if (size >= SHARED.length) return readFileSync(handle)
  const read = readSync(handle, SHARED, 0, SHARED.length, 0)
  // What was written to in the meantime is read until it ends.
  return read === size ? SHARED.subarray(0, read) : readFileSync(handle)
}
