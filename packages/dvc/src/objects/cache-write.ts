import { chmod, constants, copyFile, lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileFailure } from '../invalid.ts'

/** Where a file lies until it is whole. */
export function besideOf(path: string): string {
  return `${path}.${process.pid}.tmp`
}

/** Whether the cache has something under that name; what, nobody has looked at. */
export async function isCached(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined
}

/**
 * The folder of an object, and those above that the cache lacks. For a group they are 02775 (dvc_data/hashfile/db/local.py),
 * whatever the umask: mkdir(2) takes its bits away, and the rest of the group could add nothing.
 * @param isShared `cache.shared`
 */
export async function makeCacheFolder(folder: string, isShared: boolean): Promise<void> {
  const first = await mkdir(folder, { recursive: true })
  if (first === undefined || !isShared) return
  for (let made = folder; made.length >= first.length; made = dirname(made))
    // As in DVC (dvc_objects/fs/utils.py): disks without permissions have caches too.
    await chmod(made, 0o2775).catch(() => undefined)
}

/**
 * Puts bytes under an object's name, unless something is there.
 * @param isShared `cache.shared`
 * @throws Failure for what the file system refuses; nothing is left behind then
 */
export async function writeCached(path: string, bytes: Buffer, isShared: boolean): Promise<void> {
  if (await isCached(path)) return
  try {
    await makeCacheFolder(dirname(path), isShared)
    // What a killed process left there may be a link.
    await rm(besideOf(path), { force: true })
    await writeFile(besideOf(path), bytes, { flag: 'wx' })
    await publishCached(path)
  } catch (error) {
    await rm(besideOf(path), { force: true }).catch(() => undefined)
    throw fileFailure(path, error)
  }
}

/** A file to be kept under an object's name. */
export interface CacheCopy {
  /** Absolute path of the object. */
  readonly path: string
  /** Absolute path of the original. */
  readonly from: string
  /** `cache.shared` */
  readonly isShared: boolean
  /** Whether the copy is what the name says: the original may be written to at any moment. */
  readonly isGenuine: (copy: string) => Promise<boolean>
}

/**
 * Puts a copy of a file under an object's name, on the same blocks as the original where the disk can.
 * @returns whether it is there now
 * @throws Failure for what the file system refuses
 */
export async function copyCached({ path, from, isShared, isGenuine }: CacheCopy): Promise<boolean> {
  const beside = besideOf(path)
  try {
    await makeCacheFolder(dirname(path), isShared)
    await rm(beside, { force: true })
    await copyFile(from, beside, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
    if (!(await isGenuine(beside))) return false
    await publishCached(path)
    return true
  } catch (error) {
    throw fileFailure(path, error)
  } finally {
    await rm(beside, { force: true }).catch(() => undefined)
  }
}

/** As DVC leaves objects: read-only, which is what it believes them by (dvc_data/hashfile/db/local.py). */
async function publishCached(path: string): Promise<void> {
  await chmod(besideOf(path), 0o444)
  await rename(besideOf(path), path)
}
