import type { World } from '@mlops-actions/diagnostics'
import type { BranchState } from './branch.ts'
import type { Decided, Decision, Unlearned } from './land.ts'

/** How many commits are brought along by each further look; the last is as far as anybody looks. */
const FURTHER = [1_000, 20_000] as const

/** A decision asks for everything at once, and for more only when it looks further back. */
const MOST_LESSONS = 10

/**
 * Decides on the branch as the first look found it, or as further looks do, each of which reaches further back into its
 * history: who deployed a file last can lie behind any number of commits about other things.
 */
export async function decideOn<Result>(
  world: World,
  near: BranchState,
  decide: (state: BranchState) => Decision<Result>,
  readFurther: (history: number) => Promise<BranchState>,
): Promise<Decided<Result> & Pick<BranchState, 'head'>> {
  let state = near
  for (const history of FURTHER) {
    const decision = await decideKnowing(state, decide)
    if (decision !== 'look-further-back') return { head: state.head, ...decision }
    state = await readFurther(history)
  }
  if (state.hasOlder === true) world.log.info(`Commits behind the newest ${FURTHER.at(-1)} are not looked at`)
  const decision = await decideKnowing({ ...state, hasOlder: false }, decide)
  if (decision === 'look-further-back') throw new Error('a decision asked for more than the whole history')
  return { head: state.head, ...decision }
}

/** Asks again as long as something has to be learned, which every answer has less of. */
async function decideKnowing<Result>(
  state: BranchState,
  decide: (state: BranchState) => Decision<Result>,
): Promise<Exclude<Decision<Result>, Unlearned>> {
  for (let asked = 0; asked < MOST_LESSONS; asked += 1) {
    const decision = decide(state)
    if (decision === 'look-further-back' || !('learn' in decision)) return decision
    await decision.learn()
  }
  throw new Error('a decision did not remember what it has learned')
}
