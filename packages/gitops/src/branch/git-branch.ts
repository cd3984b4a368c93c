import { join } from 'node:path'
import { Failure, type World } from '@mlops-actions/diagnostics'
import {
  bringBlobs,
  fetchHistory,
  type GitRepository,
  type Offer,
  openRepository,
  type PushOutcome,
  pushCommit,
  type RemoteUrl,
  type RepositoryOptions,
  readBlob,
  readEntries,
  readEntry,
  type TreeEntry,
  writeCommit,
} from '@mlops-actions/git'
import {
  type Branch,
  type CommitAuthor,
  type CommitDraft,
  type CommittedFile,
  type LandOutcome,
  NEAR_HISTORY,
} from './branch.ts'
import { patiently } from './patience.ts'
import { missingFile, refusedFile, toleratingMissing } from './refused-file.ts'

export interface GitBranchOptions extends RepositoryOptions {
  readonly branch: string
  readonly author: CommitAuthor
}

/** A branch reached by git itself, over HTTPS or SSH: for every forge, and for deploy keys. */
export async function openGitBranch(world: World, options: GitBranchOptions): Promise<Branch> {
  const repository = await openRepository(world, options)
  const label = `${options.remote.path} ${options.branch}`
  return {
    label,
    commitUrl: (commit) => commitUrl(options.remote, commit),
    async read(paths, { mayBeMissing = false, history: depth = NEAR_HISTORY } = {}) {
      // What lies far back is only read, and of the head everything is there since the first look.
      const filter = depth > NEAR_HISTORY ? 'tree:0' : 'blob:none'
      const { commits: history, hasOlder } = await fetchHistory(repository, options.branch, depth, filter)
      const head = history[0].oid
      const entries = await readEntries(repository, head, paths)
      const found = paths.flatMap((path) => entries.get(path)?.oid ?? [])
      if (found.length > 1) await bringBlobs(repository, found)
      const files: CommittedFile[] = []
      for (const path of paths) {
        const file = readFile(repository, { label, head, path, entry: entries.get(path) })
        files.push(...(await file.catch(toleratingMissing(mayBeMissing))))
      }
      return { head, history, hasOlder, files }
    },
    land: (draft) => land(world, repository, options, draft),
    close: repository.close,
  }
}

async function land(
  world: World,
  repository: GitRepository,
  { branch, author }: GitBranchOptions,
  draft: CommitDraft,
): Promise<LandOutcome> {
  const commit = await writeCommit(repository, { ...draft, author, time: world.now() })
  const push = () => pushUnlimited(repository, { commit, parent: draft.parent }, branch)
  const outcome = await patiently(world, push).catch(refusedByLimit)
  return outcome.status === 'accepted' || outcome.status === 'unknown' ? { ...outcome, commit } : outcome
}

/** A server does nothing of a push that meets its limit, so it can be sent again. @throws Failure GIT_RATE_LIMIT */
async function pushUnlimited(repository: GitRepository, offer: Offer, branch: string): Promise<PushOutcome> {
  const outcome = await pushCommit(repository, offer, branch).catch(endedEarly)
  if (outcome.status === 'refused' && outcome.failure.code === 'GIT_RATE_LIMIT') throw outcome.failure
  return outcome
}

function refusedByLimit(thrown: unknown): LandOutcome & { status: 'refused' } {
  if (!(thrown instanceof Failure) || thrown.code !== 'GIT_RATE_LIMIT') throw thrown
  return { status: 'refused', failure: thrown }
}

/** A push that was ended from here, by its own clock or because the step is, may have done its work. */
function endedEarly(thrown: unknown): LandOutcome & { status: 'unknown' } {
  if (!(thrown instanceof Failure) || (thrown.kind !== 'timeout' && thrown.kind !== 'cancelled')) throw thrown
  return { status: 'unknown', seen: thrown.details.seen }
}

/** What stands at a path of the branch. */
interface Seen {
  readonly label: string
  readonly head: string
  readonly path: string
  readonly entry: TreeEntry | undefined
}

async function readFile(repository: GitRepository, seen: Seen): Promise<readonly CommittedFile[]> {
  const { path, entry } = seen
  if (entry?.kind !== 'file') throw await notAFile(repository, seen)
  return [{ path, mode: entry.mode, bytes: await readBlob(repository, entry.oid) }]
}

/** Names the link or submodule that is in the way, wherever on the path it stands. */
async function notAFile(repository: GitRepository, { label, head, path, entry }: Seen): Promise<Failure> {
  if (entry !== undefined) return refusedFile(label, path, entry.kind)
  const folders = path
    .split('/')
    .slice(0, -1)
    .map((_, depth, all) => join(...all.slice(0, depth + 1)))
  for (const folder of folders) {
    const above = await readEntry(repository, head, folder)
    if (above === undefined) break
    if (above.kind !== 'folder') return refusedFile(label, folder, above.kind)
  }
  return missingFile(label, path)
}

/** GitHub, GitLab and Gitea all answer below `/commit/`. */
function commitUrl(remote: RemoteUrl, commit: string): string | undefined {
  if (remote.protocol === 'http') return `${remote.origin}/${remote.path}/commit/${commit}`
  return remote.host.includes(':') ? undefined : `https://${remote.host}/${remote.path}/commit/${commit}`
}
