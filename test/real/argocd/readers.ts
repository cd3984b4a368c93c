import { type Argocd, signIn } from '@mlops-actions/argocd'
import { createCore } from '@mlops-actions/argocd/core'
import { createHttp, type HttpClient, type HttpRequest, type Validate } from '@mlops-actions/http'
import { createKubernetes, type KubernetesClient, type ResourceType } from '@mlops-actions/kubernetes'
import { testWorld } from '../../harness/world.ts'
import { misfits } from './fits.ts'
import { sampleOf, watched } from './sample.ts'
import { type Definitions, type Operation, operationOf, type Schema, type Swagger } from './schema.ts'

/** What a reader did that the schemas do not know of. */
export type Tell = (problem: string) => void

const URL_OF_ARGOCD = 'https://argocd.test'

/** Our client of the API, answered by everything that swagger says may come. */
export function readerOfApi(swagger: Swagger, tell: Tell): Argocd {
  const world = testWorld()
  const answer = (request: HttpRequest): unknown => {
    const { method = 'GET', url, body } = request
    const { pathname, searchParams } = new URL(url)
    const operation = operationOf(swagger, method, pathname)
    for (const name of searchParams.keys())
      if (!operation.parameters?.some((one) => one.in === 'query' && one.name === name))
        tell(`${operation.template} has no parameter ${name}`)
    const sent = operation.parameters?.find((one) => one.in === 'body')?.schema
    if (typeof body === 'object' && 'json' in body && sent !== undefined)
      for (const problem of misfits(body.json, sent, swagger.definitions))
        tell(`${operation.template} is sent ${problem}`)
    return sampleOf(schemaOf(operation), swagger.definitions)
  }
  const real = createHttp(world, { trustedOrigins: [URL_OF_ARGOCD] })
  const http: HttpClient = {
    ...real,
    json: async <T>(request: HttpRequest, validate: Validate<T>) =>
      validate(watched(answer(request), (path) => tell(`${request.what}: there is no field ${path}`))),
    request: async (request) => ({
      status: 200,
      headers: {},
      body: Buffer.from(JSON.stringify(answer(request))),
      url: String(request.url),
    }),
    stream: async (request) => {
      const text = JSON.stringify(answer(request))
      return { status: 200, headers: {}, chunks: once(Buffer.from(`data: ${text}\n\n`)), close: () => {} }
    },
  }
  const credentials = { kind: 'password', username: 'ci', password: 'password' } as const
  return signIn(world, http, { url: URL_OF_ARGOCD, credentials, deadline: world.now() })
}

function schemaOf({ responses }: Operation): Schema {
  return responses['200']?.schema ?? {}
}

async function* once(chunk: Buffer): AsyncGenerator<Buffer> {
  yield chunk
}

/** Core mode on objects with every field that the CRDs have. */
export function readerOfResources(
  schemas: ReadonlyMap<string, Schema>,
  definitions: Definitions,
  tell: Tell,
): Argocd {
  const world = testWorld()
  const real = createKubernetes(world, { server: 'https://kubernetes.test', token: 'token' })
  const sample = <T>(type: ResourceType<T>): T => {
    const schema = schemas.get(type.plural) ?? {}
    const metadata = {
      ...Object(sampleOf({ $ref: '#/definitions/v1ObjectMeta' }, definitions)),
      annotations: {},
    }
    const whole = { ...Object(sampleOf(schema, definitions)), metadata }
    // In the project that is asked for, and on Argo CD's own cluster, so that no other one is.
    const { spec } = Object(whole)
    if (type.plural === 'applications')
      Object.assign(spec, { project: 'ml', destination: { ...spec.destination, name: 'in-cluster' } })
    return type.check(watched(whole, (path) => tell(`${type.kind}: there is no field ${path}`)))
  }
  const client: KubernetesClient = {
    ...real,
    get: async (type) => sample(type),
    list: async (type) => ({
      items: type.plural === 'applications' ? [sample(type)] : [],
      resourceVersion: '1',
    }),
    find: async () => undefined,
    podLog: async () => '',
    patch: async (type, _, patch) => {
      const { status: _status, metadata: _metadata, ...own } = Object(patch)
      // A patch has what changes.
      const schema = { ...schemas.get(type.plural), required: [] }
      for (const problem of misfits(own, schema, definitions))
        tell(`the patch of a ${type.kind} has ${problem}`)
      return sample(type)
    },
  }
  const hub = { client, eksCluster: undefined }
  const options = { workload: undefined, namespace: 'argocd', refresh: true, needsPods: true }
  return createCore(world, { hub, ...options })
}
