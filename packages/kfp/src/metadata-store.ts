import { Failure } from '@mlops-actions/diagnostics'
import type { HttpClient, HttpResponse } from '@mlops-actions/http'
import {
  decodeMessage,
  encodeNumber,
  encodeText,
  type Message,
  messageAt,
  messagesAt,
  numberAt,
} from './protobuf.ts'

/** What ML Metadata (ml_metadata/proto/metadata_store.proto) holds of one run; undefined: it knows no such run. */
export interface RunMetadata {
  readonly artifacts: readonly Message[]
  readonly executions: readonly Message[]
  readonly events: readonly Message[]
}

const WHAT = 'Cannot read the metrics of the run'
/** Ids in one request for events; each is a few bytes, and servers bound the message. */
const IDS_AT_ONCE = 500
const CONTEXT_TYPE = 'system.PipelineRun'

/**
 * Reads a run from ML Metadata over grpc-web at the root of the host, as the UI does (KFP 2.0 to 2.17).
 * @returns undefined where it knows no such run
 * @throws Failure where the service answers an error, and `config` where the host serves none
 */
export async function readRunMetadata(
  http: HttpClient,
  root: string,
  runId: string,
): Promise<RunMetadata | undefined> {
  const context = Buffer.concat([encodeText(1, CONTEXT_TYPE), encodeText(2, runId)])
  const found = await callStore(http, root, 'GetContextByTypeAndName', context)
  // A run without context is an OK with an empty message, not an error.
  const id = numberAt(messageAt(found, 1) ?? new Map(), 1)
  if (id === undefined) return undefined
  const byContext = encodeNumber(1, id)
  const artifacts = messagesAt(await callStore(http, root, 'GetArtifactsByContext', byContext), 1)
  const executions = messagesAt(await callStore(http, root, 'GetExecutionsByContext', byContext), 1)
  return { artifacts, executions, events: await readEvents(http, root, executions) }
}

async function readEvents(
  http: HttpClient,
  root: string,
  executions: readonly Message[],
): Promise<Message[]> {
  const ids = executions.flatMap((execution) => numberAt(execution, 1) ?? [])
  const events: Message[] = []
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    const request = Buffer.concat(ids.slice(from, from + IDS_AT_ONCE).map((id) => encodeNumber(1, id)))
    events.push(...messagesAt(await callStore(http, root, 'GetEventsByExecutionIDs', request), 1))
  }
  return events
}

async function callStore(http: HttpClient, root: string, method: string, message: Buffer): Promise<Message> {
  const head = Buffer.alloc(5)
  head.writeUInt32BE(message.length, 1)
  const response = await http.request({
    method: 'POST',
    url: `${root}/ml_metadata.MetadataStoreService/${method}`,
    headers: {
      'content-type': 'application/grpc-web+proto',
      accept: 'application/grpc-web+proto',
      'x-grpc-web': '1',
    },
    body: Buffer.concat([head, message]),
    idempotent: true,
    what: WHAT,
    tolerate: [404, 405, 501],
  })
  if (response.status >= 400) throw notServed(response, `HTTP ${response.status}`)
  return readFrames(response)
}

const TRAILERS = 0x80
const UNIMPLEMENTED = '12'

/** Frames of grpc-web: a flag byte, a big-endian length, the bytes; the trailers are a frame with the highest bit set. */
function readFrames(response: HttpResponse): Message {
  const { body, headers } = response
  let data = Buffer.alloc(0)
  let status = headers['grpc-status']
  let text = headers['grpc-message'] ?? ''
  for (let offset = 0; offset < body.length; ) {
    if (offset + 5 > body.length) throw notGrpc(response)
    const end = offset + 5 + body.readUInt32BE(offset + 1)
    if (end > body.length) throw notGrpc(response)
    const frame = body.subarray(offset + 5, end)
    if ((body.readUInt8(offset) & TRAILERS) === 0) data = Buffer.concat([data, frame])
    else {
      status = /^grpc-status:\s*(\d+)/im.exec(frame.toString('utf8'))?.[1] ?? status
      text = /^grpc-message:\s*(.*)$/im.exec(frame.toString('utf8'))?.[1] ?? text
    }
    offset = end
  }
  if (status === undefined) throw notGrpc(response)
  if (status === UNIMPLEMENTED) throw notServed(response, 'gRPC status 12, unimplemented')
  if (status !== '0') throw storeFailure(response, `gRPC status ${status}: ${text.trim()}`)
  return decodeOrRefuse(data, response)
}

function decodeOrRefuse(data: Buffer, response: HttpResponse): Message {
  try {
    return decodeMessage(data)
  } catch {
    throw notGrpc(response)
  }
}

function notGrpc(response: HttpResponse): Failure {
  const type = response.headers['content-type'] ?? 'no content type'
  return storeFailure(
    response,
    `HTTP ${response.status} with ${type}, which is no complete answer of grpc-web`,
  )
}

function storeFailure({ url }: HttpResponse, seen: string): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'KFP_METADATA',
    what: WHAT,
    on: `ML Metadata on ${new URL(url).host}`,
    seen,
    next: 'Check that the host serves /ml_metadata.MetadataStoreService (metadata-envoy), as the KFP UI needs it; then run the step again',
  })
}

/** The API server's own port serves its API alone; what passes ML Metadata on is the UI and the platform's ingress. */
function notServed({ url }: HttpResponse, seen: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'KFP_NO_METADATA',
    what: WHAT,
    on: new URL(url).host,
    seen: `it serves no ML Metadata, in which this KFP keeps metrics and artifacts (${seen})`,
    next: 'Give as `url` the KFP UI or the root of the Kubeflow platform, which pass /ml_metadata.MetadataStoreService on; the port of the API server does not',
  })
}
