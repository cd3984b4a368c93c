import { connect } from 'node:net'
import { formatAnswer } from './play.ts'
import { type FaultRequest, readRequests } from './request.ts'
import { listen } from './server.ts'

export interface FaultProxyOptions {
  /** `user:password` that a request must carry; others get 407. */
  readonly credentials?: string
  /** 403 for everything, as an egress filter answers. */
  readonly denies?: boolean
  /** host:port to which every tunnel leads in truth, whatever was asked for: names need not resolve. */
  readonly leadsTo?: string
}

export interface FaultProxy {
  /** For HTTPS_PROXY and HTTP_PROXY. */
  readonly url: string
  readonly host: string
  /** CONNECT requests have `host:port` as their target, plain ones the absolute URL. */
  readonly requests: readonly FaultRequest[]
  close(): Promise<void>
}

/** A forward proxy for plain requests and CONNECT tunnels that remembers what it was asked. */
export async function startFaultProxy(options: FaultProxyOptions = {}): Promise<FaultProxy> {
  const requests: FaultRequest[] = []
  const listening = await listen(async (socket, connection) => {
    for await (const request of readRequests(socket, connection)) {
      requests.push(request)
      const refusal = refusalOf(request, options)
      if (refusal !== undefined) {
        socket.end(
          formatAnswer(
            { status: refusal, headers: { 'proxy-authenticate': 'Basic realm="egress"' } },
            request.method,
          ),
        )
        return
      }
      const tunnel = request.method === 'CONNECT'
      const target = options.leadsTo ?? (tunnel ? request.target : new URL(request.target).host)
      const server = connect(portOf(target), hostOf(target), () => {
        if (tunnel) socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        else server.write(toOrigin(request))
        socket.pipe(server)
        server.pipe(socket)
      })
      server.on('error', () => socket.destroy())
      socket.on('close', () => server.destroy())
      return
    }
  })
  return { url: `http://${listening.host}`, host: listening.host, requests, close: listening.close }
}

function refusalOf(
  { headers }: FaultRequest,
  { credentials, denies }: FaultProxyOptions,
): number | undefined {
  if (denies === true) return 403
  if (credentials === undefined) return undefined
  const expected = `Basic ${Buffer.from(credentials).toString('base64')}`
  return headers['proxy-authorization'] === expected ? undefined : 407
}

/** The absolute form of the request line becomes the origin form (RFC 9112, 3.2). */
function toOrigin(request: FaultRequest): Buffer {
  const url = new URL(request.target)
  const text = request.raw.toString('latin1').replace(request.target, `${url.pathname}${url.search}`)
  return Buffer.from(text, 'latin1')
}

function hostOf(authority: string): string {
  return authority.slice(0, authority.lastIndexOf(':') === -1 ? undefined : authority.lastIndexOf(':'))
}

function portOf(authority: string): number {
  return Number(authority.slice(authority.lastIndexOf(':') + 1)) || 80
}
