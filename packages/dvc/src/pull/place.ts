import { chmodSync, constants, mkdirSync, renameSync } from 'node:fs'
import { chmod, copyFile, link, lstat, mkdir, rename, rm, stat, symlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure } from '@mlops-actions/diagnostics'
import { codeOf } from '../invalid.ts'
import type { LinkType } from '../repository/config.ts'

/** A file to be moved into the workspace. */
export interface Move {
  /** Absolute path of the object: in the cache, or what was just downloaded. */
  readonly from: string
  /** Absolute path in the workspace. */
  readonly to: string
  readonly isexec: boolean
  /** What may be replaced there: nothing but files and links, unless everything may. */
  readonly replaceFolder: boolean
}

/** A file to be put into the workspace that stays where it is, too. */
export interface Placement extends Move {
  /** A path on the same disk as the workspace that nothing else uses: what is there takes its place at once. */
  readonly beside: string
}

/**
 * Puts an object into the workspace by the first type of link that works (dvc_objects/fs/generic.py, transfer). The
 * old file stays whole until the new one takes its place.
 * @returns the type that worked
 * @throws Failure `config` where none does
 */
export async function placeFile(placement: Placement, types: readonly LinkType[]): Promise<LinkType> {
  await mkdir(dirname(placement.to), { recursive: true })
  const troubles: string[] = []
  for (const type of await usableTypes(placement, types)) {
    try {
      // What a killed run left there could not be replaced, or is a link to somewhere else.
      await rm(placement.beside, { force: true })
      await LINKS[type](placement.from, placement.beside)
      await settle(placement, type)
      return type
    } catch (error) {
      await rm(placement.beside, { force: true })
      const code = codeOf(error)
      if (!UNSUPPORTED.has(code)) throw error
      troubles.push(`${type}: ${code}`)
    }
  }
  throw new Failure({
    kind: 'config',
    code: 'DVC_LINK_TYPE',
    what: 'Cannot put a file into the workspace',
    on: placement.to,
    seen: `no type of link in cache.type works here (${troubles.join(', ')})`,
    next: 'Add `copy` to cache.type, or keep cache and workspace on one disk',
  })
}

/**
 * Moves what was downloaded into the workspace, without a cache. At once: of small files by the ten thousand, handing each
 * step to another thread would take longer than all the rest.
 * @param move `from` was made by this process, with the permissions that it gives to new files
 */
export async function moveFile({ from, to, isexec, replaceFolder }: Move): Promise<void> {
  if (replaceFolder) await removeFolder(to)
  if (isexec) chmodSync(from, modeOf(isexec))
  try {
    renameSync(from, to)
  } catch (error) {
    // Of a thousand files of a folder, only the first one has to make it.
    if (codeOf(error) !== 'ENOENT') throw error
    mkdirSync(dirname(to), { recursive: true })
    renameSync(from, to)
  }
}

type Link = (from: string, to: string) => Promise<void>

const LINKS: Readonly<Record<LinkType, Link>> = {
  reflink: (from, to) => copyFile(from, to, constants.COPYFILE_FICLONE_FORCE),
  hardlink: link,
  symlink,
  copy: (from, to) => copyFile(from, to, constants.COPYFILE_FICLONE),
}

/** What says that a disk cannot do it, rather than that something is broken. */
const UNSUPPORTED = new Set([
  'ENOTSUP',
  'EOPNOTSUPP',
  'EXDEV',
  'EPERM',
  'ENOSYS',
  'EINVAL',
  'ENOTTY',
  'EMLINK',
])

/** A file that may be executed is copied: its permission would be that of the object in the cache. So is an empty one. */
async function usableTypes(
  { isexec, from }: Placement,
  types: readonly LinkType[],
): Promise<readonly LinkType[]> {
  const isShared = (type: LinkType) => type === 'hardlink' || type === 'symlink'
  const copies = isexec || (types.includes('hardlink') && (await stat(from)).size === 0)
  if (!copies) return types
  return [...types.filter((type) => !isShared(type)), 'copy']
}

async function settle({ beside, to, isexec, replaceFolder }: Placement, type: LinkType): Promise<void> {
  if (type === 'copy' || type === 'reflink') await chmod(beside, modeOf(isexec))
  if (replaceFolder) await removeFolder(to)
  await rename(beside, to)
  // Of two names of one file rename(2) does nothing and keeps both.
  await rm(beside, { force: true })
}

async function removeFolder(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined)
  if (found?.isDirectory() === true) await rm(path, { recursive: true })
}

function modeOf(isexec: boolean): number {
  const mode = 0o666 & ~process.umask()
  return isexec ? mode | 0o100 : mode
}
