import { Failure } from '@mlops-actions/diagnostics'
import { COMPONENTS, type Target } from '@mlops-actions/manifest'
import type { LoggedCommit } from '../branch/branch.ts'
import type { BumpOrder } from './bump-message.ts'
import type { FileValue, Wish } from './change-set.ts'
import { type Deployment, deploymentsIn, targetLabel } from './deployment-log.ts'
import { parseFreeValue } from './free-value.ts'
import type { RecordedValue } from './recorded-value.ts'
import type { RollbackRequest, Undo } from './rollback.ts'

/**
 * What a commit of ours wrote and what it replaced, from its trailers. Its targets are those of the commit, narrowed by
 * what the request says of them; all of them are taken back, or none.
 * @throws Failure GITOPS_NO_PREVIOUS_VALUE, or GITOPS_OTHER_TARGET when the commit touched other files
 */
export function undosOfCommit(
  { files, target, order: { rollbackOf = '' } }: RollbackRequest,
  history: readonly LoggedCommit[],
): readonly Undo[] {
  const commit = history.find(({ oid }) => oid === rollbackOf)
  const deployments = deploymentsIn(commit === undefined ? [] : [commit])
  const undos = deployments.flatMap((deployment) => {
    const file = files.find((path) => deployment.target.startsWith(`${path} `))
    if (file === undefined) throw otherTarget(files.join(', '), rollbackOf, deployment.target)
    return undosOfTarget(deployment, file, target)
  })
  if (undos.length > 0) return undos
  const on = rollbackOf === '' ? 'this target' : `commit ${rollbackOf}`
  if (commit === undefined) throw noPrevious(on, 'it is not on the branch', ELSEWHERE)
  throw noPrevious(on, deployments.length > 0 ? 'it replaced no earlier value' : NOT_OURS)
}

/** What was never on the branch needs no way back. */
const ELSEWHERE =
  'If it never came onto the branch there is nothing to take back; else correct `rollback-of` (for a pull request that was squashed or rebased it is the `merge-commit-sha`), or give the bad values and the previous ones'
const NOT_OURS = 'its message has no trailers of this action, which say what it replaced'

function noPrevious(
  on: string,
  seen: string,
  next = 'Give `previous-image` or `previous-storage-uri`; a first deployment has nothing to go back to',
): Failure {
  return new Failure({
    kind: 'config',
    code: 'GITOPS_NO_PREVIOUS_VALUE',
    what: 'Cannot roll back',
    on,
    seen,
    next,
  })
}

function undosOfTarget({ commit, target: label, values }: Deployment, file: string, given: Target): Undo[] {
  const named = parseTarget(label.slice(file.length + 1))
  return values.flatMap((value) => {
    const { at, now: bad, previous } = value
    if (bad === previous) return []
    if (previous !== '')
      return [{ ...wishFor(value), bad, file, target: { ...(at ?? named), ...givenOf(given) }, label }]
    // Nobody serves an annotation: one that is new may stay, and so keep no version from coming back.
    if (value.set === 'annotation') return []
    throw noPrevious(`commit ${commit}`, `it replaced no earlier ${value.key ?? value.set} of ${label}`)
  })
}

/** The wish for what a value was before. */
function wishFor({ set, key = '', previous: value }: RecordedValue): Wish {
  if (set === 'value') return { set, path: key, ...parseFreeValue(value) }
  return set === 'annotation' || set === 'env' ? { set, key, value } : { set, value }
}

/** `prod/churn predictor features`; a part that is not said there is left to the manifest. */
function parseTarget(text: string): Target {
  const [owner = '', ...rest] = text.split(' ')
  const [, namespace, name = owner] = /^([^/]+)\/(.*)$/.exec(owner) ?? []
  const component = COMPONENTS.find((known) => known === rest[0])
  const container = component === undefined ? rest[0] : rest[1]
  return {
    ...(name === '' ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(component === undefined ? {} : { component }),
    ...(container === undefined ? {} : { container }),
  }
}

function givenOf(target: Target): Target {
  return Object.fromEntries(Object.entries(target).filter(([, part]) => part !== undefined))
}

/** What was found by the request has to be what the commit names. */
export function assertOfCommit(
  value: FileValue,
  undo: Undo | undefined,
  { rollbackOf = '' }: BumpOrder,
): void {
  const label = targetLabel(value)
  if (undo?.label !== undefined && undo.label !== label) throw otherTarget(label, rollbackOf, undo.label)
}

function otherTarget(on: string, commit: string, named: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'GITOPS_OTHER_TARGET',
    what: 'Cannot roll back',
    on,
    seen: `commit ${commit} is about ${named}`,
    next: 'Correct `rollback-of`, or `file`, `name`, `namespace`, `component` and `container`',
  })
}
