import { Failure, messageOf, type World } from '@mlops-actions/diagnostics'
import type { Run } from './api.wire.ts'
import type { Kfp } from './client.ts'
import type { RunLook } from './evaluate.ts'
import { type StuckPod, stuckPodsOf } from './tasks.ts'
import { parseWorkflow, type Workflow } from './workflow.wire.ts'

/** The manifest can have megabytes: it is read only while a task waits, and not on every look. */
const WAITING_BEFORE_LOOK_MS = 10_000
const BETWEEN_LOOKS_MS = 30_000

/**
 * Looks at a run: its row every time, and the workflow behind it once a task has been waiting for a while.
 * Where the workflow cannot be read, the row is all there is.
 */
export function createRunObserver(world: World, kfp: Kfp, runId: string): () => Promise<RunLook> {
  let waitingSince: number | undefined
  let lookedAt = -Infinity
  let stuck: readonly StuckPod[] = []
  return async () => {
    const run = await kfp.findRun(runId)
    const now = world.now()
    waitingSince = run !== undefined && isWaiting(run) ? (waitingSince ?? now) : undefined
    if (waitingSince === undefined) stuck = []
    else if (now - waitingSince >= WAITING_BEFORE_LOOK_MS && now - lookedAt >= BETWEEN_LOOKS_MS) {
      lookedAt = now
      const workflow = await readWorkflow(world, kfp, runId)
      stuck = workflow === undefined ? [] : stuckPodsOf(workflow)
    }
    return { run, stuck, now: world.now() }
  }
}

/** The generation without ML Metadata has no task details in its short answer: any of its tasks may wait. */
function isWaiting({ state, run_details, task_count }: Run): boolean {
  if (state === 'PENDING') return true
  if (state !== 'RUNNING') return false
  return task_count !== undefined || run_details.task_details.some((task) => task.state === 'PENDING')
}

/** The Argo Workflow of a run; undefined where the server shows none. Never a reason to fail. */
export async function readWorkflow(world: World, kfp: Kfp, runId: string): Promise<Workflow | undefined> {
  try {
    const manifest = await kfp.workflowManifest(runId)
    return manifest === undefined || manifest === '' ? undefined : parseWorkflow(manifest)
  } catch (error) {
    if (error instanceof Failure && error.kind === 'cancelled') throw error
    world.log.debug(`The workflow of the run cannot be read: ${messageOf(error)}`)
    return undefined
  }
}
