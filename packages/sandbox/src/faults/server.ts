import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls'
import { type Authority, createAuthority, createIdentity, type Identity } from './certificates.ts'
import type { FaultAnswer, FaultMode } from './modes.ts'
import { type PlayOptions, play } from './play.ts'
import { type FaultRequest, readRequests } from './request.ts'

/**
 * `trusted`: a good certificate of `server.ca`; `unknown-ca`: the same, for clients that are not given that CA;
 * `self-signed`: no CA at all; `expired` and `wrong-host`: of `server.ca`, wrong only in that respect.
 */
export type FaultTls = 'trusted' | 'unknown-ca' | 'self-signed' | 'expired' | 'wrong-host'

export interface FaultServerOptions {
  readonly tls?: FaultTls
  /** For every path that has no plan of its own; the modes are used one after the other, the last one for ever. */
  readonly modes?: readonly FaultMode[]
  /** By path, without the query. */
  readonly paths?: Readonly<Record<string, readonly FaultMode[]>>
  /** What `ok` answers. Default: status 200 with `{"ok":true}`. */
  readonly ok?: FaultAnswer
  /** `http://host:port` of a plain server that answers in the place of `ok`, so that real work goes on after a fault. */
  readonly upstream?: string
  /** Milliseconds between the bytes of `drip`. Default 10. */
  readonly dripInterval?: number
}

export interface FaultServer {
  /** Without a trailing slash; its host is 127.0.0.1. */
  readonly url: string
  /** host:port, as failures name it */
  readonly host: string
  /** PEM of the CA of the TLS modes. */
  readonly ca: string
  readonly requests: readonly FaultRequest[]
  /** Connections that stand at the moment: a client that leaves one behind can be told from one that does not. */
  open(): number
  /** From the next request on, for all paths that have no plan of their own. */
  setModes(...modes: FaultMode[]): void
  /** Ends every connection, hanging ones included. */
  close(): Promise<void>
}

const OK: FaultAnswer = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' }
const DAY = 86_400_000

/** A server on loopback that speaks HTTP by hand, so that it can speak it wrongly. */
export async function startFaultServer(options: FaultServerOptions = {}): Promise<FaultServer> {
  const requests: FaultRequest[] = []
  const sequences = createSequences(options)
  const authority = createAuthority()
  const context =
    options.tls === undefined ? undefined : createSecureContext(identityFor(options.tls, authority))
  const playing: PlayOptions = {
    ok: options.ok ?? OK,
    upstream: options.upstream,
    dripInterval: options.dripInterval ?? 10,
  }
  const listening = await listen(async (tcp, connection) => {
    const socket = context === undefined ? tcp : secured(tcp, context)
    for await (const request of readRequests(socket, connection)) {
      requests.push(request)
      if (!(await play(sequences.next(request.target), request, { socket, tcp }, playing))) return
    }
  })
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://${listening.host}`,
    host: listening.host,
    ca: authority.certificate,
    requests,
    open: listening.open,
    setModes: (...modes) => sequences.replace(modes),
    close: listening.close,
  }
}

export interface Listening {
  readonly host: string
  open(): number
  close(): Promise<void>
}

/** A TCP server on a free loopback port; connections are counted from 1. */
export async function listen(
  converse: (socket: Socket, connection: number) => Promise<void>,
): Promise<Listening> {
  const sockets = new Set<Socket>()
  let connections = 0
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    // Resets are what this server is for.
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.on('end', () => socket.end())
    connections += 1
    converse(socket, connections).catch(() => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP address')
  return {
    host: `127.0.0.1:${address.port}`,
    open: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function identityFor(tls: FaultTls, authority: Authority): Identity {
  const hosts = ['127.0.0.1', 'localhost', 'secure.fault.invalid']
  switch (tls) {
    case 'self-signed':
      return createIdentity({ hosts })
    case 'expired':
      return createIdentity(
        { hosts, notBefore: new Date(Date.now() - 10 * DAY), notAfter: new Date(Date.now() - DAY) },
        authority,
      )
    case 'wrong-host':
      return createIdentity({ hosts: ['other.fault.invalid'] }, authority)
    default:
      return createIdentity({ hosts }, authority)
  }
}

function secured(tcp: Socket, secureContext: SecureContext): TLSSocket {
  const socket = new TLSSocket(tcp, { isServer: true, secureContext })
  socket.on('error', () => {})
  return socket
}

interface Sequences {
  next(target: string): FaultMode
  replace(modes: readonly FaultMode[]): void
}

function createSequences({ modes = ['ok'], paths = {} }: FaultServerOptions): Sequences {
  const byPath = new Map(Object.entries(paths).map(([path, list]) => [path, [...list]]))
  let others = [...modes]
  return {
    next(target) {
      const list = byPath.get(target.split('?', 1)[0] ?? '') ?? others
      return (list.length > 1 ? list.shift() : list[0]) ?? 'ok'
    },
    replace(replacement) {
      others = [...replacement]
    },
  }
}
