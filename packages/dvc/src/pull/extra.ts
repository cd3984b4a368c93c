import { rm } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { listTrackedFiles } from '../objects/workspace.ts'
import { isDirectoryOid } from '../repository/output.ts'
import { type Bounds, findInside } from '../repository/paths.ts'
import type { WantedOutput } from './wanted.ts'

/**
 * Files in tracked directories that were not recorded there: they make the workspace differ from the commit, and are
 * removed only by force. Of a directory that is pulled in parts nothing is known.
 */
export async function findExtraFiles(
  bounds: Bounds,
  outputs: readonly WantedOutput[],
): Promise<readonly string[]> {
  const extra: string[] = []
  for (const { output, oid, entries } of outputs) {
    if (!isDirectoryOid(oid) || output.parts !== undefined || output.revision !== undefined) continue
    if ((await findInside(bounds, output.path)).kind !== 'directory') continue
    const recorded = new Set(entries?.map(({ relpath }) => relpath))
    for (const { relpath } of await listTrackedFiles(bounds, output.path))
      if (!recorded.has(relpath)) extra.push(posix.join(output.path, relpath))
  }
  return extra
}

/** Only what `findExtraFiles` found; links go, not what they lead to. */
export async function removeExtraFiles({ root }: Bounds, extra: readonly string[]): Promise<void> {
  for (const path of extra) await rm(join(root, path), { force: true })
}
