import type { Target } from '@mlops-actions/manifest'
import type { BranchState } from '../branch/branch.ts'
import type { Decision } from '../branch/land.ts'
import { areKnown, type BumpResult, commitSet, superseded } from './bump.ts'
import type { BumpOrder } from './bump-message.ts'
import {
  changesAnything,
  type FileValue,
  planChangeSet,
  type WantedChange,
  type Wish,
  withBefore,
} from './change-set.ts'
import { deploymentsIn, isWrittenBy, lastWriter, ofTarget } from './deployment-log.ts'
import { assertOfCommit, undosOfCommit } from './undo-commit.ts'

/** A value that turned out bad, and the wish for the one that was good before it. */
export type Undo = WantedChange & {
  readonly bad: string
  /** What the trailers of the commit to take back call the target, where the values come from them. */
  readonly label?: string
}

export interface RollbackRequest {
  /** Empty where `order.rollbackOf` names a commit whose trailers say it. */
  readonly undos: readonly (Wish & { readonly bad: string })[]
  readonly files: readonly string[]
  readonly target: Target
  readonly order: BumpOrder
}

/**
 * Writes the previous values back, by the same engine and the same way onto the branch as a bump, but only
 * while the bad ones stand: where anybody has moved on since, all of it is left alone.
 * @throws Failure GITOPS_NO_PREVIOUS_VALUE when nothing says what was good, GITOPS_OTHER_TARGET when the commit to take
 * back was about something else
 */
export function decideRollback(request: RollbackRequest, state: BranchState): Decision<BumpResult> {
  const { order } = request
  const { history, hasOlder = false } = state
  const isNamed = request.undos.length === 0
  if (isNamed && hasOlder && !history.some(({ oid }) => oid === order.rollbackOf)) return 'look-further-back'
  const undos = undosOf(request, state)
  const set = planChangeSet(state, undos)
  for (const value of set.values) assertOfCommit(value, undos[value.index], order)
  if (set.values.some((value) => isMovedOn(value, undos[value.index]))) return { result: superseded(set) }
  if (changesAnything(set)) return commitSet(set, order, state)
  const undone = set.values.map((value) => withBefore(value, undos[value.index]?.bad))
  const deployments = deploymentsIn(history)
  if (hasOlder && !areKnown(set, deployments)) return 'look-further-back'
  const fromThisRun = set.values.every((value) =>
    isWrittenBy(lastWriter(ofTarget(deployments, value), value), order.run),
  )
  return { result: { outcome: 'already-there', values: undone, fromThisRun, files: [], diff: '' } }
}

function undosOf(request: RollbackRequest, { history }: BranchState): readonly Undo[] {
  const { undos, files, target } = request
  if (undos.length === 0) return undosOfCommit(request, history)
  return files.flatMap((file) => undos.map((undo) => ({ ...undo, file, target })))
}

function isMovedOn({ before }: FileValue, undo: Undo | undefined): boolean {
  return before !== undo?.bad && before !== String(undo?.value)
}
