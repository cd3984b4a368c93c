import { X509Certificate } from 'node:crypto'
import { type AgentOptions, Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Duplex } from 'node:stream'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { Failure, messageOf, type World } from '@mlops-actions/diagnostics'
import type { HttpOptions } from './client.ts'
import { type DirectLine, directLine } from './direct.ts'

/** Sockets, kept open between requests, and single-use ones for requests that must not meet a dying socket. */
export interface Agents {
  readonly http: HttpAgent
  readonly https: HttpsAgent
  /**
   * A kept socket may die in the moment in which a request is written to it, and then nobody knows whether it
   * arrived (RFC 9112, 9.3.1). What must not be sent twice therefore goes over a connection of its own.
   */
  readonly fresh: { readonly http: HttpAgent; readonly https: HttpsAgent }
  /** For sockets that are none of these. */
  readonly direct: DirectLine | undefined
  close(): void
}

const PROXY_VARIABLES = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
] as const

/** Longer than Node's 250 ms for each address of a host: a slow handshake is no reason to give an address up. */
const ADDRESS_ATTEMPT_TIMEOUT = 1_000

/**
 * Agents that take the proxy from the world's environment (Node's own `proxyEnv`, which knows NO_PROXY),
 * trust `caCert` in addition to Node's roots, and verify every certificate.
 * @throws Failure `config` where a certificate or the proxy's URL cannot be read.
 */
export function createAgents(world: World, options: HttpOptions): Agents {
  const proxyEnv = proxyFrom(world)
  const shared: AgentOptions = {
    proxyEnv,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_TIMEOUT,
  }
  const added = options.caCert === undefined ? [] : parseCertificates(options.caCert)
  const context = secureContext(added, options)
  const tls = {
    ...shared,
    ...(context === undefined ? {} : { secureContext: context }),
    ...(options.serverName === undefined ? {} : { servername: options.serverName }),
  }
  const kept = {
    http: new HttpAgent({ ...shared, keepAlive: true }),
    https: new HttpsAgent({ ...tls, keepAlive: true }),
  }
  const fresh = { http: new HttpAgent(shared), https: new HttpsAgent(tls) }
  const release = endTunnelsWith(world.signal, [kept.https, fresh.https])
  return {
    ...kept,
    fresh,
    // NO_PROXY alone is none.
    direct: directLine(Object.keys(proxyEnv).some(isProxy), added, options),
    close: () => {
      release()
      for (const agent of [kept.http, kept.https, fresh.http, fresh.https]) agent.destroy()
    },
  }
}

/**
 * Ends the connections to a proxy that has not made its tunnel yet when the step is cancelled. They belong to no
 * request so far (lib/https.js, createConnection), so nothing else would, and they would hold the process.
 * Returns what undoes it.
 */
function endTunnelsWith(signal: AbortSignal, agents: readonly HttpsAgent[]): () => void {
  const pending = new Set<Duplex>()
  const onAbort = (): void => {
    for (const socket of pending) socket.destroy()
  }
  for (const agent of agents) {
    const connect = agent.createConnection.bind(agent)
    agent.createConnection = (options, callback) => {
      const socket = connect(options, (error, stream) => {
        if (socket) pending.delete(socket)
        callback?.(error, stream)
      })
      if (socket) {
        pending.add(socket)
        socket.once('close', () => pending.delete(socket))
      }
      return socket
    }
  }
  signal.addEventListener('abort', onAbort, { once: true })
  return () => signal.removeEventListener('abort', onAbort)
}

/** The proxy variables alone; a password in one is masked before it is used. */
function proxyFrom(world: World): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of PROXY_VARIABLES) {
    const value = world.env[name]
    if (value === undefined || value === '') continue
    found[name] = value
    if (isProxy(name)) maskPassword(world, name, value)
  }
  return found
}

function isProxy(variable: string): boolean {
  return variable.toLowerCase() !== 'no_proxy'
}

function maskPassword(world: World, name: string, value: string): void {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw badConfig(
      'HTTP_BAD_PROXY',
      name,
      'the value is no http or https URL',
      `Set ${name} to a URL such as http://proxy.example.com:3128`,
    )
  }
  maskPasswordOf(world, url)
}

/** Registers the password in a URL, in both of its spellings. */
export function maskPasswordOf(world: World, url: URL): void {
  if (url.password === '') return
  world.mask(url.password)
  try {
    world.mask(decodeURIComponent(url.password))
  } catch {
    // Not percent-encoded, so there is no other spelling.
  }
}

/** One context for all connections: reading the roots takes tens of milliseconds, so only where it is needed. */
function secureContext(
  added: readonly string[],
  { clientCertificate }: HttpOptions,
): SecureContext | undefined {
  if (added.length === 0 && clientCertificate === undefined) return undefined
  try {
    return createSecureContext({
      ...(added.length === 0 ? {} : { ca: [...getCACertificates('default'), ...added] }),
      ...(clientCertificate === undefined
        ? {}
        : { cert: clientCertificate.certificate, key: clientCertificate.key }),
    })
  } catch (error) {
    throw badConfig(
      'HTTP_BAD_CERTIFICATE',
      'the client certificate',
      messageOf(error),
      'Give a PEM certificate and its PEM key',
    )
  }
}

/** @param on what gives them, for sentences @throws Failure `config` where there is none, or one that cannot be read */
export function parseCertificates(pem: string, on = 'ca-cert'): string[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (blocks.length > 0 && blocks.every(isCertificate)) return [...blocks]
  throw badConfig(
    'HTTP_BAD_CA',
    on,
    blocks.length === 0 ? 'it holds no PEM certificate' : 'a certificate in it cannot be read',
    'Give the PEM text of the CA, from "-----BEGIN CERTIFICATE-----" on; several may follow each other',
  )
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}

function badConfig(code: string, on: string, seen: string, next: string): Failure {
  return new Failure({ kind: 'config', code, what: 'Cannot set up the connection', on, seen, next })
}
