import type { DirEntry } from '../formats/dir-object.wire.ts'
import { isDirectoryOid, type Output } from '../repository/output.ts'

/** An output as one of two commits names it. */
export interface ComparedSide {
  readonly source: string
  readonly oid: string
  /** Bytes and files, where the commit says so. */
  readonly size: number | undefined
  readonly nfiles: number | undefined
}

/** Paths inside of a directory, sorted. */
export interface FileChanges {
  readonly added: readonly string[]
  readonly modified: readonly string[]
  readonly deleted: readonly string[]
}

/** An output that two commits do not name alike. */
export interface OutputChange {
  readonly change: keyof FileChanges
  readonly path: string
  readonly before: ComparedSide | undefined
  readonly after: ComparedSide | undefined
  /** What changed in a directory that both have; undefined for files, and where a list of files is nowhere. */
  readonly files: FileChanges | undefined
}

/** The recorded files of a directory; undefined where nobody has its list. */
export type ListFiles = (output: Output, of: 'before' | 'after') => Promise<readonly DirEntry[] | undefined>

/**
 * The outputs that were added, modified and deleted between two commits, by path, as `dvc diff` tells them. The content
 * decides: an output that only moved from a `.dvc` file into a stage is not modified.
 */
export async function compareOutputs(
  before: readonly Output[],
  after: readonly Output[],
  list: ListFiles,
): Promise<readonly OutputChange[]> {
  const [old, now] = [byPath(before), byPath(after)]
  const changes: OutputChange[] = []
  for (const path of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [was, is] = [old.get(path), now.get(path)]
    if (was?.oid === is?.oid) continue
    const change = was === undefined ? 'added' : is === undefined ? 'deleted' : 'modified'
    changes.push({
      change,
      path,
      before: sideOf(was),
      after: sideOf(is),
      files: await filesOf(was, is, list),
    })
  }
  return changes
}

/** Pure: what changed between two lists of files. */
export function compareEntries(before: readonly DirEntry[], after: readonly DirEntry[]): FileChanges {
  const [old, now] = [md5ByPath(before), md5ByPath(after)]
  const paths = (kept: (path: string) => boolean, of: ReadonlyMap<string, string>) =>
    [...of.keys()].filter(kept).sort()
  return {
    added: paths((path) => !old.has(path), now),
    modified: paths((path) => old.has(path) && old.get(path) !== now.get(path), now),
    deleted: paths((path) => !now.has(path), old),
  }
}

/** What was never recorded is in nobody's data yet. */
function byPath(outputs: readonly Output[]): ReadonlyMap<string, Output> {
  return new Map(outputs.filter(({ oid }) => oid !== undefined).map((output) => [output.path, output]))
}

function md5ByPath(entries: readonly DirEntry[]): ReadonlyMap<string, string> {
  return new Map(entries.map(({ relpath, md5 }) => [relpath, md5]))
}

function sideOf(output: Output | undefined): ComparedSide | undefined {
  if (output?.oid === undefined) return undefined
  const { source, oid, size, nfiles } = output
  return { source, oid, size, nfiles }
}

async function filesOf(
  was: Output | undefined,
  is: Output | undefined,
  list: ListFiles,
): Promise<FileChanges | undefined> {
  if (was?.oid === undefined || is?.oid === undefined) return undefined
  if (!isDirectoryOid(was.oid) || !isDirectoryOid(is.oid)) return undefined
  const [before, after] = [await list(was, 'before'), await list(is, 'after')]
  return before === undefined || after === undefined ? undefined : compareEntries(before, after)
}
