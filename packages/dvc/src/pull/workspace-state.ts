import { lstatSync, type Stats, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { codeOf, fileFailure } from '../invalid.ts'
import type { HashPool } from '../objects/hash-pool.ts'
import type { Bounds } from '../repository/paths.ts'
import type { WantedFile } from './wanted.ts'

/**
 * What stands in the workspace where a file should be.
 * - `absent`
 * - `same`: its content already; `lacksBit` where it should be executable and is not
 * - `other`: a file with the MD5 `md5`, or what is no file and has none, which pulling would replace
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
  const obstacleAt = createObstacles(root)
  // At once: handing each look to another thread takes ten times as long as looking.
  for (const file of files) {
    const found = obstacleAt(posix.dirname(file.path)) ?? stateOf(root, file.path)
    if (found === 'file') there.push(file)
    else states.set(file.path, found)
  }
  const hashes = await pool.hashFiles(there.map(({ path, hash }) => ({ path: join(root, path), name: hash })))
  for (const [at, { path, oid, isexec }] of there.entries()) {
    const md5 = hashes[at]?.md5 ?? ''
    if (md5 !== oid) states.set(path, { kind: 'other', md5 })
    else states.set(path, { kind: 'same', lacksBit: isexec && lacksBit(join(root, path)) })
  }
  return states
}

/** The permission of a link would be that of the object in the cache, which is none of ours to change. */
function lacksBit(path: string): boolean {
  const found = lstatSync(path)
  return found.isFile() && found.nlink === 1 && (found.mode & 0o100) === 0
}

/** Of a hundred thousand files that are not there. */
const ABSENT: FileState = { kind: 'absent' }

/** A link is judged by what it shows: DVC links files to its cache. A broken one shows nothing. */
function stateOf(root: string, path: string): FileState | 'file' {
  const found = look(lstatSync, root, path)
  if (found === undefined) return ABSENT
  if (found.isDirectory()) return { kind: 'folder' }
  const shown = found.isSymbolicLink() ? look(statSync, root, path) : found
  return shown?.isFile() === true ? 'file' : { kind: 'other', md5: '' }
}

/** What stands in the way of a folder, each folder looked at once. */
function createObstacles(root: string): (folder: string) => FileState | undefined {
  const known = new Map<string, FileState | undefined>([['.', undefined]])
  const obstacleAt = (folder: string): FileState | undefined => {
    if (!known.has(folder)) known.set(folder, obstacleAt(posix.dirname(folder)) ?? obstacleOf(folder))
    return known.get(folder)
  }
  const obstacleOf = (folder: string): FileState | undefined => {
    const found = look(lstatSync, root, folder)
    if (found === undefined || found.isDirectory()) return undefined
    return { kind: 'blocked', by: folder, isLink: found.isSymbolicLink() }
  }
  return obstacleAt
}

/** Undefined also where something above it is no folder, and for a link that leads back to itself. */
function look(ask: typeof statSync | typeof lstatSync, root: string, path: string): Stats | undefined {
  try {
    return ask(join(root, path), { throwIfNoEntry: false })
  } catch (error) {
    if (['ENOTDIR', 'ELOOP'].includes(codeOf(error))) return undefined
    throw fileFailure(path, error)
  }
}
