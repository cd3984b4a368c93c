import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RecordedRequest, RequestHead, SandboxRequest, SandboxResponse } from './server.ts'

/** The request without its body; its signal fires when the answer's connection closes before the answer is complete. */
export function readHead(incoming: IncomingMessage, outgoing: ServerResponse): RequestHead {
  const gone = new AbortController()
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) gone.abort()
  })
  const target = incoming.url ?? '/'
  const mark = target.indexOf('?')
  const rawPath = mark === -1 ? target : target.slice(0, mark)
  const rawQuery = mark === -1 ? '' : target.slice(mark + 1)
  return {
    method: incoming.method ?? 'GET',
    path: decodePath(rawPath),
    rawPath,
    query: new URLSearchParams(rawQuery),
    rawQuery,
    headers: joinHeaders(incoming),
    signal: gone.signal,
  }
}

/** Reads the whole body and counts it. */
export async function readBody(
  head: RequestHead,
  incoming: IncomingMessage,
  record: RecordedRequest,
): Promise<SandboxRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of counted(incoming, record)) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  return { ...head, body, content: once(body) }
}

/** Leaves the body to the handler; what it has read is counted, what it has not is thrown away with the answer. */
export function streamBody(
  head: RequestHead,
  incoming: IncomingMessage,
  record: RecordedRequest,
): SandboxRequest {
  return { ...head, body: Buffer.alloc(0), content: counted(incoming, record) }
}

async function* counted(incoming: IncomingMessage, record: RecordedRequest): AsyncGenerator<Buffer> {
  // A handler that stops in the middle still has an answer to send over the same socket.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    const piece = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    record.bytes += piece.length
    yield piece
  }
}

/** A body that is there already, as a stream of one piece. */
export async function* once(body: Buffer): AsyncGenerator<Buffer> {
  if (body.length > 0) yield body
}

function decodePath(rawPath: string): string {
  try {
    return decodeURIComponent(rawPath)
  } catch {
    return rawPath
  }
}

function joinHeaders(incoming: IncomingMessage): Record<string, string> {
  const entries = Object.entries(incoming.headersDistinct)
  return Object.fromEntries(entries.map(([name, values]) => [name, (values ?? []).join(', ')]))
}

export async function send(
  response: SandboxResponse,
  request: SandboxRequest,
  outgoing: ServerResponse,
): Promise<void> {
  const body = response.body ?? ''
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    const bytes = Buffer.from(body)
    outgoing.writeHead(response.status, headersWithLength(response, request.method, bytes.length))
    outgoing.end(request.method === 'HEAD' ? undefined : bytes)
    return
  }
  outgoing.writeHead(response.status, response.headers)
  outgoing.flushHeaders()
  await stream(body, request.signal, outgoing)
}

/** A source that waits for its next event must not outlive its client. */
async function stream(
  body: AsyncIterable<string | Buffer>,
  signal: AbortSignal,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined)
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  const iterator = body[Symbol.asyncIterator]()
  for (;;) {
    const next = await Promise.race([iterator.next(), gone])
    if (next === undefined) {
      iterator.return?.().catch(() => {})
      return
    }
    if (next.done) break
    if (!outgoing.write(next.value)) await Promise.race([drained(outgoing), gone])
  }
  outgoing.end()
}

/** HEAD may declare the length that its GET would have; 204 and 304 have none. */
function headersWithLength(
  response: SandboxResponse,
  method: string,
  length: number,
): Record<string, string> {
  const headers = { ...response.headers }
  if (response.status === 204 || response.status === 304) return headers
  const declared = Object.keys(headers).find((name) => name.toLowerCase() === 'content-length')
  if (declared !== undefined && method === 'HEAD') return headers
  if (declared !== undefined) delete headers[declared]
  return { ...headers, 'content-length': String(length) }
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => outgoing.once('drain', resolve))
}

/** Promises the whole length, sends the headers and half of the bytes, then FIN. */
export async function sendHalf(response: SandboxResponse, outgoing: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  const body = response.body ?? ''
  if (typeof body === 'string' || Buffer.isBuffer(body)) chunks.push(Buffer.from(body))
  else for await (const chunk of body) chunks.push(Buffer.from(chunk))
  const bytes = Buffer.concat(chunks)
  const length = String(Math.max(bytes.length, 2))
  outgoing.writeHead(response.status, { ...response.headers, 'content-length': length })
  outgoing.flushHeaders()
  outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)))
  outgoing.socket?.end()
}
