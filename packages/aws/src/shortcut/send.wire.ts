import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { NotFound, type S3Client } from '@aws-sdk/client-s3'
import { type AttemptTrouble, judgeAttempt } from '../retry.ts'
import { sha256Hex } from '../sigv4.ts'
import { readOutput } from './answer.ts'
import type { PlainRequest } from './plan.ts'
import { encodeKey, type Route } from './route.ts'
import type { UnsignedRequest } from './sign.ts'

/** What one attempt has come to; `retryAfter` in milliseconds. */
export type Answer =
  | { readonly output: object }
  | { readonly absent: NotFound }
  | { readonly trouble: AttemptTrouble; readonly retryAfter: number }

const EMPTY_SHA256 = sha256Hex('')
/**
 * What TLS is given at once. It encrypts whatever it gets before anything of that is sent: a whole body would stand in memory
 * twice, and its second copy would be gone from the processor's cache when the system reads it.
 */
const PIECE = 256 * 1024

/** Sends a request once, through the connections, the deadlines and with the credentials of the client. Never throws. */
export async function sendPlain(
  client: S3Client,
  route: Route,
  request: PlainRequest,
  abortSignal: AbortSignal | undefined,
): Promise<Answer> {
  try {
    const outgoing = await outgoingOf(client, route, request)
    const { response } = await client.config.requestHandler.handle(outgoing as never, {
      ...(abortSignal === undefined ? {} : { abortSignal }),
    })
    return readAnswer(request, response)
  } catch (thrown) {
    return { trouble: judgeAttempt(thrown), retryAfter: 0 }
  }
}

/** The request as it goes to a bucket, signed with what the client has for keys now. */
export async function outgoingOf(client: S3Client, route: Route, request: PlainRequest) {
  const { protocol, hostname, port } = route
  const path = route.path + encodeKey(request.key)
  return {
    method: request.method,
    protocol,
    hostname,
    ...(port === undefined ? {} : { port }),
    path,
    query: request.query,
    headers: await headersOf(client, route, request, path),
    ...(request.body === undefined
      ? {}
      : { body: protocol === 'https:' ? inPieces(request.body) : request.body }),
  }
}

function inPieces(body: Buffer): Buffer | Readable {
  if (body.length <= PIECE) return body
  let at = 0
  return new Readable({
    highWaterMark: PIECE,
    read() {
      const piece = body.subarray(at, at + PIECE)
      at += piece.length
      this.push(piece.length > 0 ? piece : null)
    },
  })
}

interface Response {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
}

function readAnswer({ method }: PlainRequest, response: Response): Answer {
  const { statusCode, headers } = response
  const output = readOutput(method, statusCode, headers)
  const body = response.body as Readable
  if (output === undefined || method !== 'GET') body.resume()
  const { 'x-amz-request-id': requestId } = headers
  const said = requestId === undefined ? {} : { requestId }
  const $metadata = { httpStatusCode: statusCode, attempts: 1, ...said }
  // HEAD has no body that could say more.
  if (method === 'HEAD' && statusCode === 404)
    return { absent: new NotFound({ message: 'NotFound', $metadata }) }
  if (output !== undefined) {
    const Body = method === 'GET' ? { Body: withReaders(body) } : {}
    return { output: { ...output, ...Body, $metadata } }
  }
  const trouble = judgeAttempt({ $metadata: { httpStatusCode: statusCode } })
  return { trouble, retryAfter: readRetryAfter(headers['retry-after']) }
}

/** Pure: milliseconds; 0 for what is no number of seconds. */
export function readRetryAfter(header = ''): number {
  return /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : 0
}

async function headersOf(
  client: S3Client,
  { protocol, hostname, port, sign }: Route,
  { method, query, headers, body }: PlainRequest,
  path: string,
): Promise<Record<string, string>> {
  const all = {
    ...headers,
    host: port === undefined ? hostname : `${hostname}:${port}`,
    ...(body === undefined ? {} : { 'content-length': String(body.length) }),
  }
  const agent = { 'user-agent': 'mlops-actions' }
  if (sign === undefined) return { ...all, ...agent }
  const payload =
    body === undefined ? EMPTY_SHA256 : protocol === 'https:' ? 'UNSIGNED-PAYLOAD' : sha256Hex(body)
  const request: UnsignedRequest = { method, path, query, headers: all, payload }
  // The clock as the SDK has corrected it.
  const keys = await client.config.credentials()
  return { ...sign(request, keys, Date.now() + client.config.systemClockOffset), ...agent }
}

/** The ways in which the SDK lets a body be read. */
function withReaders(body: Readable): object {
  return Object.assign(body, {
    transformToByteArray: async () => new Uint8Array(await buffer(body)),
    transformToString: async (encoding?: BufferEncoding) => (await buffer(body)).toString(encoding),
    transformToWebStream: () => Readable.toWeb(body),
  })
}
