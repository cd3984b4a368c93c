import { createHash } from 'node:crypto'
import { isRecord, parseJson, stringField } from '../registry/json.ts'
import { MEDIA_TYPES } from '../registry/manifest.ts'
import { type Answer, exchange } from './exchange.ts'

export interface RepositoryAddress {
  /** `http://127.0.0.1:5000`. */
  readonly baseUrl: string
  readonly repository: string
  /** Base64 of `user:password`, as in DOCKER_AUTH_CONFIG. */
  readonly auth: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** An answer that is no success; `code` and `detail` are the registry's own when it gave any. */
export class RegistryRefusal extends Error {
  readonly status: number
  readonly code: string | undefined

  constructor(method: string, url: string, status: number, statusText: string, body: string) {
    const [, code, text] = /"code":"(\w+)","message":"((?:[^"\\]|\\.)*)"/.exec(body) ?? []
    const plain = `unexpected status from ${method} request to ${url}: ${status} ${statusText}`
    super(code === undefined ? plain : `${code.toLowerCase().replaceAll('_', ' ')}: ${text ?? ''}`)
    this.name = 'RegistryRefusal'
    this.status = status
    this.code = code
  }
}

export interface FetchedManifest {
  readonly bytes: Buffer
  readonly mediaType: string
  readonly digest: string
}

/** One request; statuses in `accept` are answers, everything else is thrown. @throws RegistryRefusal, NoAnswer */
export async function askRegistry(
  { baseUrl, auth, signal }: RepositoryAddress,
  method: string,
  path: string,
  { accept, headers, body }: { accept: readonly number[]; headers?: Record<string, string>; body?: Buffer },
): Promise<Answer> {
  const url = new URL(path, baseUrl)
  const authorization = auth === undefined ? {} : { authorization: `Basic ${auth}` }
  const send = (more: Record<string, string>): Promise<Answer> =>
    exchange(url, { method, headers: { ...headers, ...more }, body, signal })
  const first = await send(authorization)
  const bearer = first.status === 401 ? await bearerFor(first, authorization, signal) : undefined
  const answer = bearer === undefined ? first : await send({ authorization: `Bearer ${bearer}` })
  if (accept.includes(answer.status)) return answer
  throw new RegistryRefusal(method, url.href, answer.status, answer.statusText, answer.body.toString())
}

/** distribution-spec's token authentication; undefined where the registry has not asked for it, or nobody gives one. */
async function bearerFor(
  { headers }: Answer,
  login: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const challenge = headers['www-authenticate'] ?? ''
  const [, realm] = /^Bearer .*?realm="([^"]+)"/i.exec(challenge) ?? []
  if (realm === undefined) return undefined
  const url = new URL(realm)
  for (const [, name = '', value = ''] of challenge.matchAll(/(service|scope)="([^"]*)"/g))
    url.searchParams.set(name, value)
  const { status, body } = await exchange(url, { method: 'GET', headers: login, body: undefined, signal })
  const answer = status === 200 ? parseJson(body.toString('utf8')) : undefined
  return isRecord(answer) ? stringField(answer, 'token') : undefined
}

const ACCEPT = [
  MEDIA_TYPES.ociManifest,
  MEDIA_TYPES.dockerManifest,
  MEDIA_TYPES.ociIndex,
  MEDIA_TYPES.dockerList,
].join(', ')

/** Manifest by tag or digest; its bytes must have the digest that names them. */
export async function fetchManifest(address: RepositoryAddress, reference: string): Promise<FetchedManifest> {
  const path = `/v2/${address.repository}/manifests/${reference}`
  const { headers, body } = await askRegistry(address, 'GET', path, {
    accept: [200],
    headers: { accept: ACCEPT },
  })
  const digest = digestOf(body)
  const stated = reference.startsWith('sha256:') ? reference : headers['docker-content-digest']
  if (stated !== undefined && stated !== digest)
    throw new Error(`manifest ${reference}: content has digest ${digest}, want ${stated}`)
  return { bytes: body, digest, mediaType: headers['content-type'] ?? '' }
}

/** ECR answers by a redirect to its storage. */
export async function fetchBlob(address: RepositoryAddress, digest: string): Promise<Buffer> {
  const path = `/v2/${address.repository}/blobs/${digest}`
  const { body } = await askRegistry(address, 'GET', path, { accept: [200] })
  if (digestOf(body) !== digest) throw new Error(`blob ${digest}: content has digest ${digestOf(body)}`)
  return body
}

export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
