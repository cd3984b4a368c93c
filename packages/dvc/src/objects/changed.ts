import type { Failure } from '@mlops-actions/diagnostics'
import { dataFailure } from '../invalid.ts'
import type { TrackedObject } from './object.ts'

/** The failure of a file that is not, or no longer, what its name says. */
export function changed({ path, oid }: Pick<TrackedObject, 'path' | 'oid'>, seen: string): Failure {
  return dataFailure('DVC_CHANGED', {
    what: 'A file changed while it was sent',
    on: `${path} (${oid})`,
    seen,
    next: 'Let nothing write to tracked data during the push, and run the step again',
  })
}
