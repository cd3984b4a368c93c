import { Failure } from '@mlops-actions/diagnostics'
import type { Ended, Task } from '@mlops-actions/kfp'

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/OOMKilled|exit code 137/, 'Give the task more memory (set_memory_limit), or let it need less'],
  [/ImagePull|ErrImage|InvalidImageName/, 'Check that the image exists, and that the cluster may pull it'],
  [/[Uu]nschedulable|FailedScheduling/, 'Check requests and node selectors of the task against the nodes'],
  [
    /deadline|Max duration/,
    'The pipeline or the task has a deadline of its own; raise it, or make the work smaller',
  ],
  [/evict/i, 'The node took the pod away; run the step again, or ask for what the task really needs'],
]

/**
 * Why a run has ended without success, as its user needs it.
 * @param log the last lines of the failed task; '' when they are not wanted or not there
 */
export function endingFailure(ended: Ended, url: string, task: Task | undefined, log: string): Failure {
  if (ended.outcome === 'terminated') {
    return new Failure({
      kind: 'conflict',
      code: 'KFP_RUN_TERMINATED',
      what: 'The run was terminated',
      on: url,
      seen: 'somebody ended it before it was done (CANCELING stands in its history)',
      next: 'Run the step again: it starts a new run',
    })
  }
  const message = task?.message || 'it gives no reason'
  const where = task === undefined || task.name === '' ? 'the run' : `task ${task.name}`
  const advice = ADVICE.find(([pattern]) => pattern.test(message))?.[1]
  const look =
    log === ''
      ? 'Read the log of the task in the UI, or set include-pod-logs: true'
      : 'Read its last lines here'
  return new Failure({
    kind: 'workload',
    code: 'KFP_RUN_FAILED',
    what: task === undefined || task.name === '' ? 'The run failed' : `Task ${task.name} failed`,
    on: url,
    seen: [`${where}: ${message}`, ...(log === '' ? [] : log.split('\n').slice(-10))].join('\n'),
    next: `${advice ?? look}. Nothing was deployed`,
  })
}
