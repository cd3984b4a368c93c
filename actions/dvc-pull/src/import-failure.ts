import { Failure } from '@mlops-actions/diagnostics'
import type { Output } from '@mlops-actions/dvc'

export function importFailure(
  { path, source }: Output,
  seen: string,
  next: string,
  kind: 'config' | 'not-found' = 'config',
): Failure {
  return new Failure({
    kind,
    code: 'DVC_IMPORT',
    what: 'Cannot bring imported data',
    on: `${path} (${source})`,
    seen,
    next,
  })
}
