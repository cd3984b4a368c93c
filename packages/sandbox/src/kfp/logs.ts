import type { SandboxResponse } from '../server.ts'
import type { KfpCall, KfpHandler } from './call.ts'
import { respondJson } from './errors.ts'
import { podNameOf, type Workflow, type WorkflowNode } from './workflow.ts'

interface Found {
  readonly workflow: Workflow
  readonly node: WorkflowNode
}

function findPod(call: KfpCall, podName: string, runId?: string): Found | undefined {
  const workflows = call.cluster.state.workflows.filter((each) => runId === undefined || each.runId === runId)
  const pods = workflows.flatMap((workflow) =>
    [...workflow.nodes.values()].map((node) => ({ workflow, node })),
  )
  return pods.find(({ workflow, node }) => node.type === 'Pod' && podNameOf(workflow, node) === podName)
}

/** The header is written before anything is known: 200 always, an error is a JSON body (run_log_server.go). */
export const readNodeLog: KfpHandler = (call) => {
  const { id = '', node = '' } = call.path
  const found = findPod(call, node, id)
  if (found) return text(200, found.node.logs())
  const message = `error in retrieving run log: failed to get pod logs: pods "${node}" not found`
  return respondJson(200, { error_message: message, error_details: message })
}

/** The UI server's own route (frontend/server/handlers/pod-logs.ts). */
export const readPodLog: KfpHandler = (call) => {
  const name = call.request.query.get('podname') ?? ''
  if (name === '') return text(400, 'podname argument is required')
  const found = findPod(call, name)
  return found
    ? text(200, found.node.logs())
    : text(500, `Could not get main container logs: Error: pods "${name}" not found`)
}

/** Pod status as the UI shows it: enough of it to see why it waits. */
export const readPod: KfpHandler = (call) => {
  const name = call.request.query.get('podname') ?? ''
  const found = findPod(call, name)
  if (!found) return text(500, `Could not get pod ${name} in namespace: pods "${name}" not found`)
  const { workflow, node } = found
  const [, reason = '', message = ''] = /^(\w+): (.*)$/s.exec(node.message) ?? []
  const waiting = node.phase === 'Pending' ? { waiting: { reason, message } } : {}
  const status = { phase: node.phase, containerStatuses: [{ name: 'main', state: waiting }] }
  return respondJson(200, { metadata: { name, namespace: workflow.namespace }, status })
}

function text(status: number, body: string): SandboxResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}
