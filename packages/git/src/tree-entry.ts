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
  const args = ['ls-tree', '-z', '--full-tree', commit, '--', path]
  const { stdout } = await repository.run({ what: 'Cannot read the tree', args })
  const [, mode = '', oid = '', name] = /^(\d{6}) \w+ ([0-9a-f]+)\t([^\0]*)\0/.exec(stdout) ?? []
  const kind = KINDS[mode]
  return kind === undefined || name !== path ? undefined : { kind, mode, oid }
}

/** The bytes of a blob; a partial clone asks the server for it now. */
export async function readBlob(repository: GitRepository, oid: string): Promise<Buffer> {
  const args = ['cat-file', 'blob', oid]
  const { stdoutBytes } = await repository.run({ what: 'Cannot read the file', args, isRemote: true })
  return stdoutBytes
}
