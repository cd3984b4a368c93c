import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { NotFound, type S3Client } from '@aws-sdk/client-s3'
import { judgeAttempt, type RetryOptions } from '../retry.ts'
import { encodeStrictly, sha256Hex } from '../sigv4.ts'
import { readOutput } from './answer.ts'
import { type PlainRequest, planRequest } from './plan.ts'
import { createSigner, type Signer, type UnsignedRequest } from './sign.ts'

/** Where the objects of a bucket are, as the SDK has found out with a request that succeeded. */
interface Route {
  readonly protocol: string
  readonly hostname: string
  readonly port: number | undefined
  /** `/` or `/bucket/`. */
  readonly path: string
  /** Undefined where requests go unsigned. */
  readonly sign: Signer | undefined
}

export interface ShortcutOptions {
  readonly retry: RetryOptions | undefined
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>
}

const EMPTY_SHA256 = sha256Hex('')

/**
 * Sends the four requests that a transfer makes by the ten thousand (PutObject, UploadPart, GetObject, HeadObject) without
 * the machinery of the SDK, through its connections: a tenth of the processor time and of the garbage (docs/adr/0006).
 * Only what has succeeded beyond doubt is taken. Everything else (an error, a redirect, expired keys, an answer that is none
 * of S3, a line that broke) is left to the SDK, which sends the request again in its own way.
 */
export function addShortcut(client: S3Client, { retry, headers }: ShortcutOptions): void {
  const routes = new Map<string, Route>()
  learnRoutes(client, routes)
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const request = planRequest(String(context['commandName']), args.input as Record<string, unknown>)
      const route = request === undefined ? undefined : routes.get(request.bucket)
      if (request === undefined || route === undefined) return next(args)
      const signal = (context['__smithy_context'] as { abortSignal?: AbortSignal } | undefined)?.abortSignal
      const answer = await send(
        client,
        route,
        { ...request, headers: { ...headers, ...request.headers } },
        signal,
      )
      if ('output' in answer) return answer as never
      if ('absent' in answer) throw answer.absent
      signal?.throwIfAborted()
      retry?.onTrouble?.(answer.trouble)
      if (answer.trouble === 'throttled') await retry?.world.sleep(retry.world.random() * BACK_OFF)
      return next(args)
    },
    { step: 'initialize', priority: 'low', name: 'shortcut' },
  )
}

/** Milliseconds before the SDK tries again where the server wants fewer requests. */
const BACK_OFF = 300

/** Remembers how the SDK has reached a bucket, redirects and regions included. */
function learnRoutes(client: S3Client, routes: Map<string, Route>): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const { Bucket: bucket } = args.input as { readonly Bucket?: unknown }
      const { statusCode } = result.response as { readonly statusCode: number }
      if (![200, 206].includes(statusCode) || typeof bucket !== 'string' || routes.has(bucket)) return result
      const route = routeOf(args.request as SignedRequest, args.input as { readonly Key?: unknown })
      if (route !== undefined) routes.set(bucket, route)
      return result
    },
    { step: 'deserialize', priority: 'low', name: 'learnRoutes' },
  )
}

interface SignedRequest {
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

const SCOPE = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/([a-z0-9-]+)\/s3\/aws4_request,/

/** What stands before the key in the path is what stands before every key. */
function routeOf(
  { protocol, hostname, port, path, headers }: SignedRequest,
  { Key: key = '' }: { readonly Key?: unknown },
): Route | undefined {
  const authorization = headers['authorization']
  const region = SCOPE.exec(authorization ?? '')?.[1]
  if (authorization !== undefined && region === undefined) return undefined
  const encoded = encodeKey(String(key))
  if (!path.endsWith(encoded)) return undefined
  const folder = path.slice(0, path.length - encoded.length)
  return {
    protocol,
    hostname,
    port,
    path: folder.endsWith('/') ? folder : `${folder}/`,
    sign: region === undefined ? undefined : createSigner(region),
  }
}

function encodeKey(key: string): string {
  return key.split('/').map(encodeStrictly).join('/')
}

type Answer =
  | { readonly output: object; readonly response: unknown }
  | { readonly absent: NotFound }
  | { readonly trouble: ReturnType<typeof judgeAttempt> }

async function send(
  client: S3Client,
  route: Route,
  request: PlainRequest,
  abortSignal: AbortSignal | undefined,
): Promise<Answer> {
  try {
    const { protocol, hostname, port } = route
    const path = route.path + encodeKey(request.key)
    const outgoing = {
      method: request.method,
      protocol,
      hostname,
      ...(port === undefined ? {} : { port }),
      path,
      query: request.query,
      headers: await headersOf(client, route, request, path),
      ...(request.body === undefined ? {} : { body: request.body }),
    }
    const { response } = await client.config.requestHandler.handle(outgoing as never, {
      ...(abortSignal === undefined ? {} : { abortSignal }),
    })
    const { statusCode, headers } = response
    const output = readOutput(request.method, statusCode, headers)
    const body = response.body as Readable
    if (output === undefined || request.method !== 'GET') body.resume()
    const $metadata = { httpStatusCode: statusCode, requestId: headers['x-amz-request-id'], attempts: 1 }
    // HEAD has no body that could say more.
    if (request.method === 'HEAD' && statusCode === 404)
      return { absent: new NotFound({ message: 'NotFound', $metadata }) }
    if (output === undefined) return { trouble: judgeAttempt({ $metadata: { httpStatusCode: statusCode } }) }
    const Body = request.method === 'GET' ? { Body: withReaders(body) } : {}
    return { response, output: { ...output, ...Body, $metadata } }
  } catch (thrown) {
    return { trouble: judgeAttempt(thrown) }
  }
}

async function headersOf(
  client: S3Client,
  { protocol, hostname, port, sign }: Route,
  { method, query, headers, body }: PlainRequest,
  path: string,
): Promise<Record<string, string>> {
  const all = {
    ...headers,
    host: port === undefined ? hostname : `${hostname}:${port}`,
    ...(body === undefined ? {} : { 'content-length': String(body.length) }),
  }
  const agent = { 'user-agent': 'mlops-actions' }
  if (sign === undefined) return { ...all, ...agent }
  const payload =
    body === undefined ? EMPTY_SHA256 : protocol === 'https:' ? 'UNSIGNED-PAYLOAD' : sha256Hex(body)
  const request: UnsignedRequest = { method, path, query, headers: all, payload }
  // The clock as the SDK has corrected it.
  const keys = await client.config.credentials()
  return { ...sign(request, keys, Date.now() + client.config.systemClockOffset), ...agent }
}

/** The ways in which the SDK lets a body be read. */
function withReaders(body: Readable): object {
  return Object.assign(body, {
    transformToByteArray: async () => new Uint8Array(await buffer(body)),
    transformToString: async (encoding?: BufferEncoding) => (await buffer(body)).toString(encoding),
    transformToWebStream: () => Readable.toWeb(body),
  })
}
