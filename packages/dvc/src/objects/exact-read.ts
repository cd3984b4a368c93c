import type { FileHandle } from 'node:fs/promises'
import type { Failure } from '@mlops-actions/diagnostics'
import { dataFailure } from '../invalid.ts'
import type { TrackedObject } from './object.ts'

/** Exactly these bytes of a file. @throws Failure `integrity` where it has become shorter */
export async function readExactly(
  file: FileHandle,
  start: number,
  length: number,
  object: TrackedObject,
): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, start + filled)
    if (bytesRead === 0) throw changed(object, `it became shorter than ${start + length} bytes`)
    filled += bytesRead
  }
  return bytes
}

/** The failure of a file that is not, or no longer, what its name says. */
export function changed({ path, oid }: TrackedObject, seen: string): Failure {
  return dataFailure('DVC_CHANGED', {
    what: 'A file changed while it was sent',
    on: `${path} (${oid})`,
    seen,
    next: 'Let nothing write to tracked data during the push, and run the step again',
  })
}
