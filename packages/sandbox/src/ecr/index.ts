import { randomUUID } from 'node:crypto'
import { type RegistryServer, startRegistry } from '../registry/index.ts'
import { isRecord, type JsonRecord, parseJson } from '../registry/json.ts'
import {
  type SandboxRequest,
  type SandboxResponse,
  type SandboxServer,
  type ServeOptions,
  serve,
} from '../server.ts'
import { authenticateEcr } from './authenticate.ts'
import type { EcrCall } from './context.ts'
import { EcrError } from './errors.ts'
import { batchGetImage, describeImages, listImages, putImage } from './images.ts'
import { batchCheckLayerAvailability, getDownloadUrlForLayer } from './layers.ts'
import { getLifecyclePolicy, putLifecyclePolicy } from './lifecycle.ts'
import { listImageReferrers } from './referrers.ts'
import { createRepository, describeRepositories, getAuthorizationToken } from './repositories.ts'
import { describeImageScanFindings, startImageScan } from './scans.ts'
import { createEcrState, type EcrState, type EcrStateOptions } from './state.ts'
import { listTagsForResource } from './tags.ts'

export { COMMON_EXCEPTIONS, ECR_EXCEPTIONS } from './errors.ts'

const TARGET = 'AmazonEC2ContainerRegistry_V20150921.'

const OPERATIONS: Readonly<Record<string, (call: EcrCall) => JsonRecord>> = {
  BatchCheckLayerAvailability: batchCheckLayerAvailability,
  BatchGetImage: batchGetImage,
  CreateRepository: createRepository,
  DescribeImageScanFindings: describeImageScanFindings,
  DescribeImages: describeImages,
  DescribeRepositories: describeRepositories,
  GetAuthorizationToken: getAuthorizationToken,
  GetDownloadUrlForLayer: getDownloadUrlForLayer,
  GetLifecyclePolicy: getLifecyclePolicy,
  ListImageReferrers: listImageReferrers,
  ListImages: listImages,
  ListTagsForResource: listTagsForResource,
  PutImage: putImage,
  PutLifecyclePolicy: putLifecyclePolicy,
  StartImageScan: startImageScan,
}

export interface EcrOptions extends EcrStateOptions, ServeOptions {
  /** Milliseconds since the epoch; default: the real clock. */
  readonly now?: () => number
}

export interface EcrServer extends SandboxServer {
  readonly state: EcrState
  /** The registry that shows the same images; closed together with the API. */
  readonly registryServer: RegistryServer
}

/** Starts the ECR API (AWS JSON 1.1) and its registry, each on its own port. */
export async function startEcr(options: EcrOptions = {}): Promise<EcrServer> {
  const now = options.now ?? Date.now
  const state = createEcrState(options)
  const registryServer = await startRegistry({ state: state.registry, now })
  const server = await serve((request) => answerEcr(request, state, now(), registryServer), options)
  const close = async (): Promise<void> => {
    await Promise.all([server.close(), registryServer.close()])
  }
  return { ...server, state, registryServer, close }
}

/** One call of the API, as the servers of several accounts and regions behind one address answer it as well. */
export function answerEcr(
  request: SandboxRequest,
  state: EcrState,
  now: number,
  registry: RegistryServer,
): SandboxResponse {
  try {
    const principal = authenticateEcr(request, state, now)
    const operation = findOperation(request)
    const input = parseJson(request.body.toString('utf8'))
    if (!isRecord(input))
      throw new EcrError('SerializationException', 'The request body is not a JSON object')
    const urls = { registryUrl: registry.url, layersUrl: registry.layers.url }
    return json(now, 200, operation({ input, state, registry: state.registry, principal, now, ...urls }))
  } catch (error) {
    if (error instanceof EcrError)
      return json(now, 400, { __type: error.code, message: error.message, ...error.fields })
    throw error
  }
}

function findOperation(request: SandboxRequest): (call: EcrCall) => JsonRecord {
  const target = request.headers['x-amz-target'] ?? ''
  const name = target.startsWith(TARGET) ? target.slice(TARGET.length) : ''
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined
  if (request.method === 'POST' && operation) return operation
  throw new EcrError('UnknownOperationException', `Operation ${target || '(none)'} is not known`)
}

/** The date comes from the driven clock: SDK clients correct their own clock by it. */
function json(now: number, status: number, body: JsonRecord): SandboxResponse {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
    date: new Date(now).toUTCString(),
  }
  return { status, headers, body: JSON.stringify(body) }
}
