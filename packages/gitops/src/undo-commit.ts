import { Failure } from '@mlops-actions/diagnostics'
import { COMPONENTS, type Target } from '@mlops-actions/manifest'
import type { LoggedCommit } from './branch.ts'
import type { BumpOrder } from './bump-message.ts'
import type { FileValue, Wish } from './change-set.ts'
import { type Deployment, deploymentsIn, targetLabel } from './deployment-log.ts'
import type { RecordedValue } from './recorded-value.ts'
import type { RollbackRequest, Undo } from './rollback.ts'

/**
 * What a commit of ours wrote in the file and what it replaced, from its trailers. The target is that of the commit,
 * narrowed by what the request says of it.
 * @throws Failure GITOPS_NO_PREVIOUS_VALUE, or GITOPS_OTHER_TARGET when the commit did not touch the file
 */
export function undosOfCommit(
  { file, target, order: { rollbackOf = '' } }: RollbackRequest,
  history: readonly LoggedCommit[],
): readonly Undo[] {
  const commit = history.find(({ oid }) => oid === rollbackOf)
  const deployments = deploymentsIn(commit === undefined ? [] : [commit])
  const here = deployments.filter((deployment) => deployment.target.startsWith(`${file} `))
  if (deployments.length > 0 && here.length === 0) throw otherTarget(file, rollbackOf, deployments)
  const undos = here.flatMap((deployment) => undosOfTarget(deployment, file, target))
  if (undos.length > 0) return undos
  throw new Failure({
    kind: 'config',
    code: 'GITOPS_NO_PREVIOUS_VALUE',
    what: 'Cannot roll back',
    on: rollbackOf === '' ? 'this target' : `commit ${rollbackOf}`,
    seen: commit === undefined ? 'it is not on the branch' : 'it replaced no earlier value',
    next: 'Give `previous-image` or `previous-storage-uri`; a first deployment has nothing to go back to',
  })
}

function undosOfTarget({ target: label, values }: Deployment, file: string, given: Target): Undo[] {
  const target = { ...parseTarget(label.slice(file.length + 1)), ...givenOf(given) }
  return values.flatMap((value) => {
    const { mountPath, now: bad, previous } = value
    if (bad === '' || previous === '') return []
    const mounted = mountPath === undefined ? target : { ...target, mountPath }
    return [{ ...wishFor(value), bad, file, target: mounted, label }]
  })
}

/** The wish for what a value was before. */
function wishFor({ set, key = '', previous: value }: RecordedValue): Wish {
  if (set === 'value') return { set, path: key, value }
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
  if (undo?.label !== undefined && undo.label !== label)
    throw otherTarget(label, rollbackOf, [{ target: undo.label }])
}

function otherTarget(on: string, commit: string, named: readonly Pick<Deployment, 'target'>[]): Failure {
  return new Failure({
    kind: 'config',
    code: 'GITOPS_OTHER_TARGET',
    what: 'Cannot roll back',
    on,
    seen: `commit ${commit} is about ${[...new Set(named.map(({ target }) => target))].join(' and ')}`,
    next: 'Correct `rollback-of`, or `file`, `name`, `namespace`, `component` and `container`',
  })
}
