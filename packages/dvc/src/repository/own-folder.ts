import { lstat, mkdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileFailure, invalidFile } from '../invalid.ts'

/**
 * Makes a folder for files of our own, each of its parents a real folder: through a link, which a commit may hold, somebody
 * else's files would be written.
 * @param root absolute, and itself trusted
 * @throws Failure `config`
 */
export async function makeOwnFolder(root: string, folder: string): Promise<void> {
  const parts = relative(root, folder).split(sep)
  for (const [at] of parts.entries()) {
    const path = parts.slice(0, at + 1).join('/')
    const found = await lstat(join(root, path)).catch(() => undefined)
    if (found?.isSymbolicLink() === true)
      throw invalidFile(
        path,
        'it is a symbolic link, through which files of somebody else would be written',
        'Remove it from the repository; this folder is made by itself',
        'DVC_LINK',
      )
    if (found?.isDirectory() === true) continue
    await mkdir(join(root, path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST' || found !== undefined) throw fileFailure(path, error)
    })
  }
}
