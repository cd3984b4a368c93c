import { randomBytes } from 'node:crypto'
import { type Json, type JsonObject, numberAt, textAt } from '../kubernetes/json.ts'
import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { issueJwt } from './jwt.ts'
import type { ArgocdState, Dex } from './state.ts'

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

/** `idTokens` of `expiry` in Dex's configuration; Argo CD leaves its default. */
const TOKEN_MS = 24 * 60 * 60_000

/**
 * POST /api/dex/token: the token exchange of RFC 8693 as dexidp/dex has it (server/tokenexchangehandlers.go,
 * connector/oidc), behind Argo CD's reverse proxy. Without a Dex nobody serves the path.
 */
export function exchangeToken(request: SandboxRequest, state: ArgocdState, now: number): SandboxResponse {
  const { dex } = state
  if (dex === undefined)
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found\n' }
  const form = new URLSearchParams(request.body.toString('utf8'))
  if (clientOf(request, form) !== 'argo-cd-cli:')
    return refuse(401, 'invalid_client', 'Invalid client credentials.')
  if (form.get('grant_type') !== EXCHANGE || !dex.tokenExchange) return refuse(400, 'unsupported_grant_type')
  if (![ID_TOKEN, ACCESS_TOKEN].includes(form.get('subject_token_type') ?? ''))
    return refuse(400, 'request_not_supported', 'Invalid subject_token_type.')
  const subjectToken = form.get('subject_token') ?? ''
  if (subjectToken === '') return refuse(400, 'invalid_request', 'Missing subject_token')
  const connector = dex.connectors.find(({ id }) => id === form.get('connector_id'))
  // A connector whose issuer is not letter for letter the one in the discovery document is not opened (go-oidc NewProvider).
  if (connector === undefined || connector.issuer !== dex.issuer)
    return refuse(400, 'invalid_request', 'Requested connector does not exist.')
  // GitHub has no user info endpoint, which an access token would need (dexidp/dex #4032).
  const claims = form.get('subject_token_type') === ID_TOKEN ? dex.verify(subjectToken) : undefined
  if (claims === undefined || textAt(claims, 'iss') !== dex.issuer || isOver(claims, now))
    return refuse(401, 'access_denied')
  return issued(request, state, dex, { connector: connector.id, claims, scope: form.get('scope') ?? '', now })
}

/** By HTTP Basic, else by the form (dexidp/dex server/handlers.go withClientFromStorage). */
function clientOf({ headers }: SandboxRequest, form: URLSearchParams): string {
  const [, basic] = /^Basic (.+)$/.exec(headers['authorization'] ?? '') ?? []
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString('utf8')
  return `${form.get('client_id') ?? ''}:${form.get('client_secret') ?? ''}`
}

interface Exchanged {
  readonly connector: string
  readonly claims: JsonObject
  readonly scope: string
  readonly now: number
}

function issued(
  { headers }: SandboxRequest,
  { tokens }: ArgocdState,
  { key }: Dex,
  { connector, claims, scope, now }: Exchanged,
): SandboxResponse {
  const user = textAt(claims, 'sub') ?? ''
  // Dex's own subject is opaque: protobuf of user and connector, in base64.
  const sub = Buffer.from(`\n\x00${user}\x12\x00${connector}`).toString('base64url')
  const isFederated = scope.split(' ').includes('federated:id')
  const expiresAt = now + TOKEN_MS
  const token = issueJwt(
    {
      iss: `http://${headers['host'] ?? ''}/api/dex`,
      sub,
      aud: 'argo-cd-cli',
      exp: Math.floor(expiresAt / 1_000),
      iat: Math.floor(now / 1_000),
      at_hash: randomBytes(12).toString('base64url'),
      ...(isFederated ? { federated_claims: { connector_id: connector, user_id: user } } : {}),
    },
    key,
  )
  // argo-cd util/jwt GetUserIdentifier.
  tokens.set(token, { username: isFederated ? user : sub, expiresAt })
  const body = {
    access_token: token,
    issued_token_type: ACCESS_TOKEN,
    token_type: 'bearer',
    expires_in: TOKEN_MS / 1_000,
  }
  return json(200, body)
}

export function isOver(claims: JsonObject, now: number): boolean {
  return (numberAt(claims, 'exp') ?? 0) * 1_000 <= now
}

/** RFC 6749, 5.2, as Dex writes it. */
function refuse(status: number, error: string, description = ''): SandboxResponse {
  return json(status, { error, ...(description === '' ? {} : { error_description: description }) })
}

function json(status: number, body: Json): SandboxResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  }
}
