import { posix } from 'node:path'
import type { DirEntry } from '../formats/dir-object.wire.ts'
import { type HashName, isDirectoryOid } from '../repository/output.ts'
import { selectedEntries } from '../repository/parts.ts'
import type { SelectedOutput } from '../repository/targets.ts'

/** Where the bytes of an object come from when neither the workspace nor the cache has them. */
export type Supply =
  | { readonly kind: 'remote'; readonly remote: string }
  /** A file that another repository keeps in Git. */
  | { readonly kind: 'git'; readonly read: () => Promise<Buffer> }

/** An output that a pull brings, with what its data is. */
export interface WantedOutput {
  readonly output: SelectedOutput
  readonly oid: string
  readonly hash: HashName
  readonly supply: Supply
  /** `push: false`: no remote promised to have it. */
  readonly optional: boolean
  /** Of a directory: everything that is recorded in it, and where each comes from if not from `supply`. */
  readonly entries: readonly SuppliedEntry[] | undefined
  /** The bytes of its `.dir` object. */
  readonly listing: Buffer | undefined
}

export interface SuppliedEntry extends DirEntry {
  readonly hash?: HashName
  readonly supply?: Supply
}

/** One file of the workspace as the repository says it should be. */
export interface WantedFile {
  /** Posix, relative to the root. */
  readonly path: string
  /** Never one of a directory. */
  readonly oid: string
  readonly hash: HashName
  /** Bytes where they were recorded: of a file in a directory never, of DVC 2's hash with other line ends. */
  readonly size?: number | undefined
  readonly isexec: boolean
  /** The output that it belongs to, and what names that. */
  readonly output: string
  readonly source: string
  readonly optional: boolean
  /** Another commit names it: it belongs into the cache alone, and its path is no place in the workspace. */
  readonly cacheOnly: boolean
  readonly supply: Supply
}

/** Pure: the files that the outputs stand for; of a directory with `parts` only those. @throws Failure for empty parts */
export function wantedFiles(outputs: readonly WantedOutput[]): readonly WantedFile[] {
  return outputs.flatMap(({ output, oid, hash, supply, optional, entries }): readonly WantedFile[] => {
    const cacheOnly = output.revision !== undefined
    const common = { output: output.path, source: output.source, optional, cacheOnly }
    if (!isDirectoryOid(oid))
      return [
        { ...common, path: output.path, oid, hash, size: sizeOf(output), isexec: output.isexec, supply },
      ]
    return selectedEntries(output, entries ?? []).map((entry: SuppliedEntry) => ({
      ...common,
      path: posix.join(output.path, entry.relpath),
      oid: entry.md5,
      hash: entry.hash ?? hash,
      // DVC records no permissions inside of a directory.
      isexec: false,
      supply: entry.supply ?? supply,
    }))
  })
}

function sizeOf({ hash, size }: SelectedOutput): number | undefined {
  return hash === 'md5' ? size : undefined
}

/** What makes two objects one: the same content kept in the same way. Of most it is a text that is there already. */
export function contentId({ oid, hash }: Pick<WantedFile, 'oid' | 'hash'>): string {
  return hash === 'md5' ? oid : `${hash} ${oid}`
}
