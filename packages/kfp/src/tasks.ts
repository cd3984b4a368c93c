import type { Workflow, WorkflowNode } from './workflow.wire.ts'

/** One task of a run, as a person sees it: without its drivers and the nodes in between. */
export interface Task {
  /** `train`; `loop/1/train` in nested DAGs. */
  readonly name: string
  /** Argo's phase: Pending, Running, Succeeded, Failed, Error, … or the state of the API. */
  readonly state: string
  readonly message: string
  /** Milliseconds since the epoch. */
  readonly startedAt: number | undefined
  readonly finishedAt: number | undefined
  /** Name of the pod, for its log. */
  readonly pod: string
}

export interface StuckPod {
  readonly task: string
  readonly cause: 'image' | 'config' | 'unschedulable'
  /** As Argo shows it: `ImagePullBackOff: Back-off pulling image "…"`. */
  readonly message: string
}

/** Every container of the workflow, in the order of starting; of a repeated task the last try. */
export function tasksOf(workflow: Workflow): readonly Task[] {
  const pods = workflow.nodes.filter((node) => node.type === 'Pod' && !isDriver(node))
  const byName = new Map<string, Task>()
  for (const node of [...pods].sort(byStart)) byName.set(taskName(workflow, node), toTask(workflow, node))
  return [...byName.values()]
}

/** What broke first: of a container, its driver, or the workflow itself. Undefined where nothing says so. */
export function failedTaskOf(workflow: Workflow): Task | undefined {
  const failed = workflow.nodes.filter(
    ({ type, phase }) => type === 'Pod' && (phase === 'Failed' || phase === 'Error'),
  )
  const [first] = failed.map((node) => toTask(workflow, node)).sort(byEnd)
  if (first !== undefined || workflow.message === '') return first
  return {
    name: '',
    state: 'Failed',
    message: workflow.message,
    startedAt: undefined,
    finishedAt: undefined,
    pod: '',
  }
}

const STUCK: readonly (readonly [RegExp, StuckPod['cause']])[] = [
  [/^(ErrImagePull|ImagePullBackOff|ErrImageNeverPull|InvalidImageName|ImageInspectError)\b/, 'image'],
  [/^(CreateContainerConfigError|CreateContainerError|RunContainerError)\b/, 'config'],
  [/\bUnschedulable\b|\bFailedScheduling\b/, 'unschedulable'],
]

/** Pods that wait for something that waiting alone may never bring: the run stays RUNNING for ever (kubeflow/pipelines#12973). */
export function stuckPodsOf(workflow: Workflow): readonly StuckPod[] {
  return workflow.nodes.flatMap((node) => {
    if (node.type !== 'Pod' || node.phase !== 'Pending') return []
    const cause = STUCK.find(([pattern]) => pattern.test(node.message))?.[1]
    return cause === undefined ? [] : [{ task: taskName(workflow, node), cause, message: node.message }]
  })
}

function toTask(workflow: Workflow, node: WorkflowNode): Task {
  return {
    name: taskName(workflow, node),
    state: node.phase,
    message: node.message,
    startedAt: timeOf(node.startedAt),
    finishedAt: timeOf(node.finishedAt),
    pod: podNameOf(workflow, node),
  }
}

/** `wf.root.train.executor(0)` -> `train`; `wf.root.loop(0).train.executor` -> `loop(0)/train`. */
function taskName(workflow: Workflow, node: WorkflowNode): string {
  const path = node.name.startsWith(`${workflow.name}.`)
    ? node.name.slice(workflow.name.length + 1)
    : node.name
  const parts = path.split('.')
  if (parts[0] === 'root' && parts.length > 1) parts.shift()
  if (parts.length > 1 && /^executor(\(\d+\))?$/.test(parts.at(-1) ?? '')) parts.pop()
  return parts.join('/').replace(/-driver$/, '')
}

function isDriver({ displayName, templateName }: WorkflowNode): boolean {
  return displayName.endsWith('-driver') || /-driver$/.test(templateName)
}

/** `<workflow>-<template>-<hash>`, where the hash ends the node's id (Argo util.GeneratePodName, POD_NAMES=v2). */
function podNameOf(workflow: Workflow, { id, templateName }: WorkflowNode): string {
  const prefix = `${workflow.name}-${templateName}`.slice(0, 252 - 10)
  return `${prefix}-${id.slice(id.lastIndexOf('-') + 1)}`
}

/** What has not happened is absent, or 1970. */
export function timeOf(text: string): number | undefined {
  const time = Date.parse(text)
  return Number.isNaN(time) || time <= 0 ? undefined : time
}

function byStart(left: WorkflowNode, right: WorkflowNode): number {
  return (timeOf(left.startedAt) ?? Infinity) - (timeOf(right.startedAt) ?? Infinity) || 0
}

function byEnd(left: Task, right: Task): number {
  return (left.finishedAt ?? Infinity) - (right.finishedAt ?? Infinity) || 0
}
