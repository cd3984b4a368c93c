import { Failure, type Log } from '@mlops-actions/diagnostics'
import { assertWholeHistory, listRevisions, type RevisionScope, readBlobs } from '@mlops-actions/git'
import type { BoundOutput } from '../objects/inventory.ts'
import { forEachLimited } from '../objects/limit.ts'
import { type Binding, bindOutputs, type LeftOut } from './bind.ts'
import type { DvcConfig } from './config.ts'
import type { Output } from './output.ts'
import { readCommittedRepository } from './repository.ts'
import { type GitRoot, revisionTree } from './revision.ts'
import { type SelectedOutput, type Selection, selectOutputs } from './targets.ts'

/** What other commits than the workspace name. */
export interface Past {
  /** Outputs by their newest commit, each content once; path and source stand behind it, as in `4f2c9e1:data.dvc`. */
  readonly outputs: readonly SelectedOutput[]
  /** How many commits were read. */
  readonly commits: number
  /** Commits whose files of DVC cannot be read, with the reason: nothing of them is known. */
  readonly unreadable: readonly { readonly commit: string; readonly seen: string }[]
}

export interface PastOptions extends Selection {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Log
}

/** What of a commit the outputs depend on: its files of DVC, and whatever variables of templates may come from. */
const DECIDING = ['*.dvc', '*dvc.lock', '*.yaml', '*.yml', '*.json', '*.toml', '*.gitignore', '*.dvcignore']
/** Children of git at the same moment. */
const READERS = 4

/**
 * The outputs that branches, tags or all commits name (`dvc push --all-branches --all-tags --all-commits`). A target that
 * a commit does not have names nothing there. As with DVC, a commit that cannot be read is passed over; here it is told.
 * @throws Failure `config` in a shallow checkout, which does not know the other commits
 */
export async function readPast(git: GitRoot, scope: RevisionScope, options: PastOptions): Promise<Past> {
  const { checkout } = git
  await assertWholeHistory(checkout, 'look at what other commits name')
  const commits = await listRevisions(checkout, scope, DECIDING)
  options.log.info(`reading what ${commits.length} other commits name`)
  const read = createReader(git, options)
  const found = new Map<string, readonly SelectedOutput[]>()
  const unreadable: { readonly commit: string; readonly seen: string }[] = []
  await forEachLimited(commits, READERS, async (commit) => {
    try {
      found.set(commit, await read(commit))
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'config') throw error
      unreadable.push({ commit, seen: `${error.details.on}: ${error.details.seen}` })
    }
  })
  const newest = new Map<string, SelectedOutput>()
  for (const commit of commits)
    for (const output of found.get(commit) ?? [])
      if (!newest.has(contentOf(output))) newest.set(contentOf(output), output)
  const inOrder = unreadable.sort((a, b) => commits.indexOf(a.commit) - commits.indexOf(b.commit))
  return { outputs: [...newest.values()], commits: commits.length, unreadable: inOrder }
}

/** Reads a commit; what it shares with the one before is read once. */
function createReader(git: GitRoot, { env, targets, withDeps = false }: PastOptions) {
  const known = new Map<string, Buffer>()
  const blobs = async (oids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> => {
    const missing = oids.filter((oid) => !known.has(oid))
    for (const [oid, bytes] of await readBlobs(git.checkout, missing)) known.set(oid, bytes)
    return known
  }
  return async (commit: string): Promise<readonly SelectedOutput[]> => {
    const repository = await readCommittedRepository(await revisionTree(git, commit, blobs), env)
    return selectOutputs(repository, { targets, withDeps, mayBeUnknown: true })
      .filter(({ oid }) => oid !== undefined)
      .map((output) => inCommit(output, commit))
  }
}

/** Named as git names a file of a commit, so that it is never taken for one of the workspace. */
function inCommit(output: SelectedOutput, commit: string): SelectedOutput {
  const short = commit.slice(0, 7)
  return {
    ...output,
    path: `${short}:${output.path}`,
    source: `${short}:${output.source}`,
    revision: commit,
  }
}

/** The same content for the same remote is the same, whatever it is called. */
function contentOf({ oid, hash, remote = '', parts }: SelectedOutput): string {
  return JSON.stringify([oid, hash, remote, parts ?? null])
}

/**
 * Pure: where past outputs belong, by today's configuration. What the workspace names itself is left to it, and a remote
 * that the configuration has no more can be asked by nobody.
 */
export function bindPast(
  { outputs }: Past,
  config: DvcConfig,
  wanted: string | undefined,
  purpose: 'push' | 'pull',
  now: readonly BoundOutput[],
): Binding {
  const isGone = ({ remote }: Output) => remote !== undefined && !config.remotes.has(remote)
  const reachable = outputs.filter((output) => !isGone(output))
  const { leftOut, ...binding } = bindOutputs(reachable, config, wanted, purpose)
  const nameOf = (output: BoundOutput) => contentOf({ ...output, remote: output.target })
  const here = new Set(now.map(nameOf))
  const reason: LeftOut = 'of a remote that is gone'
  const gone = outputs.filter(isGone).map((output) => ({ output, reason }))
  return {
    ...binding,
    outputs: binding.outputs.filter((output) => !here.has(nameOf(output))),
    leftOut: [...leftOut, ...gone],
  }
}
