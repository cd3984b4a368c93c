import { lstatSync, type Stats } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, posix, relative, sep } from 'node:path'
import { codeOf, fileFailure, invalidFile } from '../invalid.ts'

/** The folders whose files may be read and sent: the repository and its cache, both as real paths. */
export interface Bounds {
  readonly root: string
  /** Undefined where there is no cache yet. */
  readonly cache: string | undefined
}

export type Found =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file' | 'directory' | 'other'; readonly realPath: string; readonly size: number }

export async function boundsOf(root: string, cacheDir: string): Promise<Bounds> {
  return { root: await realpath(root), cache: await realpath(cacheDir).catch(() => undefined) }
}

/**
 * The path of an output as DVC's files name it, made relative to the root.
 * @throws Failure `config` for a path that leaves the repository or goes into `.git` or `.dvc`
 */
export function repositoryPath(folder: string, path: string, on: string): string {
  const joined = posix.join(folder, path).replace(/\/$/, '')
  const parts = joined.split('/')
  if (joined === '.') throw wholeRepository(on, path)
  const isInside = !posix.isAbsolute(path) && !posix.isAbsolute(folder) && parts[0] !== '..'
  // Half of a surrogate pair would be written as another name.
  const isName = path.isWellFormed() && !path.includes('\0')
  if (isInside && isName && !parts.some(isInternal)) return joined
  throw invalidFile(
    on,
    `its path ${JSON.stringify(path)} ${isInside ? 'is not one that data may have' : 'leaves the repository'}`,
    'Track a file inside of the repository',
    'DVC_PATH',
  )
}

function wholeRepository(on: string, path: string) {
  return invalidFile(
    on,
    `its path ${JSON.stringify(path)} is the repository itself`,
    'Track files and folders in it, one by one',
    'DVC_PATH',
  )
}

/**
 * What is at a path below the root, links followed.
 * @throws Failure `config` for a link that is broken, leads to itself or out of repository and cache
 */
export function findInside(bounds: Bounds, path: string): Promise<Found> {
  return find(bounds, path, realpath)
}

/** {@link findInside} for many paths at one moment: a folder is asked for its real path once, whatever lies in it. */
export function finderInside(bounds: Bounds): (path: string) => Promise<Found> {
  const asked = new Map<string, Promise<string>>()
  const realFolder = (folder: string): Promise<string> => {
    const real = asked.get(folder) ?? realpath(folder)
    asked.set(folder, real)
    return real
  }
  return (path) => find(bounds, path, realFolder)
}

async function find(
  bounds: Bounds,
  path: string,
  realFolder: (folder: string) => Promise<string>,
): Promise<Found> {
  const absolute = join(bounds.root, path)
  const entry = entryAt(absolute, path)
  if (entry === undefined) return { kind: 'absent' }
  const isLink = entry.isSymbolicLink()
  const asked = isLink ? realpath(absolute) : realFolder(dirname(absolute))
  const resolved = await asked.catch(absentAt(path, 'it is a symbolic link that'))
  if (resolved === undefined) throw badLink(path, 'it is a symbolic link to something that does not exist')
  const real = isLink ? resolved : join(resolved, basename(absolute))
  if (!isCacheObject(bounds.cache, real)) {
    if (!isWithin(bounds.root, real)) throw badLink(path, 'a symbolic link leads out of the repository')
    if (relative(bounds.root, real).split(sep).some(isInternal))
      throw badLink(path, 'a symbolic link leads to what belongs to git or DVC, and may hold a secret')
  }
  // Of what is no link there is nothing else to see.
  const found = isLink ? await stat(real) : entry
  const kind = found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other'
  return { kind, realPath: real, size: found.size }
}

/** Looked at at once: asking a thread takes ten times what the look does. */
function entryAt(absolute: string, path: string): Stats | undefined {
  try {
    return lstatSync(absolute, { throwIfNoEntry: false })
  } catch (error) {
    return absentAt(path, 'a symbolic link above it')(error)
  }
}

/** What git and DVC keep for themselves, also on a disk that does not tell `.git` from `.GIT`. */
export function isInternal(part: string): boolean {
  return ['.git', '.dvc'].includes(part.toLowerCase())
}

/** DVC links outputs to objects of its cache. The configuration may call any folder that, so the name has to fit too. */
function isCacheObject(cache: string | undefined, path: string): boolean {
  return cache !== undefined && OBJECT.test(relative(cache, path))
}

const OBJECT = /^(?:files\/md5\/)?[0-9a-f]{2}\/[0-9a-f]{30}$/

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
}

function badLink(path: string, seen: string) {
  return invalidFile(
    path,
    seen,
    'Put the file itself there, or remove the link: nothing outside of the repository is read',
    'DVC_LINK',
  )
}

/** ENOTDIR: a file stands where a folder was. ELOOP: links of which none leads anywhere else. */
function absentAt(path: string, link: string): (error: unknown) => undefined {
  return (error) => {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw code === 'ELOOP' ? badLink(path, `${link} leads back to itself`) : fileFailure(path, error)
  }
}
