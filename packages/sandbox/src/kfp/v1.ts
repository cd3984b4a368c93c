import type { KfpHandler } from './call.ts'
import { respondJson } from './errors.ts'
import { type Json, type JsonObject, omitZero } from './json.wire.ts'
import { formatTime } from './present.ts'
import { findRun } from './runs.ts'
import type { Workflow, WorkflowNode } from './workflow.ts'

/** v1beta1 GET run: the whole Argo Workflow as a JSON string, for v2 runs too; the only place of failure reasons. */
export const getRunV1: KfpHandler = (call) => {
  const run = findRun(call)
  const manifest = run.reported && JSON.stringify(presentWorkflow(run.reported))
  return respondJson(200, {
    run: omitZero({
      id: run.id,
      name: run.displayName,
      created_at: formatTime(run.createdAt),
      finished_at: formatTime(run.finishedAt),
      status: run.reported?.phase,
    }),
    pipeline_runtime: omitZero({ workflow_manifest: manifest }),
  })
}

function presentWorkflow(workflow: Workflow): JsonObject {
  const nodes = [...workflow.nodes.values()].map((node): [string, Json] => [node.id, presentNode(node)])
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: {
      name: workflow.name,
      namespace: workflow.namespace,
      creationTimestamp: formatTime(workflow.createdAt),
      labels: { 'pipeline/runid': workflow.runId, 'workflows.argoproj.io/phase': workflow.phase },
    },
    spec: workflow.stop.signal.aborted
      ? { activeDeadlineSeconds: 0, entrypoint: 'entrypoint' }
      : { entrypoint: 'entrypoint' },
    status: omitZero({
      phase: workflow.phase,
      message: workflow.message,
      startedAt: formatTime(workflow.createdAt),
      finishedAt: workflow.finishedAt === undefined ? undefined : formatTime(workflow.finishedAt),
      nodes: Object.fromEntries(nodes),
    }),
  }
}

function presentNode(node: WorkflowNode): Json {
  const ended = node.type === 'Pod' && (node.phase === 'Failed' || node.phase === 'Succeeded')
  return omitZero({
    id: node.id,
    name: node.name,
    displayName: node.displayName,
    type: node.type,
    templateName: node.templateName,
    phase: node.phase,
    message: node.message,
    startedAt: formatTime(node.startedAt),
    finishedAt: node.finishedAt === undefined ? undefined : formatTime(node.finishedAt),
    children: node.children,
    outputs: ended ? { exitCode: node.phase === 'Succeeded' ? '0' : '1' } : undefined,
  })
}
