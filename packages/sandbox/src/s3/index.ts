import { randomBytes } from 'node:crypto'
import {
  type SandboxRequest,
  type SandboxResponse,
  type SandboxServer,
  type ServeOptions,
  serve,
} from '../server.ts'
import { sha256Hex } from '../sigv4/signature.ts'
import { authenticate } from './authenticate.ts'
import { formatError, hostId, S3Error } from './errors.ts'
import { parsePath, route } from './route.ts'
import { createS3State, type S3State, type S3StateOptions } from './state.ts'

export { DEFAULT_PRINCIPAL, type DenyRule, type Principal } from '../sigv4/index.ts'
export {
  type Bucket,
  createS3State,
  type MultipartUpload,
  type S3Object,
  type S3State,
  type S3StateOptions,
} from './state.ts'

export interface S3Options extends Omit<S3StateOptions, 'now'>, ServeOptions {
  /** Milliseconds since the epoch; default: the real clock. */
  readonly now?: () => number
}

export interface S3Server extends SandboxServer {
  readonly state: S3State
}

/** Starts S3 on loopback: path-style addresses (`url/bucket/key`), every request signed by a known principal. */
export async function startS3(options: S3Options = {}): Promise<S3Server> {
  const now = options.now ?? Date.now
  const state = createS3State({ ...options, now: now() })
  const server = await serve((request) => answerS3(request, state, now()), options)
  return { ...server, state }
}

/** One request against the state; used by the server above and wherever S3 shares a port with others. */
export function answerS3(request: SandboxRequest, state: S3State, now: number): SandboxResponse {
  const requestId = randomBytes(8).toString('hex').toUpperCase()
  const response = respond(request, state, now, requestId)
  const common = {
    server: 'AmazonS3',
    date: new Date(now).toUTCString(),
    'x-amz-request-id': requestId,
    'x-amz-id-2': hostId(requestId),
  }
  return { ...response, headers: { ...common, ...response.headers } }
}

function respond(request: SandboxRequest, state: S3State, now: number, requestId: string): SandboxResponse {
  try {
    const auth = authenticate(request, state, now)
    assertBodyAsSigned(request)
    const { bucket, key } = parsePath(request.rawPath)
    return route({ request, state, auth, now }, bucket, key)
  } catch (error) {
    if (error instanceof S3Error) return formatError(error, request.path, requestId)
    throw error
  }
}

/** Also calls without an object in their body (complete, delete, create) must send the bytes they signed. */
function assertBodyAsSigned(request: SandboxRequest): void {
  const stated = request.headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD'
  if (stated === 'UNSIGNED-PAYLOAD' || stated.startsWith('STREAMING-')) return
  const computed = sha256Hex(request.body)
  if (stated === computed) return
  throw new S3Error('XAmzContentSHA256Mismatch', {
    ClientComputedContentSHA256: stated,
    S3ComputedContentSHA256: computed,
  })
}
