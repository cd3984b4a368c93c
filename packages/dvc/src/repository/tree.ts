import { constants } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '@mlops-actions/diagnostics'
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
      const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
        throw fileFailure(folder, error)
      })
      return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
    },
    read: (file) => readSmall(root, file),
  }
}

/** A link in the place of one of these files could show a file of the runner in an error message: not followed. */
async function readSmall(root: string, file: string): Promise<string | undefined> {
  try {
    const handle = await open(join(root, file), constants.O_RDONLY | constants.O_NOFOLLOW)
    return await handle.readFile('utf8').finally(() => handle.close())
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw invalidFile(
      file,
      code === 'ELOOP' ? 'it is a symbolic link' : `it cannot be read: ${messageOf(error)}`,
      'Put a regular, readable file there',
    )
  }
}
