import type { SandboxResponse } from '../server.ts'
import type { KfpHandler } from './call.ts'
import { artifactMessage, contextMessage, eventMessage, executionMessage } from './mlmd-messages.ts'
import { decodeMessage, type Message, messageField } from './protobuf.ts'
import type { KfpState } from './state.ts'
import type { TaskExecution, Workflow } from './workflow.ts'

type Method = (request: Buffer, state: KfpState) => Message

const METHODS: Readonly<Record<string, Method>> = {
  /** No such context: OK and an empty response; a run has one once its root driver ran. */
  GetContextByTypeAndName: (request, state) => {
    const [type, name] = [readText(request, 1), readText(request, 2)]
    const workflow = state.workflows.find((each) => each.runId === name && each.contextId !== undefined)
    if (type !== 'system.PipelineRun' || workflow?.contextId === undefined) return []
    return [messageField(1, contextMessage(workflow.contextId, name))]
  },
  GetArtifactsByContext: (request, state) =>
    executionsOf(request, state).flatMap(({ execution }) =>
      execution.artifacts.map((artifact) => messageField(1, artifactMessage(artifact))),
    ),
  GetExecutionsByContext: (request, state) =>
    executionsOf(request, state).map(({ execution, workflow }) =>
      messageField(1, executionMessage(execution, workflow)),
    ),
  GetEventsByExecutionIDs: (request, state) => {
    const wanted = new Set(readIds(request))
    const executions = state.workflows.flatMap((workflow) => [...workflow.executions.values()])
    return executions
      .filter((execution) => wanted.has(execution.id))
      .flatMap((execution) =>
        execution.artifacts.map((artifact) => messageField(1, eventMessage(artifact, execution))),
      )
  },
}

/**
 * ML Metadata over grpc-web, at the root of the host and without any authorization of its own: POST
 * `/ml_metadata.MetadataStoreService/<method>`, five-byte frames, trailers in a frame with flag 0x80.
 */
export const callMetadataStore: KfpHandler = ({ request, cluster, path }) => {
  const method = METHODS[path['method'] ?? '']
  if (!method) return respond([trailer(12, `unknown method ${path['method'] ?? ''}`)])
  const length = request.body.length >= 5 ? request.body.readUInt32BE(1) : -1
  if (length !== request.body.length - 5) return respond([trailer(13, 'incomplete envelope')])
  const answer = Buffer.concat(method(request.body.subarray(5), cluster.state))
  return respond([frame(0, answer), trailer(0, '')])
}

function respond(frames: readonly Buffer[]): SandboxResponse {
  const headers = {
    'content-type': 'application/grpc-web+proto',
    'access-control-expose-headers': 'grpc-status',
  }
  return { status: 200, headers, body: Buffer.concat(frames) }
}

function frame(flag: number, content: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt8(flag)
  head.writeUInt32BE(content.length, 1)
  return Buffer.concat([head, content])
}

function trailer(status: number, message: string): Buffer {
  return frame(0x80, Buffer.from(`grpc-status:${status}\r\ngrpc-message:${message}\r\n`))
}

function readText(request: Buffer, field: number): string {
  return (
    decodeMessage(request)
      .find((each) => each.field === field)
      ?.bytes.toString('utf8') ?? ''
  )
}

/** `repeated int64`, packed or not. */
function readIds(request: Buffer): readonly number[] {
  return decodeMessage(request)
    .filter(({ field }) => field === 1)
    .flatMap(({ number, bytes }) => (bytes.length === 0 ? [number] : unpack(bytes)))
}

function unpack(bytes: Buffer): readonly number[] {
  const ids: number[] = []
  let id = 0
  let scale = 1
  for (const byte of bytes) {
    id += (byte & 127) * scale
    scale *= 128
    if (byte >= 128) continue
    ids.push(id)
    id = 0
    scale = 1
  }
  return ids
}

function executionsOf(request: Buffer, state: KfpState): { execution: TaskExecution; workflow: Workflow }[] {
  const [id] = readIds(request)
  const workflow = state.workflows.find((each) => each.contextId === id)
  return workflow ? [...workflow.executions.values()].map((execution) => ({ execution, workflow })) : []
}
