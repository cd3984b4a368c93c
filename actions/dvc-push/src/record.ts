import { Failure, messageOf } from '@mlops-actions/diagnostics'
import {
  assertNotBeingWritten,
  type GitFacts,
  lockRepository,
  type Output,
  pathsToRecord,
  type Recording,
  type Repository,
  readRepository,
  recordFileOf,
  recordOutputs,
} from '@mlops-actions/dvc'
import { isIgnored, isTracked, openCheckout, uncommittedFiles } from '@mlops-actions/git'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

/** What is recorded, under DVC's lock; where nothing is written or committed, nobody has to be kept out. */
export interface Recorded extends Recording {
  /** As it is under the lock: until then DVC may have changed it. */
  readonly repository: Repository
  /** Lets the lock go. */
  readonly release: () => Promise<void>
}

/**
 * Records what `add` and `commit` name. Nothing is written yet.
 * @throws Failure `conflict` while DVC itself is at work, or a running stage writes what would be recorded
 */
export async function record(
  { add, commit, commitTo, fillCache, dryRun }: Inputs,
  world: ActionWorld,
  repository: Repository,
): Promise<Recorded> {
  const writes = (add.length > 0 || commit || fillCache || commitTo !== undefined) && !dryRun
  const release = writes ? await lockRepository(world, repository) : async () => {}
  try {
    const { root } = repository
    const settled = writes ? await readRepository(root, { env: world.env }) : repository
    const order = { add, changed: commit }
    await assertNotBeingWritten(root, await pathsToRecord(settled, order))
    const git = add.length === 0 ? undefined : await gitFacts(world, settled)
    const recording = await recordOutputs(world, settled, order, git)
    return { ...recording, repository: settled, release }
  } catch (error) {
    await release()
    throw error
  }
}

/** Undefined where the repository is in no git, as DVC's `core.no_scm` and a download without history have it. */
async function gitFacts(world: ActionWorld, { root, config }: Repository): Promise<GitFacts | undefined> {
  const checkout = config.noScm ? undefined : await openGit(world, root)
  if (checkout === undefined) return undefined
  return {
    isTracked: (path) => isTracked(checkout, path),
    isIgnored: (path) => isIgnored(checkout, path),
  }
}

async function openGit(world: ActionWorld, root: string) {
  try {
    return (await openCheckout(world, root)).checkout
  } catch (error) {
    if (error instanceof Failure && error.code === 'GIT_NO_REPOSITORY') return undefined
    throw error
  }
}

/** Files that name what is pushed and that no commit has as they are: nobody can pull by them. */
export async function findUncommitted(
  world: ActionWorld,
  { root, config }: Repository,
  outputs: readonly Output[],
): Promise<readonly string[]> {
  const files = new Set(outputs.map(recordFileOf))
  try {
    const checkout = config.noScm ? undefined : await openGit(world, root)
    return checkout === undefined ? [] : await uncommittedFiles(checkout, [...files])
  } catch (error) {
    // What was pushed is there, whatever git has to say of it.
    world.log.warn(`git cannot say what is committed: ${messageOf(error)}`)
    return []
  }
}
