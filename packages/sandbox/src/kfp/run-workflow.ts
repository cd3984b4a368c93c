import type { KfpCluster } from './cluster.ts'
import type { TaskIr } from './ir.wire.ts'
import { runTask } from './run-task.ts'
import { type KfpRun, nextId, type RuntimeState } from './state.ts'
import { addNode, createWorkflow, finishNode, type Workflow, type WorkflowNode } from './workflow.ts'

/** Creates the workflow of a run and lets it go; returns at once, in phase Pending. */
export function startWorkflow(cluster: KfpCluster, run: KfpRun): Workflow {
  const workflow = createWorkflow(run.ir.name, run.id, run.namespace || 'kubeflow', cluster.clock.now())
  cluster.state.workflows.push(workflow)
  workflow.done = superviseWorkflow(cluster, run, workflow)
  return workflow
}

/** Runs again what failed or never ran, in the same workflow (Argo `retry`). */
export function retryWorkflow(cluster: KfpCluster, run: KfpRun, workflow: Workflow): void {
  for (const [id, node] of workflow.nodes) if (node.phase !== 'Succeeded') workflow.nodes.delete(id)
  for (const [task, execution] of workflow.executions) {
    if (execution.state !== 'COMPLETE') workflow.executions.delete(task)
  }
  workflow.stop = new AbortController()
  workflow.finishedAt = undefined
  workflow.message = ''
  workflow.done = superviseWorkflow(cluster, run, workflow)
}

/** What the sandbox itself cannot do ends the workflow with its reason, as a controller's error does. */
async function superviseWorkflow(cluster: KfpCluster, run: KfpRun, workflow: Workflow): Promise<void> {
  try {
    await runWorkflow(cluster, run, workflow)
  } catch (error) {
    workflow.phase = 'Failed'
    workflow.message = error instanceof Error ? error.message : String(error)
    workflow.finishedAt = cluster.clock.now()
    report(cluster, workflow)
  }
}

async function runWorkflow(cluster: KfpCluster, run: KfpRun, workflow: Workflow): Promise<void> {
  // The controller acts on its own: whoever created the run has its answer first.
  await new Promise<void>((resolve) => setImmediate(resolve))
  const { clock } = cluster
  workflow.phase = 'Running'
  const entry = openDag(cluster, workflow, workflow.name)
  const root = openDag(cluster, workflow, `${workflow.name}.root`, entry)
  workflow.contextId ??= nextId(cluster.state)
  report(cluster, workflow)
  const succeeded = workflow.stop.signal.aborted ? false : await runTasks(cluster, run, workflow, root)
  const phase = succeeded ? 'Succeeded' : 'Failed'
  finishNode(root, phase, clock.now())
  finishNode(entry, phase, clock.now())
  workflow.phase = phase
  workflow.finishedAt = clock.now()
  if (workflow.stop.signal.aborted) workflow.message = 'Max duration limit exceeded'
  report(cluster, workflow)
}

function openDag(cluster: KfpCluster, workflow: Workflow, name: string, parent?: WorkflowNode): WorkflowNode {
  const displayName = name.slice(name.lastIndexOf('.') + 1)
  const templateName = parent ? 'root' : 'entrypoint'
  const startedAt = cluster.clock.now()
  if (parent) {
    const driver = {
      name: `${name}-driver`,
      displayName: 'root-driver',
      templateName: 'system-dag-driver',
      startedAt,
    }
    finishNode(
      addNode(workflow, { ...driver, type: 'Pod', phase: 'Running' }, parent),
      'Succeeded',
      startedAt,
    )
  }
  return addNode(
    workflow,
    { name, displayName, type: 'DAG', templateName, phase: 'Running', startedAt },
    parent,
  )
}

/** Every task starts as soon as its dependencies have succeeded; what depends on a failed one is omitted. */
async function runTasks(
  cluster: KfpCluster,
  run: KfpRun,
  workflow: Workflow,
  root: WorkflowNode,
): Promise<boolean> {
  const ends = new Map<string, Promise<boolean>>()
  const endOf = (task: TaskIr): Promise<boolean> => {
    const known = ends.get(task.name)
    if (known) return known
    const end = runWhenReady(task)
    ends.set(task.name, end)
    return end
  }
  const runWhenReady = async (task: TaskIr): Promise<boolean> => {
    const before = task.dependsOn.map((name) => run.ir.tasks.get(name)).filter((each) => each !== undefined)
    const ready = (await Promise.all(before.map(endOf))).every(Boolean)
    if (workflow.executions.get(task.name)?.state === 'COMPLETE') return true
    if (ready && !workflow.stop.signal.aborted) return runTask({ cluster, run, workflow, task, root })
    omit(cluster, workflow, task, root)
    return false
  }
  return (await Promise.all([...run.ir.tasks.values()].map(endOf))).every(Boolean)
}

function omit(cluster: KfpCluster, workflow: Workflow, task: TaskIr, root: WorkflowNode): void {
  const name = `${root.name}.${task.name}`
  const templateName = 'system-container-executor'
  const startedAt = cluster.clock.now()
  const node = {
    name,
    displayName: task.name,
    type: 'DAG',
    templateName,
    phase: 'Omitted',
    startedAt,
  } as const
  finishNode(addNode(workflow, node, root), 'Omitted', startedAt, 'omitted: depends condition not met')
}

/**
 * What the persistence agent does: the workflow's phase becomes the state of the row with its run id. A terminated
 * workflow is CANCELING until it has ended, then FAILED; CANCELED is never written (ReportWorkflowResource).
 */
export function report(cluster: KfpCluster, workflow: Workflow): void {
  const row = cluster.state.runs.get(workflow.runId)
  if (!row) return
  row.reported = workflow
  row.finishedAt = workflow.finishedAt
  moveTo(row, stateOf(workflow), cluster.clock.now())
}

export function moveTo(row: KfpRun, state: RuntimeState, now: number): void {
  if (row.state === state && row.history.length > 0) return
  row.state = state
  row.history.push({ at: now, state })
}

function stateOf(workflow: Workflow): RuntimeState {
  if (workflow.phase === 'Succeeded') return 'SUCCEEDED'
  if (workflow.phase === 'Failed') return 'FAILED'
  if (workflow.stop.signal.aborted) return 'CANCELING'
  return workflow.phase === 'Running' ? 'RUNNING' : 'PENDING'
}
