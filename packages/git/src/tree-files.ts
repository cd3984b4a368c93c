import { Failure } from '@mlops-actions/diagnostics'
import type { Checkout } from './checkout.ts'
import { entryKind, type TreeEntry } from './tree-entry.ts'

/** A file, link or submodule of a commit, wherever in it. */
export interface TreeFile extends TreeEntry {
  /** Posix, relative to the root of the repository; bytes that are no UTF-8 show as U+FFFD. */
  readonly path: string
}

/** Every file of a commit, folders not among them. */
export async function listTreeFiles(checkout: Checkout, commit: string): Promise<readonly TreeFile[]> {
  const { stdout, truncated } = await checkout.run({
    what: 'Cannot read the tree',
    args: ['ls-tree', '-r', '-z', '--full-tree', commit],
  })
  if (truncated) throw tooLarge(commit, 'it has too many files')
  return stdout.split('\0').flatMap((line) => {
    const [, mode = '', oid = '', path = ''] = /^(\d{6}) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
    const kind = entryKind(mode)
    return kind === undefined ? [] : [{ path, kind, mode, oid }]
  })
}

/** The bytes of blobs, in one child process. A partial clone that lacks them fetches them in one request. */
export async function readBlobs(
  checkout: Checkout,
  oids: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const wanted = [...new Set(oids)]
  if (wanted.length === 0) return new Map()
  const { stdoutBytes, truncated } = await checkout.run({
    what: 'Cannot read files of a commit',
    args: ['cat-file', '--batch'],
    input: `${wanted.join('\n')}\n`,
  })
  if (truncated) throw tooLarge('git cat-file', 'the files of DVC in it are too large')
  return parseBatch(stdoutBytes)
}

/** `<oid> blob <size>\n<bytes>\n`, or `<oid> missing\n` (git-cat-file(1), BATCH OUTPUT). */
function parseBatch(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const blobs = new Map<string, Buffer>()
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\n', at)
    const [oid = '', kind, size = '0'] = bytes.toString('latin1', at, end).split(' ')
    if (kind !== 'blob') throw missingBlob(oid)
    blobs.set(oid, bytes.subarray(end + 1, end + 1 + Number(size)))
    at = end + 1 + Number(size) + 1
  }
  return blobs
}

function missingBlob(oid: string): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'GIT_BLOB',
    what: 'Cannot read a file of a commit',
    on: oid,
    seen: 'this checkout does not have its content',
    next: 'Check out without `filter`, or with `fetch-depth: 0`',
  })
}

function tooLarge(on: string, seen: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'GIT_TOO_LARGE',
    what: 'Cannot read a commit',
    on,
    seen,
    next: 'Read a folder of the repository that is smaller',
  })
}
