import type { GitRepository } from './repository.ts'

/** What stands at a path of a commit. */
export interface TreeEntry {
  readonly kind: 'file' | 'symlink' | 'submodule' | 'folder'
  /** As git writes it: `100644`, `100755`, `120000`, `160000`, `040000`. */
  readonly mode: string
  readonly oid: string
}

const KINDS: Readonly<Record<string, TreeEntry['kind']>> = {
  '100644': 'file',
  '100755': 'file',
  '120000': 'symlink',
  '160000': 'submodule',
  '040000': 'folder',
}

/** Undefined for a mode that git does not write. */
export function entryKind(mode: string): TreeEntry['kind'] | undefined {
  return KINDS[mode]
}

/** The entry of exactly that path. Nothing is followed: below a symlink or a submodule there is nothing. */
export async function readEntry(
  repository: GitRepository,
  commit: string,
  path: string,
): Promise<TreeEntry | undefined> {
  return (await readEntries(repository, commit, [path])).get(path)
}

/** The entries of exactly these paths, those that there are; as {@link readEntry}, all by one process. */
export async function readEntries(
  repository: GitRepository,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, TreeEntry>> {
  const args = ['ls-tree', '-z', '--full-tree', commit, '--', ...paths]
  const { stdout } = await repository.run({ what: 'Cannot read the tree', args })
  const wanted = new Set(paths)
  const entries = new Map<string, TreeEntry>()
  for (const line of stdout.split('\0')) {
    const [, mode = '', oid = '', path = ''] = /^(\d{6}) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
    const kind = KINDS[mode]
    if (kind !== undefined && wanted.has(path)) entries.set(path, { kind, mode, oid })
  }
  return entries
}

/** The bytes of a blob; a partial clone asks the server for it now. */
export async function readBlob(repository: GitRepository, oid: string): Promise<Buffer> {
  const args = ['cat-file', 'blob', oid]
  const { stdoutBytes } = await repository.run({ what: 'Cannot read the file', args, isRemote: true })
  return stdoutBytes
}

/**
 * Brings blobs that are about to be read by one request: reading them one by one, a partial clone makes one for each. As
 * git itself does it (fetch_objects in promisor-remote.c); a server that gives out no single objects has sent them before.
 */
export async function bringBlobs(repository: GitRepository, oids: readonly string[]): Promise<void> {
  const alone = ['-c', 'fetch.negotiationAlgorithm=noop', 'fetch', '--quiet', '--no-tags']
  const options = ['--no-write-fetch-head', '--no-recurse-submodules', '--filter=blob:none']
  const args = [...alone, ...options, '--end-of-options', 'origin', ...new Set(oids)]
  await repository.attempt({ what: 'Cannot read the files', args, isRemote: true })
}
