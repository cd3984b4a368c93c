import { stat } from 'node:fs/promises'
import type { Recorded } from '../formats/dvc-file-edit.wire.ts'
import type { FileHash } from '../objects/hash.ts'
import type { LocalDirectory } from '../objects/local-directory.ts'

/** What DVC writes of a directory: its size is that of its files together. */
export function recordDirectory({ oid, files }: LocalDirectory): Recorded {
  const size = [...files.values()].reduce((sum, file) => sum + file.hash.size, 0)
  return { oid, size, nfiles: files.size, isexec: false }
}

/** What DVC writes of a file; any bit of execution counts. */
export async function recordFile(path: string, { md5, size }: FileHash): Promise<Recorded> {
  const { mode } = await stat(path)
  return { oid: md5, size, nfiles: undefined, isexec: (mode & 0o111) !== 0 }
}
