import type { Demand } from '../objects/disk.ts'
import type { PullOptions } from './prepare.ts'
import type { PullPlan } from './pull-plan.ts'
import { contentId } from './wanted.ts'

/**
 * Pure: the bytes that a pull takes, and where. Each file takes its place in the workspace, unless it is a link to the
 * cache; what the cache is filled with takes it there, once for each content.
 */
export function demandsOf(
  { files, sizes }: Pick<PullPlan, 'files' | 'sizes'>,
  {
    bounds,
    cacheDir,
    fillCache,
    linkTypes,
  }: Pick<PullOptions, 'bounds' | 'cacheDir' | 'fillCache' | 'linkTypes'>,
): readonly Demand[] {
  const copies = linkTypes.find((type) => type !== 'reflink') === 'copy'
  const fetched = new Map<string, number>()
  let copied = 0
  for (const { file, step } of files) {
    const id = contentId(file)
    const size = sizes.get(id) ?? 0
    if (step === 'fetch') fetched.set(id, size)
    if (file.cacheOnly) continue
    if ((step === 'fetch' && (copies || !fillCache)) || (step === 'place' && copies)) copied += size
  }
  const filled = [...fetched.values()].reduce((sum, size) => sum + size, 0)
  const workspace = { folder: bounds.root, bytes: copied }
  return fillCache ? [workspace, { folder: cacheDir, bytes: filled }] : [workspace]
}
