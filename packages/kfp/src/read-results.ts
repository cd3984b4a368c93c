import { Failure, type World } from '@mlops-actions/diagnostics'
import type { HttpClient } from '@mlops-actions/http'
import type { Kfp } from './client.ts'
import { explainFor } from './explain.ts'
import { isFullRun, producedByTasks, timelineOf } from './full-run.wire.ts'
import { producedIn } from './metadata-results.ts'
import { readRunMetadata } from './metadata-store.ts'
import { readWorkflow } from './observe.ts'
import { NOTHING, type Produced } from './results.ts'
import { failedTaskOf, type Task, tasksOf } from './tasks.ts'

/** Everything that can be known of a run beside its state. */
export interface RunResults {
  readonly produced: Produced
  /** Where it was read: the full view, ML Metadata, or nowhere. */
  readonly source: 'view=FULL' | 'ML Metadata' | 'none'
  /** Why nothing could be read; undefined where there simply is nothing. */
  readonly trouble: Failure | undefined
  readonly tasks: readonly Task[]
  /** What broke first. */
  readonly failed: Task | undefined
  /** Namespace of its pods; '' where it is not known. */
  readonly namespace: string
}

/**
 * Reads outputs and tasks of a run from whatever this generation of KFP keeps them in: the full view, else ML Metadata;
 * times and messages of tasks from the full view, else from the workflow. Never throws for what cannot be read, except
 * when the step is cancelled.
 */
export async function readResults(
  world: World,
  http: HttpClient,
  kfp: Kfp,
  runId: string,
): Promise<RunResults> {
  const { address } = kfp
  const workflow = await readWorkflow(world, kfp, runId)
  const rest = {
    tasks: workflow === undefined ? [] : tasksOf(workflow),
    failed: workflow && failedTaskOf(workflow),
    namespace: workflow?.namespace ?? '',
  }
  try {
    const url = `${address.api}/apis/v2beta1/runs/${encodeURIComponent(runId)}?view=FULL`
    const what = 'Cannot read the results of the run'
    const { tasks } = await http.json({ url, what, explain: explainFor('get runs') }, isFullRun)
    if (tasks !== undefined) {
      const timeline = timelineOf(tasks)
      const failed = rest.failed ?? timeline.find(({ state }) => state === 'FAILED')
      return {
        ...rest,
        failed,
        tasks: timeline,
        produced: producedByTasks(tasks),
        source: 'view=FULL',
        trouble: undefined,
      }
    }
    const metadata = await readRunMetadata(http, address.root, runId)
    if (metadata === undefined) return { ...rest, produced: NOTHING, source: 'none', trouble: undefined }
    return { ...rest, produced: producedIn(metadata), source: 'ML Metadata', trouble: undefined }
  } catch (error) {
    if (world.signal.aborted || !(error instanceof Failure)) throw error
    world.log.debug(`Metrics and artifacts of the run cannot be read: ${error.message}`)
    return { ...rest, produced: NOTHING, source: 'none', trouble: error }
  }
}
