import { Failure } from '@mlops-actions/diagnostics'
import { done, failed, pending, type Verdict } from '@mlops-actions/wait'
import type { ContainerState } from './container-state.wire.ts'

/** One look: the container, and what it answered. */
export interface SmokeLook {
  readonly state: ContainerState
  /** Status of its answer; undefined where there was none. */
  readonly status: number | undefined
  /** Why there was none. */
  readonly trouble: string
}

/** Whether an image serves: running and 2xx is good, ended is the end, everything else may still become good. Pure. */
export function evaluateSmoke(
  { state, status, trouble }: SmokeLook,
  on: string,
  path: string,
): Verdict<{ readonly status: number }> {
  if (state.status !== 'running' && state.status !== 'created')
    return failed(
      new Failure({
        kind: 'workload',
        code: 'SMOKE_ENDED',
        what: 'The built image does not stay up',
        on,
        seen: endOf(state),
        next: state.outOfMemory
          ? 'It wants more memory than the runner has: take a larger runner, or let it load less for this check'
          : 'Its last lines of output are in the log and in the summary; does it need variables (`smoke-env`) or a model that is not in the image?',
      }),
    )
  if (status === undefined) return pending(`it runs, and does not answer yet: ${trouble}`)
  if (status >= 200 && status < 300) return done({ status })
  return pending(`it runs, and answers ${status} to ${path}`)
}

/** "has exited with code 137, ended by the kernel for want of memory". */
export function endOf({ status, exitCode, outOfMemory, error }: ContainerState): string {
  const why = outOfMemory ? ', ended by the kernel for want of memory' : error === '' ? '' : `: ${error}`
  return `the container has ${status === 'dead' ? 'died' : status} with code ${exitCode}${why}`
}
