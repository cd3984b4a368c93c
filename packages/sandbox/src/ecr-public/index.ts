import { randomUUID } from 'node:crypto'
import { authenticateEcr } from '../ecr/authenticate.ts'
import { authorizeEcr, type EcrCall } from '../ecr/context.ts'
import { EcrError } from '../ecr/errors.ts'
import { describeImages, putImage } from '../ecr/images.ts'
import { batchCheckLayerAvailability } from '../ecr/layers.ts'
import { createRepository, describeRepositories } from '../ecr/repositories.ts'
import { createEcrState, type EcrState } from '../ecr/state.ts'
import { listTagsForResource } from '../ecr/tags.ts'
import { refusalText } from '../registry/context.ts'
import { createRegistryState, type RegistryServer, startRegistry } from '../registry/index.ts'
import {
  isRecord,
  type JsonRecord,
  parseJson,
  recordField,
  recordsField,
  stringField,
  stringsField,
} from '../registry/json.ts'
import { issuePassword } from '../registry/state.ts'
import { type SandboxRequest, type SandboxResponse, type SandboxServer, serve } from '../server.ts'
import type { Principal } from '../sigv4/index.ts'

export interface EcrPublicServer extends SandboxServer {
  /** Names of repositories begin with the alias there, as in image references. */
  readonly state: EcrState
  readonly registryServer: RegistryServer
  readonly alias: string
}

export interface EcrPublicOptions {
  readonly alias?: string
  readonly principals?: readonly Principal[]
}

const TARGET = 'SpencerFrontendService.'

const OPERATIONS: Readonly<Record<string, (call: EcrCall) => JsonRecord>> = {
  BatchCheckLayerAvailability: batchCheckLayerAvailability,
  CreateRepository: (call) => ({
    repository: publicRepository(recordField(createRepository(call), 'repository')),
  }),
  DescribeImages: (call) => changeEach(describeImages(call), 'imageDetails', publicDetail),
  DescribeRepositories: (call) => changeEach(describeRepositories(call), 'repositories', publicRepository),
  GetAuthorizationToken: getAuthorizationToken,
  ListTagsForResource: listTagsForResource,
  PutImage: (call) => ({ image: withoutAlias(recordField(putImage(call), 'image') ?? {}) }),
}

/** Starts the API of ECR Public (AWS JSON 1.1, us-east-1) and its registry, each on its own port. */
export async function startEcrPublic(options: EcrPublicOptions = {}): Promise<EcrPublicServer> {
  const { alias = 'a1b2c3d4', principals } = options
  const registry = createRegistryState({ alias })
  const state = createEcrState({ registry, ...(principals === undefined ? {} : { principals }) })
  const registryServer = await startRegistry({ state: registry })
  const server = await serve((request) => answer(request, state, registryServer, Date.now()))
  const close = async (): Promise<void> => {
    await Promise.all([server.close(), registryServer.close()])
  }
  return { ...server, state, registryServer, alias, close }
}

function answer(
  request: SandboxRequest,
  state: EcrState,
  registry: RegistryServer,
  now: number,
): SandboxResponse {
  try {
    const principal = authenticateEcr(request, state, now, 'ecr-public')
    const operation = findOperation(request)
    const given = parseJson(request.body.toString('utf8'))
    if (!isRecord(given))
      throw new EcrError('SerializationException', 'The request body is not a JSON object')
    const urls = { registryUrl: registry.url, layersUrl: registry.layers.url }
    const input = withAlias(given, state.registry.alias ?? '')
    return json(now, 200, operation({ input, state, registry: state.registry, principal, now, ...urls }))
  } catch (error) {
    if (error instanceof EcrError) return json(now, 400, { __type: error.code, message: error.message })
    throw error
  }
}

function findOperation({ method, headers }: SandboxRequest): (call: EcrCall) => JsonRecord {
  const target = headers['x-amz-target'] ?? ''
  const name = target.startsWith(TARGET) ? target.slice(TARGET.length) : ''
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined
  if (method === 'POST' && operation) return operation
  throw new EcrError('UnknownOperationException', `Operation ${target || '(none)'} is not known`)
}

/** One token, and not a list of them; it takes a right of STS as well (ECR Public user guide, "Registry authentication"). */
function getAuthorizationToken(call: EcrCall): JsonRecord {
  authorizeEcr(call, 'GetAuthorizationToken', '*')
  const refusal = refusalText(call.registry, call.principal, 'sts:GetServiceBearerToken', '*')
  if (refusal !== undefined) throw new EcrError('AccessDeniedException', refusal)
  const { password, expiresAt } = issuePassword(call.registry, call.principal, call.now)
  const authorizationToken = Buffer.from(`AWS:${password}`).toString('base64')
  return { authorizationData: { authorizationToken, expiresAt: expiresAt / 1000 } }
}

/** A list in an answer, which may have another page. */
function changeEach(answer: JsonRecord, list: string, change: (one: JsonRecord) => JsonRecord): JsonRecord {
  return { ...answer, [list]: (recordsField(answer, list) ?? []).map(change) }
}

/** The API names repositories without the alias. */
function withAlias(input: JsonRecord, alias: string): JsonRecord {
  const name = stringField(input, 'repositoryName')
  const names = stringsField(input, 'repositoryNames')
  return {
    ...input,
    ...(name !== undefined && { repositoryName: `${alias}/${name}` }),
    ...(names && { repositoryNames: names.map((one) => `${alias}/${one}`) }),
  }
}

function withoutAlias(record: JsonRecord): JsonRecord {
  const { repositoryName, ...others } = record
  return { ...others, repositoryName: String(repositoryName).replace(/^[^/]*\//, '') }
}

/** API reference, Repository: tags do not become immutable, nothing is scanned, and there is no key to choose. */
function publicRepository(repository: JsonRecord = {}): JsonRecord {
  const { repositoryArn, registryId, repositoryName, repositoryUri, createdAt } = repository
  return withoutAlias({ repositoryArn, registryId, repositoryName, repositoryUri, createdAt })
}

/** API reference, ImageDetail. */
function publicDetail(detail: JsonRecord): JsonRecord {
  const { imageStatus: _status, subjectManifestDigest: _subject, imageScanStatus: _scan, imageScanFindingsSummary: _findings, ...others } = detail // biome-ignore format: one line
  return withoutAlias(others)
}

/** The date comes with it: SDK clients correct their own clock by it. */
function json(now: number, status: number, body: JsonRecord): SandboxResponse {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
    date: new Date(now).toUTCString(),
  }
  return { status, headers, body: JSON.stringify(body) }
}
