import { createHash, randomBytes } from 'node:crypto'
import {
  type RequestHead,
  type SandboxRequest,
  type SandboxResponse,
  type SandboxServer,
  type ServeOptions,
  serve,
} from '../server.ts'
import { addressOf } from './address.ts'
import { authenticate } from './authenticate.ts'
import { regionOf } from './context.ts'
import { formatError, hostId, S3Error } from './errors.ts'
import { type Operation, operationOf } from './operations.ts'
import { assertAsSigned } from './payload.ts'
import { route } from './route.ts'
import { createS3State, type S3State, type S3StateOptions } from './state.ts'
import { countRequest } from './throttle.ts'

export {
  DEFAULT_PRINCIPAL,
  type PolicyDocument,
  type PolicyStatement,
  type Principal,
} from '../sigv4/index.ts'
export { bytesOf, GeneratedBody } from './bodies.ts'
export { s3Fault } from './errors.ts'
export type { Quirks as S3Quirks } from './quirks.ts'
export { type Bucket, createBucket, createS3State, type S3State } from './state.ts'

export interface S3Options extends Omit<S3StateOptions, 'now'>, ServeOptions {
  /** Milliseconds since the epoch; default: the real clock. */
  readonly now?: () => number
}

export interface S3Server extends SandboxServer {
  readonly state: S3State
  /** What a request asks for, to match faults by: `faults.push({ match: (request) => server.operationOf(request) === 'UploadPart', … })`. */
  operationOf(request: RequestHead): Operation | undefined
}

/** Starts S3 on loopback: every request signed by a known principal, the bucket in the path or in the host name. */
export async function startS3(options: S3Options = {}): Promise<S3Server> {
  const now = options.now ?? Date.now
  const state = createS3State({ ...options, now: now() })
  // Objects and parts may be larger than memory.
  const streams = ({ method }: RequestHead): boolean => method === 'PUT'
  const server = await serve((request) => answerS3(request, state, now()), { ...options, streams })
  return {
    ...server,
    state,
    operationOf: (request) => operationOf(request, addressOf(request, state)),
    close: async () => {
      await server.close()
      await state.bodies.close()
    },
  }
}

/** One request against the state; used by the server above and wherever S3 shares a port with others. */
export async function answerS3(
  request: SandboxRequest,
  state: S3State,
  now: number,
): Promise<SandboxResponse> {
  const requestId = randomBytes(8).toString('hex').toUpperCase()
  const operation = operationOf(request, addressOf(request, state))
  const response = await respond({ request, state, now, requestId, operation })
  const common = {
    server: 'AmazonS3',
    date: new Date(now).toUTCString(),
    'x-amz-request-id': requestId,
    'x-amz-id-2': hostId(requestId),
  }
  return {
    ...response,
    headers: { ...common, ...response.headers },
    ...(operation === undefined ? {} : { operation }),
  }
}

interface Arrival {
  readonly request: SandboxRequest
  readonly state: S3State
  readonly now: number
  readonly requestId: string
  readonly operation: Operation | undefined
}

async function respond({ request, state, now, requestId, operation }: Arrival): Promise<SandboxResponse> {
  const address = addressOf(request, state)
  try {
    countRequest(state, address.bucket, now)
    const auth = authenticate(request, state, now, address.bucket)
    assertBodyAsSigned(request)
    return await route({ request, state, auth, now }, operation, address)
  } catch (error) {
    if (!(error instanceof S3Error)) throw error
    const answer = formatError(error, request.path, requestId)
    // HEAD of a bucket tells where it is even to those that may not look into it.
    const bucket = operation === 'HeadBucket' ? state.buckets.get(address.bucket) : undefined
    return bucket ? { ...answer, headers: { ...answer.headers, ...regionOf(state, bucket) } } : answer
  }
}

/** Also calls without an object in their body (complete, delete, restore) must send the bytes they signed. */
function assertBodyAsSigned({ method, headers, body }: SandboxRequest): void {
  const stated = headers['x-amz-content-sha256'] ?? ''
  if (method === 'PUT' || !/^[0-9a-f]{64}$/.test(stated)) return
  assertAsSigned(stated, createHash('sha256').update(body).digest('hex'))
}
