import type { World } from '@mlops-actions/diagnostics'
import { type DirEntry, dirOid, formatDirObject } from '../formats/dir-object.wire.ts'
import type { Output } from '../repository/output.ts'
import type { Bounds } from '../repository/paths.ts'
import type { FileHash } from './hash.ts'
import { createHashPool, type HashPool } from './hash-pool.ts'
import { fileOf } from './object.ts'
import { listTrackedFiles, type WorkspaceFile } from './workspace.ts'

/** A tracked directory as it lies in the workspace, hashed. */
export interface LocalDirectory {
  readonly oid: string
  readonly bytes: Buffer
  readonly entries: readonly DirEntry[]
  readonly files: ReadonlyMap<string, WorkspaceFile & { readonly hash: FileHash }>
}

/** Hashes every file of a directory, and so the directory; with the threads of `pool`, or of its own. */
export async function readDirectory(
  world: Pick<World, 'signal'>,
  bounds: Bounds,
  { path, hash }: Pick<Output, 'path' | 'hash'>,
  pool?: HashPool,
): Promise<LocalDirectory> {
  const found = await listTrackedFiles(bounds, path)
  const own = pool ?? createHashPool(world)
  try {
    const hashes = await own.hashFiles(found.map(({ place }) => ({ path: fileOf(place), name: hash })))
    return localDirectory(found, hashes)
  } finally {
    if (pool === undefined) own.close()
  }
}

/** A directory from its files and their hashes, in the same order. */
export function localDirectory(found: readonly WorkspaceFile[], hashes: readonly FileHash[]): LocalDirectory {
  const files = new Map<string, WorkspaceFile & { readonly hash: FileHash }>()
  const entries: DirEntry[] = []
  for (const [at, hash] of hashes.entries()) {
    const file = found[at]
    if (file === undefined) continue
    files.set(file.relpath, { ...file, hash })
    entries.push({ md5: hash.md5, relpath: file.relpath })
  }
  const bytes = formatDirObject(entries)
  return { oid: dirOid(bytes), bytes, entries, files }
}

/** `2 files changed (a, b), 1 added (c)`, against the recorded list where one is known. */
export function describeDifference(
  now: readonly DirEntry[],
  recorded: readonly DirEntry[] | undefined,
): string {
  if (recorded === undefined)
    return `the ${now.length} files in the directory are not those that were recorded`
  const before = new Map(recorded.map(({ relpath, md5 }) => [relpath, md5]))
  const after = new Map(now.map(({ relpath, md5 }) => [relpath, md5]))
  const groups = {
    changed: now.filter(({ relpath, md5 }) => before.has(relpath) && before.get(relpath) !== md5),
    added: now.filter(({ relpath }) => !before.has(relpath)),
    removed: recorded.filter(({ relpath }) => !after.has(relpath)),
  }
  return Object.entries(groups)
    .filter(([, entries]) => entries.length > 0)
    .map(([word, entries]) => `${entries.length} ${word} (${namesOf(entries)})`)
    .join(', ')
}

function namesOf(entries: readonly DirEntry[]): string {
  const names = entries.slice(0, 3).map(({ relpath }) => relpath)
  return `${names.join(', ')}${entries.length > 3 ? ', …' : ''}`
}
