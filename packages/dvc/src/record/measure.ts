import { stat } from 'node:fs/promises'
import type { Failure } from '@mlops-actions/diagnostics'
import type { Recorded } from '../formats/dvc-file-edit.wire.ts'
import { invalidFile } from '../invalid.ts'
import type { FileHash } from '../objects/hash.ts'
import type { LocalDirectory } from '../objects/local-directory.ts'

/** Why there is nothing to record at a place that has neither a file nor a directory. */
export function noData(kind: 'absent' | 'other', on: string): Failure {
  return kind === 'absent'
    ? invalidFile(on, 'it is not in the workspace', 'Make the data before this step', 'DVC_ADD')
    : invalidFile(on, 'it is a pipe, socket or device', 'Put a file or a folder there', 'DVC_ADD')
}

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
