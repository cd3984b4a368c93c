import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { createRequestLog, type RequestLog, recordOf } from './request-log.ts'
import { readBody, readHead, send, sendHalf, streamBody } from './server-io.ts'

/** What of a request is known before its body has arrived. */
export interface RequestHead {
  readonly method: string
  /** Pathname decoded once; a `%2F` inside a segment is indistinguishable here, see `rawPath`. */
  readonly path: string
  /** Pathname exactly as sent. */
  readonly rawPath: string
  readonly query: URLSearchParams
  /** Query exactly as sent, without the `?`. */
  readonly rawQuery: string
  /** Lower-case names; a repeated header is joined with `, `. */
  readonly headers: Readonly<Record<string, string>>
  /** Aborted when the client goes away or the server is closed. */
  readonly signal: AbortSignal
}

/** One request as a fake server sees it; the body is complete before the handler runs, unless it is streamed. */
export interface SandboxRequest extends RequestHead {
  /** Empty for a request that is streamed: see `content`. */
  readonly body: Buffer
  /** The body piece by piece, to be read once; of a streamed request as it arrives. */
  readonly content: AsyncGenerator<Buffer>
}

/** An answer; an async iterable is streamed without a length (SSE, watch, log follow). */
export interface SandboxResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer | AsyncIterable<string | Buffer>
  /** What was asked for, as the service's documentation names it; stands in the log of requests. */
  readonly operation?: string
}

export type Handler = (request: SandboxRequest) => SandboxResponse | Promise<SandboxResponse>

/** What a test may ask afterwards; bodies are not kept. `status` 0: no answer was ever sent. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  status: number
  /** Bytes of the request's body. */
  bytes: number
  operation?: string
}

/** How often an operation was asked for, and what it moved. */
export interface Tally {
  requests: number
  /** Answers of 400 and above. */
  failed: number
  /** Bytes of the requests' bodies. */
  bytes: number
}

/**
 * A fault that a test injects: the first matching rule with `times` left answers instead of the handler.
 * - `reset`: the connection dies by RST before an answer
 * - `hang`: nothing is answered until the client goes away or the server closes
 * - `truncate`: the handler runs; its headers and half of its body are sent, then FIN
 * - `reset-after`: the handler runs, then RST: the client cannot know whether it happened
 */
export interface Fault {
  readonly match: (request: SandboxRequest) => boolean
  times: number
  readonly respond: SandboxResponse | 'reset' | 'hang' | 'truncate' | 'reset-after'
}

/** Rules are tried in order; tests push to it and may empty it. */
export type FaultPlan = Fault[]

export interface ServeOptions {
  /** Default `127.0.0.1`. */
  readonly host?: string
  /** Default 0: any free port. */
  readonly port?: number
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Milliseconds that a request waits before it is answered; asked for each. */
  readonly latency?: (head: RequestHead) => number
  /** So many of the newest requests are kept; default: all. `tally` counts every one. */
  readonly keepRequests?: number
}

/** What only the maker of a server decides. */
export interface ServeInternals extends ServeOptions {
  /** True for a request whose body the handler reads as it arrives. */
  readonly streams?: (head: RequestHead) => boolean
}

export interface SandboxServer {
  /** Without a trailing slash. */
  readonly url: string
  readonly requests: RecordedRequest[]
  /** By operation, for servers that name theirs. */
  readonly tally: ReadonlyMap<string, Tally>
  readonly faults: FaultPlan
  /** How many connections clients have opened so far. */
  connections(): number
  /** Ends every connection, streams and hanging ones included. */
  close(): Promise<void>
}

/** Starts one HTTP(S) server on loopback; an exception in the handler answers 500 with its message. */
export async function serve(handler: Handler, options: ServeInternals = {}): Promise<SandboxServer> {
  const log = createRequestLog(options.keepRequests)
  const faults: FaultPlan = []
  const sockets = new Set<Socket>()
  let connections = 0
  const listener: RequestListener = (incoming, outgoing) => {
    // A socket that died half-way is the client's choice or an injected fault, never a reason to crash.
    const exchange = { incoming, outgoing, reset: () => resetConnection(sockets, incoming.socket) }
    answer({ handler, log, faults, options }, exchange).catch(() => incoming.socket.destroy())
  }
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    connections += 1
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve)
  })
  const url = `${options.tls ? 'https' : 'http'}://${formatAddress(server.address())}`
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { url, requests: log.requests, tally: log.tally, faults, connections: () => connections, close }
}

function formatAddress(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP address')
  return address.family === 'IPv6'
    ? `[${address.address}]:${address.port}`
    : `${address.address}:${address.port}`
}

/** RST needs the TCP socket; the one below TLS is found by its remote port. */
function resetConnection(sockets: ReadonlySet<Socket>, socket: Socket): void {
  const raw = [...sockets].find((candidate) => candidate.remotePort === socket.remotePort)
  raw?.resetAndDestroy()
}

interface Running {
  readonly handler: Handler
  readonly log: RequestLog
  readonly faults: FaultPlan
  readonly options: ServeInternals
}

interface Exchange {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  /** Kills the connection with RST; the raw socket, also where TLS lies on it. */
  readonly reset: () => void
}

async function answer(running: Running, { incoming, outgoing, reset }: Exchange): Promise<void> {
  const { log, options } = running
  const head = readHead(incoming, outgoing)
  const record = recordOf(head)
  const request = options.streams?.(head)
    ? streamBody(head, incoming, record)
    : await readBody(head, incoming, record)
  log.add(record)
  await wait(options.latency?.(head) ?? 0, head.signal)
  const fault = takeFault(running.faults, request)
  if (fault?.respond === 'hang') return
  if (fault?.respond === 'reset') return reset()
  const response =
    typeof fault?.respond === 'object' ? fault.respond : await runHandler(running.handler, request)
  log.answered(record, response)
  if (fault?.respond === 'reset-after') return reset()
  record.status = response.status
  // What the handler did not want is read all the same: it must not stand before the next request.
  void request.content.return(undefined).then(() => incoming.resume())
  if (fault?.respond === 'truncate') return sendHalf(response, outgoing)
  return send(response, request, outgoing)
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds <= 0) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  })
}

function takeFault(faults: FaultPlan, request: SandboxRequest): Fault | undefined {
  const fault = faults.find((rule) => rule.times > 0 && rule.match(request))
  if (fault) fault.times -= 1
  return fault
}

async function runHandler(handler: Handler, request: SandboxRequest): Promise<SandboxResponse> {
  try {
    return await handler(request)
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return {
      status: 500,
      headers: { 'content-type': 'text/plain' },
      body: `sandbox handler failed: ${text}\n`,
    }
  }
}
