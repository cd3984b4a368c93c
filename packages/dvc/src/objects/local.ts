import type { Output } from '../repository/output.ts'
import type { FileToHash, HashPool } from './hash-pool.ts'
import { type LocalDirectory, localDirectory } from './local-directory.ts'
import type { Located } from './locate.ts'
import { fileOf } from './object.ts'

/** The outputs that are in the workspace, with their hashes. */
export interface Local {
  readonly files: ReadonlyMap<Output, LocalFile>
  readonly directories: ReadonlyMap<Output, LocalDirectory>
}

export interface LocalFile {
  readonly realPath: string
  /** Bytes. */
  readonly size: number
  /** Undefined where it was left to be hashed later. */
  readonly md5: string | undefined
}

/** Hashes everything that was found, all outputs together, so that many small ones keep all threads busy. */
export async function hashLocated(
  pool: HashPool,
  located: readonly Located[],
  hashLaterFrom = Number.POSITIVE_INFINITY,
): Promise<Local> {
  const tasks: FileToHash[] = []
  for (const one of located) {
    const name = one.output.hash
    if (one.kind === 'file' && one.size < hashLaterFrom) tasks.push({ path: one.realPath, name })
    if (one.kind === 'directory') for (const { place } of one.files) tasks.push({ path: fileOf(place), name })
  }
  const hashes = await pool.hashFiles(tasks)
  let next = 0
  const files = new Map<Output, LocalFile>()
  const directories = new Map<Output, LocalDirectory>()
  for (const one of located) {
    if (one.kind === 'file') {
      const { realPath } = one
      const hashed = one.size < hashLaterFrom ? hashes[next++] : undefined
      files.set(one.output, { realPath, size: hashed?.size ?? one.size, md5: hashed?.md5 })
    }
    if (one.kind === 'directory') {
      const end = next + one.files.length
      directories.set(one.output, localDirectory(one.files, hashes.slice(next, end)))
      next = end
    }
  }
  return { files, directories }
}
