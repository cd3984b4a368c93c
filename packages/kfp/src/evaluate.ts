import { Failure } from '@mlops-actions/diagnostics'
import { done, failed, pending, type Verdict } from '@mlops-actions/wait'
import type { Run, TaskDetail } from './api.wire.ts'
import type { StuckPod } from './tasks.ts'

/** One look at a run. */
export interface RunLook {
  /** Undefined: the server does not know it (any more). */
  readonly run: Run | undefined
  /** Pods that wait for what may never come; empty also when this look did not go that deep. */
  readonly stuck: readonly StuckPod[]
  /** Milliseconds since the epoch. */
  readonly now: number
}

export interface RunWant {
  readonly runId: string
  /** Milliseconds that an image pull or a container's configuration may be in trouble. */
  readonly pullGrace: number
  /** Milliseconds that a pod may stay unschedulable: nodes with GPUs take minutes to come. */
  readonly scheduleGrace: number
}

export interface Ended {
  /** `terminated`: somebody ended it; the server calls that FAILED (reference section 4). */
  readonly outcome: 'succeeded' | 'failed' | 'terminated'
  readonly run: Run
}

const MISSES_UNTIL_DELETED = 3
/** Pods with retries or init containers can outlive a terminate (kubeflow/pipelines#4692). */
const CANCELING_LIMIT_MS = 300_000

interface Memory {
  misses: number
  cancelingSince: number | undefined
  readonly stuckSince: Map<string, number>
}

/** Judges looks at one run, one after the other; remembers only since when something has been so. */
export function createRunJudge(want: RunWant): (look: RunLook) => Verdict<Ended> {
  const memory: Memory = { misses: 0, cancelingSince: undefined, stuckSince: new Map() }
  return (look) => judge(look, want, memory)
}

function judge({ run, stuck, now }: RunLook, want: RunWant, memory: Memory): Verdict<Ended> {
  if (run === undefined) {
    memory.misses += 1
    return memory.misses >= MISSES_UNTIL_DELETED
      ? failed(deleted(want.runId))
      : pending('the server does not know the run')
  }
  memory.misses = 0
  if (run.state === 'RUNTIME_STATE_UNSPECIFIED' && run.error !== undefined) return failed(unreadable(run))
  const outcome = outcomeOf(run)
  if (outcome !== undefined) return done({ outcome, run })
  if (run.state === 'CANCELING') return judgeCanceling(run, now, memory)
  const pod = lastingly(stuck, now, want, memory)
  return pod === undefined ? pending(describeProgress(run, stuck)) : failed(stuckFailure(run.run_id, pod))
}

/** Undefined while it goes on. SKIPPED is never seen at run level, and would be a success without work. */
export function outcomeOf({ state, state_history }: Run): Ended['outcome'] | undefined {
  switch (state) {
    case 'SUCCEEDED':
    case 'SKIPPED':
      return 'succeeded'
    case 'CANCELED':
      return 'terminated'
    case 'FAILED':
      return state_history.some((entry) => entry.state === 'CANCELING') ? 'terminated' : 'failed'
    default:
      return undefined
  }
}

function judgeCanceling(run: Run, now: number, memory: Memory): Verdict<Ended> {
  memory.cancelingSince ??= now
  if (now - memory.cancelingSince < CANCELING_LIMIT_MS) return pending('it is being terminated')
  return done({ outcome: 'terminated', run })
}

/** A pod that has been stuck for longer than its cause allows. */
function lastingly(
  stuck: readonly StuckPod[],
  now: number,
  want: RunWant,
  { stuckSince }: Memory,
): StuckPod | undefined {
  const tasks = new Set(stuck.map(({ task }) => task))
  for (const task of [...stuckSince.keys()]) if (!tasks.has(task)) stuckSince.delete(task)
  for (const { task } of stuck) if (!stuckSince.has(task)) stuckSince.set(task, now)
  return stuck.find((pod) => {
    if (/^InvalidImageName\b/.test(pod.message)) return true
    const grace = pod.cause === 'unschedulable' ? want.scheduleGrace : want.pullGrace
    return now - (stuckSince.get(pod.task) ?? now) >= grace
  })
}

function describeProgress(run: Run, stuck: readonly StuckPod[]): string {
  const [pod] = stuck
  if (pod !== undefined) return `${run.state}: task ${pod.task} waits: ${pod.message}`
  const archived = run.storage_state === 'ARCHIVED' ? ' (it was archived)' : ''
  if (run.state === 'PENDING')
    return `PENDING${archived}: the workflow controller has not started it (quota, service account or a busy controller)`
  if (run.state === 'PAUSED') return `PAUSED${archived}: somebody has to resume it`
  const names = runningTasks(run.run_details.task_details)
  const state = run.state === 'RUNTIME_STATE_UNSPECIFIED' ? 'no state yet' : run.state
  return `${state}${archived}${names.length === 0 ? '' : `: ${names.join(', ')}`}`
}

/** Details name every Argo node: drivers, `root`, `executor` and the workflow itself are no tasks to a person. */
function runningTasks(details: readonly TaskDetail[]): readonly string[] {
  const names = details
    .filter(({ state }) => state === 'RUNNING')
    .map(({ display_name }) => display_name)
    .filter((name) => !/^(root|executor(\(\d+\))?)$|-driver$|-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name))
  return [...new Set(names)]
}

function deleted(runId: string): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'KFP_RUN_DELETED',
    what: 'The run is gone',
    on: `run ${runId}`,
    seen: `the server did not know it ${MISSES_UNTIL_DELETED} times in a row`,
    next: 'Somebody deleted it, or a retention time is shorter than the training; run the step again',
  })
}

function unreadable(run: Run): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'KFP_RUN_UNREADABLE',
    what: 'The server cannot show the run',
    on: `run ${run.run_id}`,
    seen: run.error?.message || 'it answers an error without a text',
    next: 'Look at the log of the pod ml-pipeline',
  })
}

const NEXT: Readonly<Record<StuckPod['cause'], string>> = {
  image: 'Check that the image exists under exactly this name, and that the cluster may pull it',
  config: 'Check the Secrets and ConfigMaps that the task refers to',
  unschedulable:
    'Check requests, node selectors and tolerations of the task against the nodes, and the autoscaler',
}

function stuckFailure(runId: string, { task, cause, message }: StuckPod): Failure {
  return new Failure({
    kind: 'workload',
    code: 'KFP_POD_STUCK',
    what: `Task ${task} cannot start`,
    on: `run ${runId}`,
    seen: message,
    next: `${NEXT[cause]}. KFP itself would wait for ever`,
  })
}
