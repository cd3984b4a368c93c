import { STATUS_CODES } from 'node:http'
import { connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { answerOf, FAULT_REQUEST_ID, type FaultAnswer, type FaultMode } from './modes.ts'
import type { FaultRequest } from './request.ts'

/** One connection: what bytes go over, and the TCP socket below it, which alone can be reset. */
export interface Line {
  readonly socket: Socket
  readonly tcp: Socket
}

export interface PlayOptions {
  readonly ok: FaultAnswer
  /** `http://host:port` of a plain server that answers `ok`. */
  readonly upstream: string | undefined
  readonly dripInterval: number
}

const CHUNKED = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n'
const PIECE = '{"items":[1,2,3,'

/** Answers one request by its mode; resolves to whether the connection can take another one. */
export async function play(
  mode: FaultMode,
  request: FaultRequest,
  line: Line,
  options: PlayOptions,
): Promise<boolean> {
  const { socket, tcp } = line
  const answer = mode === 'ok' && options.upstream === undefined ? options.ok : answerOf(mode)
  if (answer !== undefined) {
    socket.write(formatAnswer(answer, request.method))
    return true
  }
  switch (mode) {
    case 'ok':
      await forward(request, socket, options.upstream ?? '')
      return false
    case 'rst':
      tcp.resetAndDestroy()
      return false
    case 'fin':
      socket.end()
      return false
    case 'trunc':
      socket.end(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n${PIECE}`)
      return false
    case 'truncchunk':
      socket.end(`${CHUNKED}${PIECE.length.toString(16)}\r\n${PIECE}\r\n`)
      return false
    case 'nothttp':
      socket.end('220 mail.fault.invalid ESMTP\r\n')
      return false
    default:
      return playLong(mode, line, options)
  }
}

async function playLong(mode: FaultMode, { socket, tcp }: Line, options: PlayOptions): Promise<boolean> {
  switch (mode) {
    case 'rstbody':
      await written(socket, `${CHUNKED}${PIECE.length.toString(16)}\r\n${PIECE}\r\n`)
      tcp.resetAndDestroy()
      return false
    case 'hangbody':
      socket.write(`${CHUNKED}${PIECE.length.toString(16)}\r\n${PIECE}\r\n`)
      return false
    case 'drip':
      drip(socket, options.dripInterval)
      return false
    case 'huge':
      await flood(socket)
      return false
    case 'hugelength':
      socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${2 ** 40}\r\n\r\n[`)
      return false
    case 'gzipbomb':
      socket.write(formatAnswer(gzipBomb(), 'GET'))
      return true
    default:
      // `hang`: the connection stays open, and nothing is said on it.
      return false
  }
}

/** Head and body of a complete answer, as bytes. */
export function formatAnswer({ status, headers = {}, body = '' }: FaultAnswer, method: string): Buffer {
  const content = Buffer.from(body)
  const all = {
    'x-request-id': FAULT_REQUEST_ID,
    ...(status === 204 ? {} : { 'content-length': String(content.length) }),
    ...headers,
  }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  const start = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${head.join('')}\r\n`
  return Buffer.concat([Buffer.from(start), method === 'HEAD' || status === 204 ? Buffer.alloc(0) : content])
}

/** Replays the request at the upstream server; its answer ends the connection. */
function forward(request: FaultRequest, socket: Socket, upstream: string): Promise<void> {
  const { hostname, port } = new URL(upstream)
  const text = request.raw.toString('latin1').replace(/\r\nconnection:[^\r]*/i, '')
  const once = Buffer.from(text.replace('\r\n', '\r\nconnection: close\r\n'), 'latin1')
  return new Promise((resolve) => {
    const server = connect(Number(port), hostname, () => server.write(once))
    server.on('error', () => socket.destroy())
    server.on('close', resolve)
    socket.on('close', () => server.destroy())
    server.pipe(socket)
  })
}

function drip(socket: Socket, interval: number): void {
  socket.write(CHUNKED)
  const timer = setInterval(() => socket.write('1\r\n \r\n'), interval)
  socket.on('close', () => clearInterval(timer))
}

/** Sends for as long as somebody reads. */
async function flood(socket: Socket): Promise<void> {
  const chunk = `${(65_536).toString(16)}\r\n${'[1],'.repeat(16_384)}\r\n`
  socket.write(CHUNKED)
  while (!socket.destroyed) await written(socket, chunk)
}

/** Resolves when the bytes have left, or the socket is gone. */
function written(socket: Socket, bytes: string): Promise<void> {
  return new Promise((resolve) => socket.write(bytes, () => resolve()))
}

/** A gzip file is a sequence of members (RFC 1952, 2.2), so a large one can be had without compressing much. */
function gzipBomb(): FaultAnswer {
  const member = gzipSync(Buffer.alloc(1024 * 1024, 0x20), { level: 9 })
  const body = Buffer.concat(new Array<Buffer>(64).fill(member))
  return { status: 200, headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, body }
}
