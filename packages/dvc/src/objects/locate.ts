import { isDirectoryOid } from '../repository/output.ts'
import { type Bounds, type Found, finderInside } from '../repository/paths.ts'
import type { SelectedOutput } from '../repository/targets.ts'
import { forEachLimited } from './limit.ts'
import { listTrackedFiles, type WorkspaceFile } from './workspace.ts'

/**
 * What stands in the workspace in the place of an output.
 * - `stranger`: something of another kind than the repository names
 */
export type Located<T extends SelectedOutput = SelectedOutput> = {
  readonly output: T
  readonly oid: string
} & (
  | { readonly kind: 'absent' }
  | { readonly kind: 'stranger'; readonly seen: string }
  | { readonly kind: 'file'; readonly realPath: string; readonly size: number }
  | { readonly kind: 'directory'; readonly files: readonly WorkspaceFile[] }
)

/** Looks that wait for the disk at the same moment. */
const LOOKS = 16

/** Where the recorded outputs lie, in their order; what is in directories is listed, nothing is read. */
export async function locateOutputs<T extends SelectedOutput>(
  bounds: Bounds,
  outputs: readonly T[],
): Promise<readonly Located<T>[]> {
  const located = new Map<T, Located<T>>()
  const find = finderInside(bounds)
  await forEachLimited(outputs, LOOKS, async (output) => {
    if (output.oid !== undefined) located.set(output, await locate(bounds, find, output, output.oid))
  })
  return outputs.flatMap((output) => located.get(output) ?? [])
}

const WORDS = {
  file: 'a file',
  directory: 'a directory',
  other: 'a pipe, socket or device',
} as const

async function locate<T extends SelectedOutput>(
  bounds: Bounds,
  find: (path: string) => Promise<Found>,
  output: T,
  oid: string,
): Promise<Located<T>> {
  if (output.revision !== undefined) return { output, oid, kind: 'absent' }
  const found = await find(output.path)
  if (found.kind === 'absent') return { output, oid, kind: 'absent' }
  if (isDirectoryOid(oid)) {
    if (found.kind !== 'directory')
      return {
        output,
        oid,
        kind: 'stranger',
        seen: `${WORDS[found.kind]} stands in the place of the directory`,
      }
    // All of them, also where a part is meant: the list of files promises the others too.
    return { output, oid, kind: 'directory', files: await listTrackedFiles(bounds, output.path) }
  }
  if (found.kind !== 'file')
    return { output, oid, kind: 'stranger', seen: `${WORDS[found.kind]} stands in the place of the file` }
  return { output, oid, kind: 'file', realPath: found.realPath, size: found.size }
}
