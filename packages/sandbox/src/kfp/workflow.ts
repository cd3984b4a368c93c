import { randomBytes } from 'node:crypto'
import type { JsonObject } from './json.wire.ts'

export type NodePhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Omitted'

/** One node of an Argo Workflow's status. */
export interface WorkflowNode {
  readonly id: string
  /** Dotted path from the workflow down: `wf.root.train.executor`. */
  readonly name: string
  readonly displayName: string
  readonly type: 'DAG' | 'Pod'
  readonly templateName: string
  phase: NodePhase
  message: string
  startedAt: number
  finishedAt: number | undefined
  readonly children: string[]
  /** What the container has written so far; empty for a DAG. */
  logs: () => string
}

export interface OutputArtifact {
  readonly id: number
  /** Name of the output, e.g. `metrics`. */
  readonly key: string
  /** Schema title, e.g. `system.Metrics`. */
  readonly type: string
  readonly uri: string
  readonly metadata: JsonObject
}

/** One execution of ML Metadata: what a task got and gave. */
export interface TaskExecution {
  readonly id: number
  readonly task: string
  readonly podName: string
  readonly inputs: JsonObject
  readonly startedAt: number
  finishedAt: number | undefined
  state: 'RUNNING' | 'COMPLETE' | 'FAILED'
  outputs: JsonObject
  artifacts: readonly OutputArtifact[]
  message: string
}

export interface Workflow {
  readonly name: string
  readonly runId: string
  readonly namespace: string
  /** Id of the run's context in ML Metadata, once its root driver ran. */
  contextId: number | undefined
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed'
  message: string
  readonly createdAt: number
  finishedAt: number | undefined
  readonly nodes: Map<string, WorkflowNode>
  readonly executions: Map<string, TaskExecution>
  stop: AbortController
  /** Resolves when nothing of it runs any more. */
  done: Promise<void>
}

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'

/** `generateName` of Kubernetes: the pipeline's name and five letters. */
export function createWorkflow(pipeline: string, runId: string, namespace: string, now: number): Workflow {
  const letters = [...randomBytes(5)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
  return {
    name: `${pipeline}-${letters}`,
    runId,
    namespace,
    contextId: undefined,
    phase: 'Pending',
    message: '',
    createdAt: now,
    finishedAt: undefined,
    nodes: new Map(),
    executions: new Map(),
    stop: new AbortController(),
    done: Promise.resolve(),
  }
}

/** Adds a node below a parent; its id is `<workflow>-<FNV-1a of its name>` (Argo wfv1.Workflow.NodeID). */
export function addNode(
  workflow: Workflow,
  node: Pick<WorkflowNode, 'name' | 'displayName' | 'type' | 'templateName' | 'phase' | 'startedAt'>,
  parent?: WorkflowNode,
): WorkflowNode {
  const id = node.name === workflow.name ? workflow.name : `${workflow.name}-${fnv1a(node.name)}`
  const added: WorkflowNode = {
    ...node,
    id,
    message: '',
    finishedAt: undefined,
    children: [],
    logs: () => '',
  }
  workflow.nodes.set(id, added)
  parent?.children.push(id)
  return added
}

export function finishNode(node: WorkflowNode, phase: NodePhase, now: number, message = ''): void {
  node.phase = phase
  node.message = message
  node.finishedAt = now
}

/** `<workflow>-<template>-<hash>`; Argo's POD_NAMES=v2. */
export function podNameOf(workflow: Workflow, node: WorkflowNode): string {
  return `${workflow.name}-${node.templateName}-${node.id.slice(node.id.lastIndexOf('-') + 1)}`
}

function fnv1a(text: string): number {
  return [...Buffer.from(text)].reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5)
}
