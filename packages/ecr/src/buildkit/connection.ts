import { connect as connectHttp2 } from 'node:http2'
import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls, type PeerCertificate } from 'node:tls'
import { timerOf, type World } from '@mlops-actions/diagnostics'
import type { BuildkitAddress } from './address.ts'
import { EMPTY_MESSAGE, INFO_PATH } from './info.ts'

/** PEM: who signs for the builder, and who we are to it. */
export interface BuildkitTls {
  readonly ca: string
  readonly cert: string
  readonly key: string
}

/** What came of asking: an answer of gRPC, a connection that ended without one, or nothing in time. */
export type Answer =
  | { readonly kind: 'answer'; readonly status: string; readonly message: string; readonly body: Buffer }
  | { readonly kind: 'stranger'; readonly said: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'error'; readonly error: unknown }

const LONGEST_ANSWER = 64 * 1024

/**
 * Asks a BuildKit what it is. buildx itself would wait for twenty seconds and then say "context deadline exceeded",
 * whatever is wrong (seen with 0.29; 0.36 has the same code), so this is how one knows. Never throws.
 * @param patience milliseconds
 */
export async function askInfo(
  { signal }: Pick<World, 'signal'>,
  address: BuildkitAddress,
  tls: BuildkitTls | undefined,
  patience: number,
): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>()
  const end = new AbortController()
  const fail = (error: unknown): void => resolve({ kind: 'error', error })
  try {
    const socket = open(address, tls)
    socket.on('error', fail)
    const timer = setTimeout(() => resolve({ kind: 'silent' }), timerOf(patience))
    signal.addEventListener('abort', () => resolve({ kind: 'closed' }), { once: true, signal: end.signal })
    if (signal.aborted) resolve({ kind: 'closed' })
    exchange(socket, tls === undefined ? 'http' : 'https', resolve)
    return await promise.finally(() => {
      clearTimeout(timer)
      socket.destroy()
    })
  } catch (error) {
    // Node refuses a certificate and a key that do not go together before it connects.
    return { kind: 'error', error }
  } finally {
    end.abort()
  }
}

function open(
  { kind, host, port, socket, serverName }: BuildkitAddress,
  tls: BuildkitTls | undefined,
): Socket {
  if (kind === 'unix') return connectPlain({ path: socket })
  if (tls === undefined) return connectPlain({ host, port })
  const name = serverName ?? host
  // An address is no name for SNI (RFC 6066, section 3), but the certificate is compared with it all the same.
  const named = isIP(name) === 0 ? { servername: name } : {}
  const compare = (_: string, certificate: PeerCertificate) => checkServerIdentity(name, certificate)
  return connectTls({ host, port, ...named, ...tls, checkServerIdentity: compare, ALPNProtocols: ['h2'] })
}

function exchange(socket: Socket, scheme: string, settle: (answer: Answer) => void): void {
  const session = connectHttp2(`${scheme}://buildkit`, { createConnection: () => socket })
  session.on('error', (error) => settle({ kind: 'error', error }))
  session.on('close', () => settle({ kind: 'closed' }))
  const stream = session.request({
    ':method': 'POST',
    ':path': INFO_PATH,
    'content-type': 'application/grpc',
    te: 'trailers',
  })
  const seen: Record<string, unknown> = {}
  const chunks: Buffer[] = []
  let size = 0
  stream.on('response', (headers) => Object.assign(seen, headers))
  stream.on('trailers', (headers) => Object.assign(seen, headers))
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= LONGEST_ANSWER) chunks.push(chunk)
    else settle({ kind: 'stranger', said: 'a longer answer than any of BuildKit' })
  })
  // Why a stream breaks is said by its session or its socket.
  stream.on('error', () => undefined)
  stream.on('end', () => {
    if (Object.keys(seen).length > 0) settle(answerOf(seen, Buffer.concat(chunks)))
  })
  stream.end(EMPTY_MESSAGE)
}

function answerOf(seen: Readonly<Record<string, unknown>>, body: Buffer): Answer {
  const text = (name: string): string => String(seen[name] ?? '')
  if (!text('content-type').startsWith('application/grpc'))
    return { kind: 'stranger', said: `HTTP ${text(':status')} of type ${text('content-type') || 'none'}` }
  return { kind: 'answer', status: text('grpc-status'), message: text('grpc-message'), body }
}
