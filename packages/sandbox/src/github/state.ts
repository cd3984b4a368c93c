import type { MergeMethod, MergeRules, Pull } from './pulls.ts'

/** Why a push to a branch is turned down: classic branch protection, or a rule set. */
export type Protection = 'GH006' | 'GH013'

export interface Repository {
  readonly owner: string
  readonly name: string
  /** The bare repository on disk: real git, free to be looked at by a test. */
  readonly directory: string
  readonly defaultBranch: string
  isPrivate: boolean
  /** By branch name. Mirrored into a file that the repository's pre-receive hook reads. */
  readonly protection: Map<string, Protection>
  /** Pull requests, by number less one. */
  readonly pulls: Pull[]
  /** By the branch that is merged into. */
  readonly mergeRules: Map<string, MergeRules>
  mergeMethods: readonly MergeMethod[]
  allowsAutoMerge: boolean
  deletesMergedBranches: boolean
  /** Logins that CODEOWNERS names for every file. */
  codeOwners: readonly string[]
}

/** Who a token stands for and what it may do. */
export interface Grant {
  readonly login: string
  /** By `owner/name` in lower case; `*` for every repository. */
  readonly access: Readonly<Record<string, 'read' | 'write'>>
  /** `pull_requests: write` besides, which a token may lack. Default: it has it. */
  readonly mayOpenPulls?: boolean
}

/** A `repository_dispatch` event that somebody sent. */
export interface Dispatch {
  readonly repository: string
  readonly eventType: string
  readonly clientPayload: unknown
  readonly sender: string
}

export interface CommitStatus {
  readonly repository: string
  readonly sha: string
  readonly state: string
  readonly context: string
  readonly description: string
  readonly targetUrl: string
}

export interface GitHubState {
  /** Folder below which the bare repositories lie as `owner/name.git`. */
  readonly root: string
  /** By `owner/name` in lower case, as GitHub compares them. */
  readonly repositories: Map<string, Repository>
  /** By token. */
  readonly tokens: Map<string, Grant>
  readonly dispatches: Dispatch[]
  readonly statuses: CommitStatus[]
  readonly now: () => number
  /** Where the server is reached, for links. */
  readonly url: () => string
}

export function createGitHubState(root: string, { now, url }: Pick<GitHubState, 'now' | 'url'>): GitHubState {
  return { root, repositories: new Map(), tokens: new Map(), dispatches: [], statuses: [], now, url }
}

export function findRepository(state: GitHubState, owner: string, name: string): Repository | undefined {
  return state.repositories.get(`${owner}/${name}`.toLowerCase())
}

export function fullName({ owner, name }: Repository): string {
  return `${owner}/${name}`
}
