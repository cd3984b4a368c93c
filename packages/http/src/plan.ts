import type { World } from '@mlops-actions/diagnostics'
import { isLoopback } from './address.ts'
import { maskPasswordOf } from './agents.ts'
import { ACCEPT_ENCODING } from './body.ts'
import type { HttpOptions, HttpRequest, StreamedBody } from './client.ts'
import type { Limits } from './deadlines.ts'
import type { Outgoing } from './redirects.ts'
import { Trouble } from './trouble.ts'
import type { Trust } from './trust.ts'

/** A request with everything that the client's options add to it. */
export interface Plan {
  readonly request: HttpRequest
  readonly outgoing: Outgoing
  readonly limits: Limits
  readonly signals: readonly AbortSignal[]
  readonly maxBytes: number
  readonly retries: number
  readonly deadline: number | undefined
  /** The caller named no encoding, so the one we asked for is undone. */
  readonly decompress: boolean
  readonly tolerate: ReadonlySet<number>
}

export interface PlanRules {
  /** Sent where the request names no `accept`. */
  readonly accept: string
  readonly compress: boolean
}

const SECOND = 1_000
const MAX_BYTES = 16 * 1024 * 1024
const REPEATABLE = new Set(['GET', 'HEAD', 'PUT', 'DELETE'])

/** @throws Trouble where the URL is none or may not be requested */
export function planRequest(
  world: World,
  options: HttpOptions,
  trust: Trust,
  request: HttpRequest,
  rules: PlanRules,
): Plan {
  const url = parseUrl(request.url)
  maskPasswordOf(world, url)
  const refusal = trust.refusal(url)
  if (refusal !== undefined) throw new Trouble('forbidden-address', { detail: refusal })
  const method = request.method ?? 'GET'
  const asked = lowerCaseNames(request.headers ?? {})
  const decompress = rules.compress && asked['accept-encoding'] === undefined
  const { body, type } = encodeBody(request.body)
  const headers = {
    'user-agent': options.userAgent ?? 'mlops-actions',
    accept: rules.accept,
    ...(decompress ? { 'accept-encoding': ACCEPT_ENCODING } : {}),
    ...(type === undefined ? {} : { 'content-type': type }),
    ...asked,
  }
  return {
    request,
    outgoing: { method, url, headers, body, idempotent: request.idempotent ?? REPEATABLE.has(method) },
    limits: planLimits(options, request),
    signals: request.signal === undefined ? [world.signal] : [world.signal, request.signal],
    maxBytes: request.maxBytes ?? options.maxBytes ?? MAX_BYTES,
    retries: isStreamed(body) ? 0 : (request.retries ?? options.retries ?? 5),
    deadline: options.deadline,
    decompress,
    tolerate: new Set(request.tolerate),
  }
}

/** Whether a URL sends what it carries in the clear to another machine. */
export function isPlainElsewhere(url: URL): boolean {
  return url.protocol === 'http:' && !isLoopback(url.hostname)
}

/** Names the place without anything that can be secret; `its URL` where it is none. */
export function hostOf(url: string | URL): string {
  return URL.canParse(String(url)) ? new URL(url).host : 'its URL'
}

export function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function planLimits(options: HttpOptions, request: HttpRequest): Limits {
  return {
    connect: options.connectTimeout ?? 10 * SECOND,
    send: request.idleTimeout ?? options.idleTimeout ?? 30 * SECOND,
    headers: request.headersTimeout ?? options.headersTimeout ?? 30 * SECOND,
    idle: request.idleTimeout ?? options.idleTimeout ?? 30 * SECOND,
    total: totalOf(options, request),
  }
}

function totalOf(options: HttpOptions, { body, totalTimeout }: HttpRequest): number | undefined {
  return isStreamed(body) ? totalTimeout : (totalTimeout ?? options.requestTimeout ?? 30 * SECOND)
}

/** Whether the body is made while it is sent. */
export function isStreamed(body: HttpRequest['body']): body is StreamedBody {
  return typeof body === 'object' && 'pieces' in body
}

function encodeBody(body: HttpRequest['body']): { body: Buffer | StreamedBody | undefined; type?: string } {
  if (body === undefined) return { body: undefined }
  if (typeof body === 'string') return { body: Buffer.from(body) }
  if (Buffer.isBuffer(body) || isStreamed(body)) return { body }
  return { body: Buffer.from(JSON.stringify(body.json)), type: 'application/json' }
}

function parseUrl(url: string | URL): URL {
  if (URL.canParse(String(url))) return new URL(url)
  throw new Trouble('bad-request', { detail: 'not a URL' })
}
