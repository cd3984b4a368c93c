import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { KfpCluster } from './cluster.ts'
import { createExecutorInput, type ExecutorInput, fillPlaceholders } from './executor-input.ts'
import type { ExecutorIr, TaskIr } from './ir.wire.ts'
import type { JsonObject } from './json.wire.ts'
import { collectOutputs, LauncherError, prepareInputs } from './launcher.ts'
import { createTaskDirectory, runPod } from './pod.ts'
import { resolveArtifacts, resolveImage, resolveParameters } from './resolve.ts'
import { type KfpRun, nextId } from './state.ts'
import {
  addNode,
  finishNode,
  podNameOf,
  type TaskExecution,
  type Workflow,
  type WorkflowNode,
} from './workflow.ts'

/** One task of a run on its way through driver, launcher and container. */
interface TaskRun {
  readonly cluster: KfpCluster
  readonly run: KfpRun
  readonly workflow: Workflow
  readonly task: TaskIr
  readonly root: WorkflowNode
}

/** Runs one task to its end, in the nodes that Argo would have; true when it succeeded. */
export async function runTask(work: TaskRun): Promise<boolean> {
  const { executor } = work.task.component
  if (executor.kind === 'importer') return importArtifact(work, executor)
  if (executor.kind === 'container') return runContainer(work, executor)
  throw new Error(`the sandbox cannot run ${executor.why}`)
}

function openNode(
  work: TaskRun,
  path: string,
  template: string,
  type: 'DAG' | 'Pod',
  parent: WorkflowNode,
): WorkflowNode {
  const now = work.cluster.clock.now()
  const displayName = path.slice(path.lastIndexOf('.') + 1)
  const name = `${work.root.name}.${path}`
  return addNode(
    work.workflow,
    {
      name,
      displayName,
      type,
      templateName: template,
      phase: type === 'DAG' ? 'Running' : 'Pending',
      startedAt: now,
    },
    parent,
  )
}

function openExecution(work: TaskRun, node: WorkflowNode, inputs: JsonObject): TaskExecution {
  const execution: TaskExecution = {
    id: nextId(work.cluster.state),
    task: work.task.name,
    podName: podNameOf(work.workflow, node),
    inputs,
    startedAt: work.cluster.clock.now(),
    finishedAt: undefined,
    state: 'RUNNING',
    outputs: {},
    artifacts: [],
    message: '',
  }
  work.workflow.executions.set(work.task.name, execution)
  return execution
}

function importArtifact(work: TaskRun, importer: Extract<ExecutorIr, { kind: 'importer' }>): boolean {
  const node = openNode(work, work.task.name, 'system-importer', 'Pod', work.root)
  const parameters = resolveParameters(work.task, work.run, work.workflow)
  const execution = openExecution(work, node, parameters)
  const uri =
    typeof importer.uri === 'string' ? importer.uri : String(parameters[importer.uri.parameter] ?? '')
  const [key = 'artifact'] = work.task.component.outputArtifacts.keys()
  const artifact = { id: nextId(work.cluster.state), key, type: importer.schema, uri, metadata: {} }
  return close(work, node, execution, { parameters: {}, artifacts: [artifact] })
}

async function runContainer(
  work: TaskRun,
  executor: Extract<ExecutorIr, { kind: 'container' }>,
): Promise<boolean> {
  const { cluster, workflow, task } = work
  const driver = openNode(work, `${task.name}-driver`, 'system-container-driver', 'Pod', work.root)
  const parameters = resolveParameters(task, work.run, workflow)
  finishNode(driver, 'Succeeded', cluster.clock.now())
  const group = openNode(work, task.name, 'system-container-executor', 'DAG', work.root)
  const node = openNode(work, `${task.name}.executor`, 'system-container-impl', 'Pod', group)
  const execution = openExecution(work, node, parameters)
  const directory = await createTaskDirectory(cluster)
  try {
    const input = createExecutorInput(
      task.component,
      parameters,
      resolveArtifacts(task, workflow),
      artifactRoot(work),
      join(directory, 'pod'),
    )
    const outputs = await launch(work, node, executor, input, directory)
    const ended = outputs ? close(work, node, execution, outputs) : fail(work, node, execution)
    finishNode(group, node.phase, cluster.clock.now())
    return ended
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** `<root>/<pipeline>/<run id>/<task>`; the real path has one more part, the execution's UUID (since 2.14). */
function artifactRoot({ cluster, run, task }: TaskRun): string {
  const root = (run.pipelineRoot || cluster.pipelineRoot).replace(/\/+$/, '')
  return `${root}/${run.ir.name}/${run.id}/${task.name}`
}

type Outputs = Pick<TaskExecution, 'artifacts'> & { readonly parameters: JsonObject }

async function launch(
  work: TaskRun,
  node: WorkflowNode,
  executor: Extract<ExecutorIr, { kind: 'container' }>,
  input: ExecutorInput,
  directory: string,
): Promise<Outputs | undefined> {
  const { cluster, workflow, task } = work
  const fill = (words: readonly string[]): string[] => words.map((word) => fillPlaceholders(word, input))
  const spec = {
    image: resolveImage(executor.image, input.parameters),
    command: fill(executor.command),
    args: fill(executor.args),
    env: { KFP_POD_NAME: podNameOf(workflow, node), ...executor.env },
    directory,
  }
  try {
    await prepareInputs(cluster.artifacts, input)
    if (!(await runPod(cluster, node, spec, workflow.stop.signal))) return undefined
    const { parameters, metadata } = await collectOutputs(cluster.artifacts, task.component, input)
    const artifacts = [...input.outputs].map(([key, { type, uri }]) => {
      return { id: nextId(cluster.state), key, type, uri, metadata: metadata.get(key) ?? {} }
    })
    return { parameters, artifacts }
  } catch (error) {
    if (!(error instanceof LauncherError)) throw error
    const written = node.logs()
    node.logs = () => `${written}F launcher_v2.go] failed to execute component: ${error.message}\n`
    return undefined
  }
}

function close(work: TaskRun, node: WorkflowNode, execution: TaskExecution, outputs: Outputs): boolean {
  const now = work.cluster.clock.now()
  execution.outputs = outputs.parameters
  execution.artifacts = outputs.artifacts
  execution.state = 'COMPLETE'
  execution.finishedAt = now
  finishNode(node, 'Succeeded', now)
  return true
}

/** The launcher is PID 1 and exits with 1 whatever the component's own code was. */
function fail(work: TaskRun, node: WorkflowNode, execution: TaskExecution): boolean {
  const now = work.cluster.clock.now()
  const message = work.workflow.stop.signal.aborted ? 'Step exceeded its deadline' : 'Error (exit code 1)'
  execution.state = 'FAILED'
  execution.message = message
  execution.finishedAt = now
  finishNode(node, 'Failed', now, message)
  return false
}
