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
 * Puts bytes under an object's name, unless something is there.
 * @throws Failure for what the file system refuses; nothing is left behind then
 */
export async function writeCached(path: string, bytes: Buffer): Promise<void> {
  if (await isCached(path)) return
  try {
    await mkdir(dirname(path), { recursive: true })
    // What a killed process left there may be a link.
    await rm(besideOf(path), { force: true })
    await writeFile(besideOf(path), bytes, { flag: 'wx' })
    await publishCached(path)
  } catch (error) {
    await rm(besideOf(path), { force: true }).catch(() => undefined)
    throw fileFailure(path, error)
  }
}

/**
 * Puts a copy of a file under an object's name, shared with the original where the disk can.
 * @param isGenuine whether the copy is what the name says: the original may be written to at any moment
 * @returns whether it is there now
 * @throws Failure for what the file system refuses
 */
export async function copyCached(
  path: string,
  from: string,
  isGenuine: (copy: string) => Promise<boolean>,
): Promise<boolean> {
  const beside = besideOf(path)
  try {
    await mkdir(dirname(path), { recursive: true })
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
