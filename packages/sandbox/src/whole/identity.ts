import { createHmac, randomBytes } from 'node:crypto'
import { claimsOf } from '../argocd/jwt.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import {
  type SandboxRequest,
  type SandboxResponse,
  type SandboxServer,
  type ServeOptions,
  serve,
} from '../server.ts'
import type { Principal } from '../sigv4/index.ts'

export interface IdentityOptions extends Pick<ServeOptions, 'tls'> {
  /** The role that a workflow of this repository may assume. */
  readonly roleArn: string
  /** Roles that it may assume as well: of other accounts, say. */
  readonly otherRoles?: readonly string[]
  /** `owner/name` */
  readonly repository: string
  /** What the OIDC provider of the account takes tokens for; `sts.amazonaws.com` unless given. */
  readonly audience?: string
  /** Gets every set of temporary credentials: the account's services look principals up in lists. */
  readonly admit: (principal: Principal) => void
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** GitHub's OIDC issuer, and the STS that trusts it: how a job gets credentials without a stored key. */
export interface IdentityServer extends SandboxServer {
  /** What a job with `id-token: write` is given: `ACTIONS_ID_TOKEN_REQUEST_URL` and `_TOKEN`. */
  readonly idToken: { readonly url: string; readonly token: string }
  /** `AWS_ENDPOINT_URL_STS` */
  readonly stsUrl: string
  /** `iss` of the tokens, as GitHub's discovery document has it. */
  readonly issuer: string
  /** The claims of one of its own tokens: what whoever trusts the issuer gets by its published keys. */
  verify(token: string): JsonObject | undefined
}

const ISSUER = 'https://token.actions.githubusercontent.com'
const AUDIENCE = 'sts.amazonaws.com'
const ID_TOKEN_MS = 5 * 60_000
const SESSION_MS = 60 * 60_000

interface Issuer extends IdentityOptions {
  /** Bearer of the runner's requests for id tokens. */
  readonly runnerToken: string
  /** Signs id tokens; the real one signs with RS256 and publishes its keys. */
  readonly key: Buffer
}

export async function startIdentity(options: IdentityOptions): Promise<IdentityServer> {
  const issuer = { ...options, runnerToken: randomBytes(24).toString('hex'), key: randomBytes(32) }
  const server = await serve((request) => {
    if (request.path === '/token') return issueToken(issuer, request)
    if (request.path === '/sts/') return assumeRole(issuer, request)
    return { status: 404, body: 'Not Found' }
  }, options)
  const idToken = { url: `${server.url}/token?api-version=2.0`, token: issuer.runnerToken }
  const verify = (token: string): JsonObject | undefined => {
    const [text, signature] = [
      token.slice(0, token.lastIndexOf('.')),
      token.slice(token.lastIndexOf('.') + 1),
    ]
    return signature === sign(issuer, text) ? claimsOf(token) : undefined
  }
  return { ...server, idToken, stsUrl: `${server.url}/sts/`, issuer: ISSUER, verify }
}

/** As @actions/core asks for it: `GET <url>&audience=…` with the runner's bearer token, answered `{ value }`. */
function issueToken(issuer: Issuer, { headers, query }: SandboxRequest): SandboxResponse {
  if (headers['authorization']?.toLowerCase() !== `bearer ${issuer.runnerToken}`)
    return { status: 401, headers: JSON_TYPE, body: JSON.stringify({ message: 'Unauthorized' }) }
  const claims = {
    iss: ISSUER,
    aud: query.get('audience') ?? `https://github.com/${issuer.repository.split('/')[0]}`,
    sub: `repo:${issuer.repository}:ref:refs/heads/main`,
    exp: Math.floor((issuer.now() + ID_TOKEN_MS) / 1_000),
    jti: randomBytes(8).toString('hex'),
  }
  const text = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`
  return { status: 200, headers: JSON_TYPE, body: JSON.stringify({ value: `${text}.${sign(issuer, text)}` }) }
}

/** STS AssumeRoleWithWebIdentity, version 2011-06-15: an unsigned form, answered in XML. */
function assumeRole(issuer: Issuer, { body }: SandboxRequest): SandboxResponse {
  const form = new URLSearchParams(body.toString('utf8'))
  if (form.get('Action') !== 'AssumeRoleWithWebIdentity')
    return refuse('InvalidAction', `Could not find operation ${form.get('Action')}`)
  const problem = problemOf(issuer, form.get('WebIdentityToken') ?? '')
  if (problem !== undefined) return refuse('InvalidIdentityToken', problem)
  const { roleArn, otherRoles = [] } = issuer
  const arn = [roleArn, ...otherRoles].find((known) => known === form.get('RoleArn'))
  if (arn === undefined)
    return refuse('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity')
  const session = form.get('RoleSessionName') ?? 'session'
  const role = arn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')
  const principal = {
    arn: `${role}/${session}`,
    accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
    sessionToken: randomBytes(120).toString('base64url'),
    expiresAt: issuer.now() + SESSION_MS,
  }
  issuer.admit(principal)
  return { status: 200, headers: XML_TYPE, body: credentialsXml(principal) }
}

function problemOf({ key, now, repository, audience = AUDIENCE }: Issuer, token: string): string | undefined {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const text = `${header}.${payload}`
  if (signature !== sign({ key }, text))
    return 'No OpenIDConnect provider found in your account for this token'
  const claims: { aud: string; exp: number; sub: string } = JSON.parse(
    Buffer.from(payload, 'base64url').toString('utf8'),
  )
  if (claims.aud !== audience) return 'Incorrect token audience'
  if (!claims.sub.startsWith(`repo:${repository}:`)) return 'Not authorized by the trust policy of the role'
  return claims.exp * 1_000 < now() ? 'Token must not be expired' : undefined
}

function credentialsXml({
  arn,
  accessKeyId,
  secretAccessKey,
  sessionToken,
  expiresAt,
}: Required<Omit<Principal, 'policy'>>) {
  const expiration = new Date(expiresAt).toISOString()
  return `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${expiration}</Expiration></Credentials><AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>AROASANDBOX:session</AssumedRoleId></AssumedRoleUser></AssumeRoleWithWebIdentityResult><ResponseMetadata><RequestId>${randomBytes(8).toString('hex')}</RequestId></ResponseMetadata></AssumeRoleWithWebIdentityResponse>`
}

function refuse(code: string, message: string): SandboxResponse {
  const requestId = randomBytes(8).toString('hex')
  return {
    status: code === 'AccessDenied' ? 403 : 400,
    headers: { ...XML_TYPE, 'x-amzn-requestid': requestId },
    body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }
const XML_TYPE = { 'content-type': 'text/xml' }

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function sign({ key }: Pick<Issuer, 'key'>, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url')
}
