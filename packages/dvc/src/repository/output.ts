/** How an object is hashed and where it lies in a cache or remote: DVC 3's `hash: md5`, or DVC 2's, which says nothing. */
export type HashName = 'md5' | 'md5-dos2unix'

/** A file or directory that DVC tracks, as the repository's files name it. */
export interface Output {
  /** Posix, relative to the root of the repository. */
  readonly path: string
  /** What names it: `data.dvc`, or `dvc.yaml:train`. */
  readonly source: string
  /** 32 hex digits, with `.dir` behind for a directory; undefined where nothing was ever recorded. */
  readonly oid: string | undefined
  readonly hash: HashName
  /** Bytes; DVC leaves it out for some directories. */
  readonly size: number | undefined
  readonly remote: string | undefined
  /** `cache: false` and `push: false` keep an output out of every remote. */
  readonly cache: boolean
  readonly push: boolean
  /** Downloaded from another DVC repository, which is where it is kept. */
  readonly imported: boolean
}

/** Whether the oid names a list of files. */
export function isDirectoryOid(oid: string): boolean {
  return oid.endsWith('.dir')
}

/** The MD5 itself, for sentences, ETags and names. */
export function md5Of(oid: string): string {
  return isDirectoryOid(oid) ? oid.slice(0, -'.dir'.length) : oid
}
