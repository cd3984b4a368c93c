import type { KfpHandler } from './call.ts'
import { KfpError, respondJson } from './errors.ts'
import { moveTo, retryWorkflow } from './run-workflow.ts'
import { findRun } from './runs.ts'

/**
 * Every workflow of the run gets an active deadline of 0: its pods are killed. The row is CANCELING at once and FAILED
 * in the end. A run that has ended has no row to update: 400 "Row not found" (run_store.go TerminateRun).
 */
export const terminateRun: KfpHandler = (call) => {
  const run = findRun(call)
  if (run.state !== 'PENDING' && run.state !== 'RUNNING') {
    const sentence = `Failed to terminate a run ${run.id}. Row not found`
    throw new KfpError('InvalidArgument', sentence, 'Failed to terminate a run')
  }
  moveTo(run, 'CANCELING', call.cluster.clock.now())
  for (const workflow of call.cluster.state.workflows) if (workflow.runId === run.id) workflow.stop.abort()
  return respondJson(200, {})
}

/** Only what has failed can be retried; the run keeps its id (resource_manager.go RetryRun). */
export const retryRun: KfpHandler = (call) => {
  const run = findRun(call)
  const workflow = run.reported
  if (workflow?.phase !== 'Failed') {
    const sentence = `Workflow must be Failed/Error to retry`
    throw new KfpError('InvalidArgument', sentence, 'Failed to retry a run')
  }
  run.finishedAt = undefined
  retryWorkflow(call.cluster, run, workflow)
  moveTo(run, 'RUNNING', call.cluster.clock.now())
  return respondJson(200, {})
}

export const archiveRun: KfpHandler = (call) => {
  findRun(call).archived = call.path['verb'] === 'archive'
  return respondJson(200, {})
}

/** The workflow goes with the row. */
export const deleteRun: KfpHandler = (call) => {
  const run = findRun(call)
  for (const workflow of call.cluster.state.workflows) if (workflow.runId === run.id) workflow.stop.abort()
  call.cluster.state.runs.delete(run.id)
  return respondJson(200, {})
}
