import type { Failure } from '@mlops-actions/diagnostics'

/** A file as a commit has it. */
export interface CommittedFile {
  readonly path: string
  /** `100644` or `100755`. */
  readonly mode: string
  readonly bytes: Buffer
}

export interface LoggedCommit {
  readonly oid: string
  readonly message: string
}

export interface CommitAuthor {
  readonly name: string
  readonly email: string
}

/** A commit to be: whole files on top of the head that they were read from. */
export interface CommitDraft {
  readonly parent: string
  readonly files: readonly CommittedFile[]
  readonly message: string
}

/** The branch as it was at one moment. */
export interface BranchState {
  readonly head: string
  /**
   * The newest commits, newest first; further back perhaps only those that changed one of the files, which are all that
   * can be about them.
   */
  readonly history: readonly LoggedCommit[]
  /** Whether there are more, further back; not where nothing is said. */
  readonly hasOlder?: boolean
  readonly files: readonly CommittedFile[]
}

/** Commits that come along with the head: enough to see who deployed what last, in most cases. Their files do not. */
export const NEAR_HISTORY = 50

export interface ReadOptions {
  /** How many commits of the history, or of that of each file, are brought along. Default {@link NEAR_HISTORY}. */
  readonly history?: number | undefined
  /** Paths without a file are then left out of the files. */
  readonly mayBeMissing?: boolean
}

/** What became of a commit that was offered to the server. */
export type LandOutcome =
  | { readonly status: 'accepted'; readonly commit: string }
  /** The branch has moved on since it was read. */
  | { readonly status: 'moved'; readonly seen: string }
  /** The connection ended before the server said what it did; `commit` where it was made on this side. */
  | { readonly status: 'unknown'; readonly seen: string; readonly commit?: string | undefined }
  | { readonly status: 'refused'; readonly failure: Failure }

/** One branch of a GitOps repository, whatever the way there: git or an API. */
export interface Branch {
  /** For people: `acme/gitops main`. */
  readonly label: string
  /** Where people look at a commit; undefined where nobody knows. */
  commitUrl(commit: string): string | undefined
  /**
   * Reads the branch from the server, anew each time.
   * @throws Failure when a path is missing, unless that is allowed, or is a symlink, a submodule or a folder, or lies below
   * one that is no folder
   */
  read(paths: readonly string[], options?: ReadOptions): Promise<BranchState>
  /** Offers a commit: it becomes the head only if `parent` still is. */
  land(draft: CommitDraft): Promise<LandOutcome>
  close(): Promise<void>
}
