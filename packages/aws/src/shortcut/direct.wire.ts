import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { GetObjectCommandInput, S3Client } from '@aws-sdk/client-s3'
import { type AttemptTrouble, judgeAttempt } from '../retry.ts'
import { planRequest } from './plan.ts'
import type { Route } from './route.ts'
import { outgoingOf } from './send.wire.ts'

/** A signed request as it goes over the line, for whoever has a socket. */
export interface SignedGet {
  readonly isTls: boolean
  readonly host: string
  readonly port: number
  /** Request line and headers, to the empty line; every character is one byte. */
  readonly head: string
}

/** Why a signed request did not come to what it should. */
export interface GetTrouble {
  /** Of an answer that is none that counts. */
  readonly status?: number | undefined
  /** Seconds, as the server wrote them. */
  readonly retryAfter?: string | undefined
  /** Of a line that broke. */
  readonly networkCode?: string | undefined
  /** Whether a deadline has passed. */
  readonly isLate?: boolean | undefined
}

/** GetObject over sockets that are none of the client's. Whatever does not succeed is to be asked of the client again. */
export interface DirectGets {
  /** Whether the way to a bucket is known, and there is something to be had from going it. */
  isOpen(bucket: string): boolean
  /** Undefined where the request has to go through the client. */
  sign(input: GetObjectCommandInput): Promise<SignedGet | undefined>
  /** Has to be told what became of each request; waits as long as the server wants the client to. */
  settle(bucket: string, trouble: GetTrouble | undefined): Promise<void>
}

/** Signs for the route that the SDK has found. Undefined for what could not be sent as it is. */
export async function signGet(
  client: S3Client,
  route: Route,
  headers: Readonly<Record<string, string>>,
  input: GetObjectCommandInput,
): Promise<SignedGet | undefined> {
  const request = planRequest('GetObjectCommand', { ...input })
  // A query would be signed, and stand nowhere in the request line.
  if (request === undefined || Object.keys(request.query).length > 0) return undefined
  const plain = { ...request, headers: { ...headers, ...request.headers } }
  const outgoing = await outgoingOf(client, route, plain)
  const head = formatHead(outgoing.path, outgoing.headers)
  const isTls = route.protocol === 'https:'
  // Brackets around an IPv6 address belong into URLs and Host alone.
  const host = route.hostname.replace(/^\[|\]$/g, '')
  return head === undefined ? undefined : { isTls, host, port: route.port ?? (isTls ? 443 : 80), head }
}

/** Pure: by the rules by which node:http would throw (RFC 9112, 3 and 5): an ETag is what a server has written. */
export function formatHead(path: string, headers: Readonly<Record<string, string>>): string | undefined {
  if (!/^\/[\x21-\x7e]*$/.test(path)) return undefined
  try {
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    }
  } catch {
    return undefined
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n')
}

/** Pure: what it means for the requests that follow. */
export function judgeGet({ status, networkCode, isLate }: GetTrouble): AttemptTrouble {
  if (isLate === true) return 'throttled'
  return judgeAttempt({ code: networkCode, $metadata: { httpStatusCode: status } })
}
