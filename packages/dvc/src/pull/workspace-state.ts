import { lstat, stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import type { HashPool } from '../objects/hash-pool.ts'
import { forEachLimited } from '../objects/limit.ts'
import type { Bounds } from '../repository/paths.ts'
import type { WantedFile } from './wanted.ts'

/**
 * What stands in the workspace where a file should be.
 * - `absent`
 * - `same`: its content already; `lacksBit` where it should be executable and is not
 * - `other`: a file with the MD5 `md5`, which pulling would replace
 * - `folder`: a folder in the place of the file
 * - `blocked`: something above it that is no folder, so that nothing can stand there; a link may lead anywhere
 */
export type FileState =
  | { readonly kind: 'absent' | 'folder' }
  | { readonly kind: 'same'; readonly lacksBit?: boolean }
  | { readonly kind: 'other'; readonly md5: string }
  | { readonly kind: 'blocked'; readonly by: string; readonly isLink: boolean }

/** Looks at the place of every file, and hashes what stands there. */
export async function readWorkspace(
  pool: HashPool,
  { root }: Bounds,
  files: readonly WantedFile[],
): Promise<ReadonlyMap<string, FileState>> {
  const states = new Map<string, FileState>()
  const there: WantedFile[] = []
  const obstacles = createObstacles(root)
  await forEachLimited(files, 32, async (file) => {
    const obstacle = await obstacles(posix.dirname(file.path))
    const found = obstacle ?? (await stateOf(join(root, file.path)))
    if (found === 'file') there.push(file)
    else states.set(file.path, found)
  })
  const hashes = await pool.hashFiles(there.map(({ path, hash }) => ({ path: join(root, path), name: hash })))
  for (const [at, { path, oid, isexec }] of there.entries()) {
    const md5 = hashes[at]?.md5 ?? ''
    if (md5 !== oid) states.set(path, { kind: 'other', md5 })
    else states.set(path, { kind: 'same', lacksBit: isexec && (await lacksBit(join(root, path))) })
  }
  return states
}

/** The permission of a link would be that of the object in the cache, which is none of ours to change. */
async function lacksBit(path: string): Promise<boolean> {
  const found = await lstat(path)
  return found.isFile() && found.nlink === 1 && (found.mode & 0o100) === 0
}

/** A link is judged by what it shows: DVC links files to its cache. A broken one shows nothing. */
async function stateOf(path: string): Promise<FileState | 'file'> {
  const found = await lstat(path).catch(absent)
  if (found === undefined) return { kind: 'absent' }
  if (found.isDirectory()) return { kind: 'folder' }
  if (found.isFile()) return 'file'
  const shown = found.isSymbolicLink() ? await stat(path).catch(absent) : undefined
  return shown?.isFile() === true ? 'file' : { kind: 'other', md5: '' }
}

/** What stands in the way of a folder, each folder looked at once. */
function createObstacles(root: string): (folder: string) => Promise<FileState | undefined> {
  const known = new Map<string, Promise<FileState | undefined>>()
  const look = async (folder: string): Promise<FileState | undefined> => {
    if (folder === '.') return undefined
    const above = await cached(posix.dirname(folder))
    if (above !== undefined) return above
    const found = await lstat(join(root, folder)).catch(absent)
    if (found === undefined || found.isDirectory()) return undefined
    return { kind: 'blocked', by: folder, isLink: found.isSymbolicLink() }
  }
  const cached = (folder: string) => {
    const before = known.get(folder)
    if (before !== undefined) return before
    const found = look(folder)
    known.set(folder, found)
    return found
  }
  return cached
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
  throw error
}
