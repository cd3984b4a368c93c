import { findEntry, readCommit, readLoose, readTree } from './objects.ts'

/**
 * The files in a folder of a commit by path below it, also of the folders in it where `recurse`; null where it has no such
 * folder. As in objects.ts, undefined is where git itself has to be asked.
 * @param folder without slashes at its ends; empty is the root
 */
export async function readFolder(
  directory: string,
  commit: string,
  folder: string,
  { recurse, isWanted }: { readonly recurse: boolean; readonly isWanted: (name: string) => boolean },
): Promise<ReadonlyMap<string, Buffer> | null | undefined> {
  const root = folder === '' ? (await readCommit(directory, commit))?.tree : undefined
  const entry = root === undefined ? await findEntry(directory, commit, folder) : { type: 'tree', oid: root }
  if (entry === undefined || entry === null) return entry
  if (entry.type !== 'tree') return null
  const files = new Map<string, Buffer>()
  const isComplete = await collect(directory, entry.oid, '')
  return isComplete ? files : undefined

  async function collect(place: string, tree: string, prefix: string): Promise<boolean> {
    const entries = await readTree(place, tree)
    if (entries === undefined) return false
    for (const [name, { type, oid }] of entries) {
      const path = `${prefix}${name}`
      if (type === 'tree' && recurse && !(await collect(place, oid, `${path}/`))) return false
      if (type !== 'blob' || !isWanted(name)) continue
      const bytes = await readLoose(place, 'blob', oid)
      if (bytes === undefined) return false
      files.set(path, bytes)
    }
    return true
  }
}
