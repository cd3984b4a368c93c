import type { S3Client } from '@aws-sdk/client-s3'
import type { RetryOptions } from '../retry.ts'
import { type DirectGets, judgeGet, signGet } from './direct.wire.ts'
import { planRequest } from './plan.ts'
import { type Route, routeOf, type SentRequest } from './route.ts'
import { readRetryAfter, sendPlain } from './send.wire.ts'

export interface ShortcutOptions {
  readonly retry: RetryOptions | undefined
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>
}

/** A route, and how often in a row the SDK has succeeded on it where the short cut had not. */
interface KnownRoute extends Route {
  refusals: number
  /** The same for requests over the sockets of others. */
  directRefusals: number
}

/** Then there is something between here and there that wants requests to be those of the SDK. */
const MOST_REFUSALS = 16
/** Milliseconds before the SDK tries again where the server wants fewer requests. */
const BACK_OFF = 300
const LONGEST_RETRY_AFTER = 60_000

/**
 * Sends the four requests that a transfer makes by the ten thousand (PutObject, UploadPart, GetObject, HeadObject) without
 * the machinery of the SDK, through its connections: a tenth of the processor time and of the garbage (docs/adr/0006).
 * Only what has succeeded beyond doubt is taken. Everything else (an error, a redirect, expired keys, an answer that is none
 * of S3, a line that broke) is left to the SDK, which sends the request again in its own way.
 */
export function addShortcut(client: S3Client, { retry, headers }: ShortcutOptions): DirectGets {
  const routes = new Map<string, KnownRoute>()
  learnRoutes(client, routes)
  const sendBySdk = client.send.bind(client) as Send
  // Around the client and not one of its steps: to put those together costs more than the request.
  const send: Send = async (command, options) => {
    const request = planRequest(command.constructor.name, command.input)
    const route = request === undefined ? undefined : routes.get(request.bucket)
    if (request === undefined || route === undefined || route.refusals >= MOST_REFUSALS)
      return sendBySdk(command, options)
    const signal = options?.abortSignal
    const plain = { ...request, headers: { ...headers, ...request.headers } }
    const clock = client.config.systemClockOffset
    const answer = await sendPlain(client, route, plain, signal)
    if (!('trouble' in answer)) route.refusals = 0
    if ('output' in answer) return answer.output
    if ('absent' in answer) throw answer.absent
    signal?.throwIfAborted()
    await heed(answer, retry)
    const output = await sendBySdk(command, options)
    // What a wrong clock or a broken line has cost says nothing about the next request.
    if (answer.trouble === 'lasting' && client.config.systemClockOffset === clock) route.refusals += 1
    return output
  }
  client.send = send as typeof client.send
  return directGets(client, routes, { retry, headers })
}

/** What of the SDK's `send` is used here. */
type Send = (
  command: { readonly input: Readonly<Record<string, unknown>> },
  options?: { readonly abortSignal?: AbortSignal },
) => Promise<unknown>

/** The same requests for who has sockets of its own, by the same routes. */
function directGets(
  client: S3Client,
  routes: ReadonlyMap<string, KnownRoute>,
  { retry, headers }: ShortcutOptions,
): DirectGets {
  const openRoute = (bucket = '') => {
    const route = routes.get(bucket)
    return route !== undefined && route.directRefusals < MOST_REFUSALS ? route : undefined
  }
  return {
    isOpen: (bucket) => openRoute(bucket) !== undefined,
    sign: async (input) => {
      const route = openRoute(input.Bucket)
      return route === undefined ? undefined : signGet(client, route, headers, input)
    },
    settle: async (bucket, seen) => {
      const route = openRoute(bucket)
      const trouble = seen === undefined ? undefined : judgeGet(seen)
      if (route !== undefined && trouble !== 'passing' && trouble !== 'throttled')
        route.directRefusals = trouble === undefined ? 0 : route.directRefusals + 1
      if (trouble !== undefined) await heed({ trouble, retryAfter: readRetryAfter(seen?.retryAfter) }, retry)
    },
  }
}

/** Tells of a failed attempt, and waits as the server asks before the SDK makes the next one. */
async function heed(
  { trouble, retryAfter }: Extract<Awaited<ReturnType<typeof sendPlain>>, { trouble: unknown }>,
  retry: RetryOptions | undefined,
): Promise<void> {
  retry?.onTrouble?.(trouble)
  if (trouble !== 'throttled') return
  await retry?.world.sleep(
    Math.max(retry.world.random() * BACK_OFF, Math.min(retryAfter, LONGEST_RETRY_AFTER)),
  )
}

/** Remembers how the SDK has reached a bucket, redirects and regions included. */
function learnRoutes(client: S3Client, routes: Map<string, KnownRoute>): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const { Bucket: bucket, Key: key } = args.input as { readonly Bucket?: unknown; readonly Key?: unknown }
      const { statusCode } = result.response as { readonly statusCode: number }
      if (![200, 206].includes(statusCode) || typeof bucket !== 'string' || routes.has(bucket)) return result
      const route = routeOf(args.request as SentRequest, typeof key === 'string' ? key : '')
      if (route !== undefined) routes.set(bucket, { ...route, refusals: 0, directRefusals: 0 })
      return result
    },
    { step: 'deserialize', priority: 'low', name: 'learnRoutes' },
  )
}
