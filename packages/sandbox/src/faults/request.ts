import type { Socket } from 'node:net'

/** One request as it came over the socket. */
export interface FaultRequest {
  readonly method: string
  /** As sent: a path, or an absolute URL or authority at a proxy. */
  readonly target: string
  /** Lower-case names; the last of repeated headers. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Head and body, byte by byte. */
  readonly raw: Buffer
  /** Counts connections from 1, so that a test sees which requests shared one. */
  readonly connection: number
}

/** Content type of the first TLS record (RFC 8446, 5.1); a plain server answers it as any bad request. */
const TLS_HANDSHAKE = 0x16

/** The requests of one connection; ends when the client goes away. */
export async function* readRequests(
  socket: Socket,
  connection: number,
): AsyncGenerator<FaultRequest, void, undefined> {
  let buffered: Buffer = Buffer.alloc(0)
  try {
    // The iterator must not destroy the socket when a mode leaves it hanging.
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      buffered = Buffer.concat([buffered, chunk])
      if (buffered[0] === TLS_HANDSHAKE) {
        socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
        return
      }
      for (;;) {
        const request = takeRequest(buffered, connection, socket)
        if (request === undefined) break
        buffered = buffered.subarray(request.raw.length)
        yield request
      }
    }
  } catch {
    // A connection that the client or a fault destroyed has no more requests.
  }
}

function takeRequest(buffered: Buffer, connection: number, socket: Socket): FaultRequest | undefined {
  const headEnd = buffered.indexOf('\r\n\r\n')
  if (headEnd === -1) return undefined
  const [requestLine = '', ...lines] = buffered.subarray(0, headEnd).toString('latin1').split('\r\n')
  const [method = '', target = ''] = requestLine.split(' ')
  const headers: Record<string, string> = Object.fromEntries(lines.map(parseHeader))
  if (headers['expect'] === '100-continue' && buffered.length === headEnd + 4) {
    socket.write('HTTP/1.1 100 Continue\r\n\r\n')
  }
  const end = bodyEnd(buffered, headEnd + 4, headers)
  if (end === undefined || end > buffered.length) return undefined
  return {
    method,
    target,
    headers,
    body: buffered.subarray(headEnd + 4, end),
    raw: buffered.subarray(0, end),
    connection,
  }
}

function bodyEnd(
  buffered: Buffer,
  start: number,
  headers: Readonly<Record<string, string>>,
): number | undefined {
  if (headers['transfer-encoding']?.includes('chunked') !== true)
    return start + Number(headers['content-length'] ?? 0)
  const last = buffered.indexOf('0\r\n\r\n', start)
  return last === -1 ? undefined : last + 5
}

function parseHeader(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}
