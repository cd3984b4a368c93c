import { Failure, type World } from '@mlops-actions/diagnostics'
import type { Branch, BranchState, CommitDraft, LandOutcome, ReadOptions } from './branch.ts'
import { decideOn } from './further-back.ts'
import { patiently, pauseBeforeTry } from './patience.ts'
import { findChange, withFate } from './uncertain.ts'

/** What to do about the branch as it stands: commit, or leave it. `result` is the caller's own. */
export interface Decided<Result> {
  readonly draft?: Omit<CommitDraft, 'parent'>
  readonly result: Result
}

/** Something from elsewhere has to be known first; once it is learned, the decision is asked for again. */
export interface Unlearned {
  readonly learn: () => Promise<void>
}

/** What is decided, or that it takes a look further back into the history, as long as there is more of it, or more knowledge. */
export type Decision<Result> = Decided<Result> | 'look-further-back' | Unlearned

export interface Landing<Result> {
  readonly paths: readonly string[]
  /** Whether the branch may be without some of them: they are new to it. */
  readonly mayBeMissing?: boolean
  /**
   * Stands as a trailer in every draft of this change; by it the commit is known again when an answer was
   * lost.
   */
  readonly changeId: string
  /** Pure, and made anew for every head. `first` is what it made of the branch at the first try. */
  readonly decide: (state: BranchState, first: Result | undefined) => Decision<Result>
  /** Has to say yes to what was decided before it is offered; by throwing it says no. */
  readonly check?: ((draft: CommitDraft) => Promise<void>) | undefined
  /**
   * Opens the same branch in another world, whose signal has not aborted: for one last look, when the step ends
   * while nobody knows what became of a commit.
   */
  readonly reopen?: ((world: World) => Promise<Branch>) | undefined
}

export interface Landed<Result> {
  /** Whether a commit of this change is on the branch now that was not there before. */
  readonly changed: boolean
  /** That commit, or the head that already was as it should be. */
  readonly commit: string
  readonly attempts: number
  readonly result: Result
}

/**
 * Each time the branch has moved somebody else got through: n simultaneous writers need n tries at most.
 */
const TRIES = 20

/**
 * Brings a change onto a branch that others write to as well. Each try reads the head, makes the change
 * anew and offers the commit on that very head. There is no rebase to conflict and no force to lose what
 * somebody else wrote.
 *
 * When the connection dies after the commit was offered, nobody knows whether it was accepted: the next
 * read looks for it by its change id, so it is neither made twice nor called failed. Where that read fails
 * too, or the step ends before it, the failure says what a last look found of it, with its SHA as the output
 * `commit-sha`.
 * @throws Failure of `decide` and of the server's rules; GITOPS_CONTENTION when every try came too late
 */
export async function landChange<Result>(
  world: World,
  branch: Branch,
  landing: Landing<Result>,
): Promise<Landed<Result>> {
  const { changeId } = landing
  let first: Result | undefined
  let offered: Offered<Result> | undefined
  for (let attempts = 1; ; attempts += 1) {
    const near = await readAfter(world, branch, landing, { attempts, offered })
    const landed = offered && findChange(near.history, changeId)
    if (offered && landed)
      return { changed: true, commit: landed.oid, attempts: attempts - 1, result: offered.result }
    if (offered && attempts > TRIES) throw outOfTries(branch, offered.outcome)
    const further = (history: number) => readPatiently(world, branch, { ...landing, history })
    const { head, draft, result } = await decideOn(
      world,
      near,
      (state) => landing.decide(state, first),
      further,
    )
    if (draft === undefined) return { changed: false, commit: head, attempts, result }
    first ??= result
    await landing.check?.({ ...draft, parent: head })
    const outcome = await branch.land({ ...draft, parent: head })
    if (outcome.status === 'accepted') return { changed: true, commit: outcome.commit, attempts, result }
    if (outcome.status === 'refused') throw outcome.failure
    offered = { result, outcome }
  }
}

/** A try after which the branch has to be looked at again. */
interface Offered<Result> {
  readonly result: Result
  readonly outcome: Extract<LandOutcome, { status: 'moved' | 'unknown' }>
}

/** The branch as it is now; after a try that came to nothing, or to nobody knows what, a while later. */
async function readAfter<Result>(
  world: World,
  branch: Branch,
  landing: Landing<Result>,
  { attempts, offered }: { attempts: number; offered: Offered<Result> | undefined },
): Promise<BranchState> {
  if (offered === undefined) return readPatiently(world, branch, landing)
  const { outcome } = offered
  const { changeId, reopen } = landing
  try {
    await pause(world, attempts - 1, outcome)
    return await readPatiently(world, branch, landing)
  } catch (thrown) {
    if (outcome.status === 'moved') throw thrown
    throw await withFate(world, thrown, { changeId, reopen, commit: outcome.commit })
  }
}

/** What `landChange` would do at the head as it is now; nothing is offered to the server. */
export async function rehearseChange<Result>(
  world: World,
  branch: Branch,
  landing: Landing<Result>,
): Promise<Landed<Result>> {
  const near = await readPatiently(world, branch, landing)
  const further = (history: number) => readPatiently(world, branch, { ...landing, history })
  const decide = (state: BranchState) => landing.decide(state, undefined)
  const { head, draft, result } = await decideOn(world, near, decide, further)
  if (draft !== undefined) await landing.check?.({ ...draft, parent: head })
  return { changed: false, commit: head, attempts: 0, result }
}

async function pause(
  world: World,
  attempts: number,
  { status, seen }: { status: 'moved' | 'unknown'; seen: string },
) {
  const why =
    status === 'moved' ? 'another commit came first' : 'the server did not say whether it took the commit'
  await pauseBeforeTry(world, attempts, `${why} (${seen})`)
}

/** A read has no effect, so a passing trouble of the network is simply tried again. */
function readPatiently(
  world: World,
  branch: Branch,
  { paths, mayBeMissing = false, history }: Pick<Landing<unknown>, 'paths' | 'mayBeMissing'> & ReadOptions,
): Promise<BranchState> {
  return patiently(world, () => branch.read(paths, { mayBeMissing, history }))
}

/** A server that never says what it did is not one that others were faster at. */
function outOfTries({ label }: Branch, { status, seen }: Offered<unknown>['outcome']): Failure {
  if (status === 'unknown')
    return new Failure({
      kind: 'upstream',
      code: 'GITOPS_UNCERTAIN',
      what: 'Cannot get the commit onto the branch',
      on: label,
      seen: `in ${TRIES} tries the server did not say that it took the commit, and it is not there: ${seen}`,
      next: 'Run the job again; if it stays, look at the state of the server and at what lies between',
      retryable: true,
    })
  return new Failure({
    kind: 'conflict',
    code: 'GITOPS_CONTENTION',
    what: 'Cannot get the commit onto the branch',
    on: label,
    seen: `${TRIES} tries came too late: ${seen}`,
    next: 'Run the job again; if it stays, give writers of this branch a common `concurrency:` group',
  })
}
