import { setTimeout as delay } from 'node:timers/promises'
import { Failure, type FailureDetails, messageOf, type World, withDetails } from '@mlops-actions/diagnostics'
import { parseTrailerBlocks, TRAILER } from '../trailers/trailers.ts'
import type { Branch, LoggedCommit } from './branch.ts'

/** A commit that was offered and of which nobody knows whether the server took it. */
export interface Uncertain {
  readonly changeId: string
  /** Undefined where the server itself would have made it. */
  readonly commit: string | undefined
  /** See {@link Landing.reopen}. */
  readonly reopen: ((world: World) => Promise<Branch>) | undefined
}

/** What the last look saw: the commit on the branch, a branch without it, or nothing at all. */
type Fate = { readonly commit: string } | 'absent' | 'unseen'

/** Milliseconds: a cancelled step is done in under five seconds, this look included. */
const LAST_LOOK_MS = 3_000
/** Milliseconds before each of the looks that there is time for. Of the clock itself, since the step's own has stopped. */
const LOOKS = [0, 400, 1_000] as const

/** The commit of a change, which is known by its trailer. */
export function findChange(history: readonly LoggedCommit[], changeId: string): LoggedCommit | undefined {
  return history.find(({ message }) =>
    parseTrailerBlocks(message).some((block) => new Map(block).get(TRAILER.changeId) === changeId),
  )
}

/**
 * What was thrown, with what became of the commit that had been offered before, by one last look at the branch: in its
 * words, and as the output `commit-sha` where the SHA is known.
 */
export async function withFate(world: World, thrown: unknown, uncertain: Uncertain): Promise<unknown> {
  if (!(thrown instanceof Failure)) return thrown
  const { changeId } = uncertain
  const { what, outputs } = describeFate(await lookOnceMore(world, uncertain), uncertain)
  const { seen, next } = thrown.details
  return withDetails(thrown, {
    seen: `${seen}; ${what}`,
    next: `Look for "${TRAILER.changeId}: ${changeId}" on the branch. ${next}`,
    ...(outputs === undefined ? {} : { outputs }),
  })
}

async function lookOnceMore(world: World, { changeId, reopen }: Uncertain): Promise<Fate> {
  if (reopen === undefined) return 'unseen'
  try {
    const late = hurried(world)
    const branch = await reopen(late)
    try {
      return await lookFor(changeId, branch, late.signal)
    } finally {
      await branch.close()
    }
  } catch (cause) {
    world.log.debug(`The last look at the branch failed: ${messageOf(cause)}`)
    return 'unseen'
  }
}

/** A step that is cancelled leaves a server at work: what it does not have yet it may have a moment later. */
async function lookFor(changeId: string, branch: Branch, signal: AbortSignal): Promise<Fate> {
  for (const pause of LOOKS) {
    await delay(pause, undefined, { signal })
    const { history } = await branch.read([])
    const found = findChange(history, changeId)
    if (found !== undefined) return { commit: found.oid }
  }
  return 'absent'
}

/** What asks for more patience than there is, such as a limit of the API, is not waited for. */
function hurried(world: World): World {
  const sleep = (ms: number): Promise<void> =>
    ms < LAST_LOOK_MS ? world.sleep(ms) : Promise.reject(new Error(`it would take another ${ms} ms`))
  return { ...world, sleep, signal: AbortSignal.timeout(LAST_LOOK_MS) }
}

function describeFate(
  fate: Fate,
  { commit }: Uncertain,
): { readonly what: string } & Pick<FailureDetails, 'outputs'> {
  if (fate === 'absent') return { what: 'a commit was pushed before; it is not on the branch yet' }
  if (fate !== 'unseen')
    return {
      what: `the commit was pushed before, and it is on the branch (${short(fate.commit)})`,
      outputs: { 'commit-sha': fate.commit },
    }
  const what = 'before that a commit was pushed, it may be on the branch'
  return commit === undefined
    ? { what }
    : { what: `${what} (${short(commit)})`, outputs: { 'commit-sha': commit } }
}

function short(commit: string): string {
  return commit.slice(0, 12)
}
