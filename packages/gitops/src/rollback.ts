import { Failure } from '@mlops-actions/diagnostics'
import { type PlannedValue, planEdits } from '@mlops-actions/manifest'
import type { BranchState, LoggedCommit } from './branch.ts'
import type { BumpRequest } from './bump.ts'
import {
  type BumpResult,
  changesAnything,
  changesOf,
  commitPlan,
  manifestOf,
  withBefore,
} from './commit-plan.ts'
import { deploymentsOf, FIELD_TRAILERS, isWrittenBy, type ModelField, targetLabel } from './deployment-log.ts'
import type { Decision } from './land.ts'
import { parseTrailers } from './trailers.ts'

/** A value that turned out bad, and the one that was good before it. */
export interface Undo {
  readonly field: ModelField
  readonly bad: string
  readonly good: string
}

export interface RollbackRequest extends Pick<BumpRequest, 'file' | 'target' | 'order'> {
  /** Empty where `order.rollbackOf` names a commit whose trailers say it. */
  readonly undos: readonly Undo[]
}

/**
 * Writes the previous values back, by the same engine and the same way onto the branch as a bump, but only
 * while the bad ones stand: where anybody has moved on since, all of it is left alone.
 * @throws Failure GITOPS_NO_PREVIOUS_VALUE when nothing says what was good
 */
export function decideRollback(request: RollbackRequest, state: BranchState): Decision<BumpResult> {
  const undos = request.undos.length > 0 ? request.undos : undosOf(request, state.history)
  const manifest = manifestOf(state, request.file)
  const wishes = undos.map(({ field, good }) => ({ field, value: good }))
  const plan = planEdits(manifest, changesOf(wishes, request.target))
  const values = plan.values.map((value) => withBefore(value, value.before))
  if (plan.values.some((value, index) => isMovedOn(value, undos[index])))
    return { result: { outcome: 'superseded', values, fromThisRun: false, diff: '', plan } }
  if (!changesAnything(plan)) {
    const undone = plan.values.map((value, index) => withBefore(value, undos[index]?.bad))
    const [newest] = deploymentsOf(state.history, targetLabel(request.file, plan))
    const fromThisRun = isWrittenBy(newest, request.order.run)
    return { result: { outcome: 'already-there', values: undone, fromThisRun, diff: '', plan } }
  }
  return commitPlan(request, state, manifest, plan)
}

function isMovedOn({ before }: PlannedValue, undo: Undo | undefined): boolean {
  return before !== undo?.bad && before !== undo?.good
}

/** What a commit of ours wrote and what it replaced, from its trailers. */
function undosOf({ order: { rollbackOf = '' } }: RollbackRequest, history: readonly LoggedCommit[]): Undo[] {
  const commit = history.find(({ oid }) => oid === rollbackOf)
  const trailers = parseTrailers(commit?.message ?? '')
  const fields: readonly ModelField[] = ['image', 'storage-uri']
  const undos = fields.flatMap((field) => {
    const [bad = '', good = ''] = [
      trailers.get(FIELD_TRAILERS[field].now),
      trailers.get(FIELD_TRAILERS[field].previous),
    ]
    return bad === '' || good === '' ? [] : [{ field, bad, good }]
  })
  if (undos.length > 0) return undos
  throw new Failure({
    kind: 'config',
    code: 'GITOPS_NO_PREVIOUS_VALUE',
    what: 'Cannot roll back',
    on: rollbackOf === '' ? 'this target' : `commit ${rollbackOf}`,
    seen:
      commit === undefined
        ? 'it is not among the newest commits of the branch'
        : 'it replaced no earlier value',
    next: 'Give `previous-image` or `previous-storage-uri`; a first deployment has nothing to go back to',
  })
}
