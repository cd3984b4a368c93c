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
  /** Files in a directory, where it says so. */
  readonly nfiles: number | undefined
  /** Whether a file may be executed. */
  readonly isexec: boolean
  readonly remote: string | undefined
  /** `cache: false` and `push: false` keep an output out of every remote. */
  readonly cache: boolean
  readonly push: boolean
  /** Where imported data is kept; undefined where it is this repository's own. */
  readonly origin: Origin | undefined
}

/** Another place that keeps the data of an output. */
export type Origin = RepositoryOrigin | UrlOrigin

/** Made by `dvc import`: a file or directory of another Git repository, tracked there by DVC or by Git. */
export interface RepositoryOrigin {
  readonly kind: 'repository'
  readonly url: string
  /** Branch, tag or commit as the user gave it. */
  readonly rev: string | undefined
  /** The commit that was imported. */
  readonly revLock: string | undefined
  /** Posix, relative to the root of that repository. */
  readonly path: string
  /** The remote of that repository that has the data, by name; its own default where undefined. */
  readonly remote: string | undefined
  /**
   * What `deps.repo.config` and `deps.repo.remote` change of its configuration: section, then option. The section
   * `remote` without a name is that of its default remote.
   */
  readonly config: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** A file of options instead of `config`, as the user named it. */
  readonly configFile: string | undefined
}

/** Made by `dvc import-url --no-download` or `dvc import-db`: nothing was ever recorded of its content. */
export interface UrlOrigin {
  readonly kind: 'url'
  readonly url: string
}

/** Whether the oid names a list of files. */
export function isDirectoryOid(oid: string): boolean {
  return oid.endsWith('.dir')
}

/** The MD5 itself, for sentences, ETags and names. */
export function md5Of(oid: string): string {
  return isDirectoryOid(oid) ? oid.slice(0, -'.dir'.length) : oid
}

/** The file that says which data an output is now: its `.dvc` file, or of a stage the dvc.lock beside its dvc.yaml. */
export function recordFileOf({ source }: Pick<Output, 'source'>): string {
  return source.replace(/(^|\/)dvc\.yaml:.*$/, '$1dvc.lock')
}
