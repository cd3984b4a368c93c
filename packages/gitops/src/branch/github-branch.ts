import { Failure } from '@mlops-actions/diagnostics'
import {
  type BranchFile,
  type BranchSnapshot,
  commitOnBranch,
  type GitHubClient,
  type RepositoryName,
  readBlob,
  readBranch,
  readCommit,
  readFileHistory,
} from '@mlops-actions/github'
import {
  type Branch,
  type BranchState,
  type CommitDraft,
  type CommittedFile,
  type LandOutcome,
  type LoggedCommit,
  NEAR_HISTORY,
  type ReadOptions,
} from './branch.ts'
import { mergeHistories } from './histories.ts'
import { missingFile, refusedFile, toleratingMissing } from './refused-file.ts'

export interface GitHubBranchOptions {
  readonly github: GitHubClient
  readonly repository: RepositoryName
  readonly branch: string
  /** `https://github.com`, for links. */
  readonly serverUrl: string
}

/** A branch reached by GitHub's API: no git, no checkout, and commits that GitHub signs. */
export function openGitHubBranch(options: GitHubBranchOptions): Branch {
  const { owner, name } = options.repository
  return {
    label: labelOf(options),
    commitUrl: (commit) => `${options.serverUrl}/${owner}/${name}/commit/${commit}`,
    read: (paths, wanted = {}) => read(options, paths, wanted),
    land: (draft) => land(options, draft),
    close: async () => {},
  }
}

function labelOf({ repository, branch }: GitHubBranchOptions): string {
  return `${repository.owner}/${repository.name} ${branch}`
}

async function read(
  options: GitHubBranchOptions,
  paths: readonly string[],
  { mayBeMissing = false, history = NEAR_HISTORY }: ReadOptions,
): Promise<BranchState> {
  const { github, repository, branch } = options
  const snapshot = await readBranch(github, repository, branch, { paths, commits: NEAR_HISTORY })
  if (snapshot === undefined) throw missingBranch(labelOf(options))
  return stateOf(options, snapshot, paths, { mayBeMissing, history })
}

/**
 * The files of a commit, be it on the branch or not.
 * @throws Failure as {@link Branch.read}
 */
export async function readCommitState(
  options: GitHubBranchOptions,
  commit: string,
  paths: readonly string[],
  { mayBeMissing = false, history = NEAR_HISTORY }: ReadOptions = {},
): Promise<BranchState> {
  const { github, repository } = options
  const snapshot = await readCommit(github, repository, commit, { paths, commits: NEAR_HISTORY })
  if (snapshot === undefined) throw missingBranch(`${labelOf(options)} at ${commit.slice(0, 12)}`)
  return stateOf(options, snapshot, paths, { mayBeMissing, history })
}

async function stateOf(
  options: GitHubBranchOptions,
  snapshot: BranchSnapshot,
  paths: readonly string[],
  { mayBeMissing, history }: { readonly mayBeMissing: boolean; readonly history: number },
): Promise<BranchState> {
  const { github, repository } = options
  const files: CommittedFile[] = []
  for (const [index, path] of paths.entries()) {
    const entry = snapshot.files[index]
    if (entry === undefined) {
      toleratingMissing(mayBeMissing)(await notThere(options, path))
      continue
    }
    assertFile(labelOf(options), entry)
    files.push({ path, mode: entry.mode, bytes: await readBlob(github, repository, entry.oid) })
  }
  return { head: snapshot.head, ...(await historyOf(options, snapshot, paths, history)), files }
}

/** The newest commits; where more is wanted than comes along with the head, those behind them that changed one of the files. */
async function historyOf(
  { github, repository }: GitHubBranchOptions,
  { head, history }: Pick<BranchState, 'head' | 'history'>,
  paths: readonly string[],
  most: number,
): Promise<Pick<BranchState, 'history' | 'hasOlder'>> {
  const isWhole = history.length < NEAR_HISTORY
  if (isWhole || most <= NEAR_HISTORY) return { history, hasOlder: !isWhole }
  const ofFiles = await Promise.all(
    paths.map((path) => readFileHistory(github, repository, { head, path, most })),
  )
  const lists: (readonly LoggedCommit[])[] = [history, ...ofFiles.map(({ commits }) => commits)]
  return { history: mergeHistories(lists), hasOlder: ofFiles.some(({ hasOlder }) => hasOlder) }
}

async function land(
  options: GitHubBranchOptions,
  { parent, message, files }: CommitDraft,
): Promise<LandOutcome> {
  const { github, repository, branch } = options
  const executable = files.find(({ mode }) => mode !== '100644')
  if (executable !== undefined)
    return { status: 'refused', failure: lostMode(labelOf(options), executable.path) }
  const outcome = await commitOnBranch(github, repository, branch, { expectedHead: parent, message, files })
  // Ended from here, when the request may have been on its way.
  if (outcome.status === 'refused' && outcome.failure.kind === 'cancelled')
    return { status: 'unknown', seen: outcome.failure.details.seen }
  return outcome
}

/** Names the link or submodule that is in the way, wherever above the path it stands. */
async function notThere(options: GitHubBranchOptions, path: string): Promise<Failure> {
  const { github, repository, branch } = options
  const folders = path.split('/').slice(0, -1)
  const paths = folders.map((_, index) => folders.slice(0, index + 1).join('/'))
  const above = await readBranch(github, repository, branch, { paths, commits: 1 })
  const inTheWay = above?.files.find((entry) => entry !== undefined && kindOf(entry) !== 'folder')
  if (inTheWay === undefined) return missingFile(labelOf(options), path)
  return refusedFile(labelOf(options), inTheWay.path, kindOf(inTheWay))
}

function assertFile(label: string, entry: BranchFile): void {
  const kind = kindOf(entry)
  if (kind !== 'file') throw refusedFile(label, entry.path, kind)
}

function kindOf({ mode }: BranchFile): 'file' | 'symlink' | 'submodule' | 'folder' {
  if (mode === '120000') return 'symlink'
  if (mode === '160000') return 'submodule'
  return mode === '040000' ? 'folder' : 'file'
}

function missingBranch(label: string): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'GITOPS_BRANCH_NOT_FOUND',
    what: 'Cannot read the branch',
    on: label,
    seen: 'there is no such branch',
    next: 'Correct `branch`, or create the branch first',
  })
}

/** createCommitOnBranch has no place for a mode. */
function lostMode(label: string, path: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'GITOPS_MODE',
    what: 'Cannot change the manifest by the API',
    on: `${path} in ${label}`,
    seen: 'the file is executable, and the API would make it a plain one',
    next: 'Take the executable bit off the manifest, or set `transport: git`',
  })
}
