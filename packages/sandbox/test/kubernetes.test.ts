import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import {
  addNamespaces,
  createManualClock,
  type KubernetesServer,
  RESOURCES,
  startKubernetes,
} from '../src/kubernetes/index.ts'

const NS = '/api/v1/namespaces/models'
const APPS = '/apis/apps/v1/namespaces/models'
const clock = createManualClock()
let server: KubernetesServer

beforeAll(async () => {
  server = await startKubernetes({ clock, bookmarkEvery: 5_000 })
})
afterAll(() => server.close())
beforeEach(() => {
  for (const type of Object.values(RESOURCES)) {
    for (const object of server.state.store.list(type)) {
      const { namespace = '', name } = object.metadata
      server.state.store.remove({ type, namespace, name }, { force: true })
    }
  }
  server.state.deny.length = 0
  addNamespaces(server.state.store, ['models', 'argocd'])
})

interface Answer {
  status: number
  text: string
  body: Record<string, never>
}

async function call(method: string, path: string, body?: unknown, headers = {}): Promise<Answer> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: 'Bearer admin-token', 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, text, body: text.startsWith('{') ? JSON.parse(text) : {} }
}

const pod = (name: string, labels: Record<string, string> = {}): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels },
  spec: { containers: [{ name: 'main', image: 'a' }] },
})
const deployment = (replicas: number): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { replicas, template: { spec: { containers: [{ name: 'main', image: 'a:1' }] } } },
})

/** Reads a watch line by line until `count` events have come. */
async function watchEvents(
  path: string,
  count: number,
  act: () => Promise<unknown>,
): Promise<{ type: string; object: { metadata: { name: string } } }[]> {
  const stop = new AbortController()
  const response = await fetch(`${server.url}${path}`, {
    headers: { authorization: 'Bearer admin-token' },
    signal: stop.signal,
  })
  await act()
  const events = []
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    const lines = text.split('\n')
    text = lines.pop() ?? ''
    events.push(...lines.map((line) => JSON.parse(line)))
    if (events.length >= count) break
  }
  stop.abort()
  return events
}

describe('access', () => {
  test('a request without a known token gets a 401 Status, version and health do not need one', async () => {
    expect(await call('GET', `${NS}/pods`, undefined, { authorization: 'Bearer nobody' })).toMatchObject({
      status: 401,
      body: { kind: 'Status', status: 'Failure', reason: 'Unauthorized', code: 401 },
    })
    expect((await call('GET', '/version', undefined, { authorization: '' })).body).toMatchObject({
      major: '1',
    })
    expect((await call('GET', '/readyz', undefined, { authorization: '' })).text).toBe('ok')
  })

  test('a deny rule gives the 403 Status that names user, verb, resource and namespace', async () => {
    server.state.deny.push({ verb: 'list', resource: 'deployments', namespace: 'models' })
    expect(await call('GET', `${APPS}/deployments`)).toMatchObject({
      status: 403,
      body: {
        reason: 'Forbidden',
        message:
          'deployments.apps is forbidden: User "admin" cannot list resource "deployments" in API group "apps" in the namespace "models"',
      },
    })
    expect((await call('GET', `${APPS}/deployments/web`)).status).toBe(404)
  })

  test('a user with rules may do what they allow, and nothing else', async () => {
    server.state.tokens.set('reader', {
      username: 'system:serviceaccount:models:reader',
      groups: [],
      rules: [
        { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'], namespace: 'models' },
        { apiGroups: ['apps'], resources: ['deployments'], verbs: ['*'], resourceNames: ['web'] },
      ],
    })
    const as = { authorization: 'Bearer reader' }
    const status = async (method: string, path: string, body?: object): Promise<number> =>
      (await call(method, path, body, as)).status
    expect([
      await status('GET', `${NS}/pods`),
      await status('GET', `${NS}/pods/a/log`),
      await status('GET', `${APPS}/deployments/web`),
    ]).toEqual([200, 404, 404])
    expect([
      await status('POST', `${NS}/pods`, pod('a')),
      await status('GET', `${NS}/events`),
      await status('GET', '/api/v1/namespaces/other/pods'),
      await status('GET', '/api/v1/pods'),
      await status('GET', `${APPS}/deployments`),
    ]).toEqual([403, 403, 403, 403, 403])
    expect((await call('GET', `${NS}/secrets`, undefined, as)).body).toMatchObject({
      reason: 'Forbidden',
      message:
        'secrets is forbidden: User "system:serviceaccount:models:reader" cannot list resource "secrets" in API group "" in the namespace "models"',
    })
  })

  test('a POST through the service proxy needs the verb create on services/proxy', async () => {
    server.state.deny.push({ verb: 'create', resource: 'services/proxy' })
    expect((await call('POST', `${NS}/services/web:80/proxy/v1`, {})).body).toMatchObject({
      message:
        'services "web:80" is forbidden: User "admin" cannot create resource "services/proxy" in API group "" in the namespace "models"',
    })
  })
})

describe('objects', () => {
  test('discovery lists groups and resources; an unknown path is plain 404', async () => {
    expect((await call('GET', '/apis/serving.kserve.io/v1beta1')).text).toContain('inferenceservices')
    expect((await call('GET', '/apis')).text).toContain('argoproj.io')
    expect(await call('GET', '/apis/none.example/v1/things')).toMatchObject({
      status: 404,
      text: '404 page not found\n',
    })
  })

  test('the generation moves with the spec and not with metadata or status', async () => {
    await call('POST', `${APPS}/deployments`, deployment(1))
    const merge = { 'content-type': 'application/merge-patch+json' }
    const labelled = await call(
      'PATCH',
      `${APPS}/deployments/web`,
      { metadata: { labels: { a: 'b' } } },
      merge,
    )
    expect(labelled.body).toMatchObject({ metadata: { generation: 1, labels: { a: 'b' } } })
    const scaled = await call(
      'PATCH',
      `${APPS}/deployments/web`,
      { spec: { replicas: 3 }, status: { replicas: 9 } },
      merge,
    )
    expect(scaled.body).toMatchObject({ metadata: { generation: 2 }, spec: { replicas: 3 } })
    expect(scaled.body).not.toHaveProperty('status')
    const status = await call('PATCH', `${APPS}/deployments/web/status`, { status: { replicas: 3 } }, merge)
    expect(status.body).toMatchObject({ metadata: { generation: 2 }, status: { replicas: 3 } })
  })

  test.each([
    ['POST', `${NS.replace('models', 'none')}/configmaps`, 'application/json'],
    ['PATCH', `${NS.replace('models', 'none')}/configmaps/a?fieldManager=us`, 'application/apply-patch+yaml'],
  ])('%s into a namespace that nobody has made is a 404 that names it', async (method, path, contentType) => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }
    expect(await call(method, path, object, { 'content-type': contentType })).toMatchObject({
      status: 404,
      body: { reason: 'NotFound', message: 'namespaces "none" not found', details: { kind: 'namespaces' } },
    })
  })

  test('an Application has no status subresource: a status change moves its generation', async () => {
    const path = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications'
    await call('POST', path, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'a' },
      spec: {},
    })
    const merge = { 'content-type': 'application/merge-patch+json' }
    const changed = await call('PATCH', `${path}/a`, { status: { health: { status: 'Healthy' } } }, merge)
    expect(changed.body).toMatchObject({
      metadata: { generation: 2 },
      status: { health: { status: 'Healthy' } },
    })
  })

  test('PUT with an old resourceVersion is a 409 Conflict, a second POST a 409 AlreadyExists', async () => {
    const first = await call('POST', `${NS}/pods`, pod('a'))
    expect((await call('POST', `${NS}/pods`, pod('a'))).body).toMatchObject({
      code: 409,
      reason: 'AlreadyExists',
    })
    const changed = { ...first.body, metadata: { ...Object(first.body['metadata']), labels: { x: '1' } } }
    expect((await call('PUT', `${NS}/pods/a`, changed)).status).toBe(200)
    expect((await call('PUT', `${NS}/pods/a`, changed)).body).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: expect.stringContaining(
        'the object has been modified; please apply your changes to the latest version',
      ),
    })
  })

  test('an update that changes nothing keeps the resourceVersion', async () => {
    const made = await call('POST', `${APPS}/deployments`, deployment(1))
    const again = await call(
      'PATCH',
      `${APPS}/deployments/web`,
      { spec: { replicas: 1 } },
      { 'content-type': 'application/merge-patch+json' },
    )
    expect(again.body['metadata']).toEqual(made.body['metadata'])
  })

  test('server-side apply creates, then merges containers by name, and wants a field manager', async () => {
    const apply = { 'content-type': 'application/apply-patch+yaml' }
    const yaml = (image: string): string =>
      `{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{name: main, image: '${image}'}]}}}}`
    expect((await call('PATCH', `${APPS}/deployments/web`, yaml('a:1'), apply)).status).toBe(400)
    const path = `${APPS}/deployments/web?fieldManager=test`
    expect((await call('PATCH', path, yaml('a:1'), apply)).status).toBe(201)
    expect((await call('PATCH', path, yaml('a:2'), apply)).text).toContain('"image":"a:2"')
  })

  test('a strategic merge patch of a custom resource is 415', async () => {
    const path = '/apis/serving.kserve.io/v1beta1/namespaces/models/inferenceservices'
    await call('POST', path, { metadata: { name: 'iris' }, spec: { predictor: {} } })
    const headers = { 'content-type': 'application/strategic-merge-patch+json' }
    expect((await call('PATCH', `${path}/iris`, {}, headers)).body).toMatchObject({
      code: 415,
      reason: 'UnsupportedMediaType',
    })
  })

  test('a JSON patch follows RFC 6902 and refuses a step that does not fit', async () => {
    await call('POST', `${NS}/pods`, pod('a', { x: '1' }))
    const headers = { 'content-type': 'application/json-patch+json' }
    const good = [
      { op: 'test', path: '/metadata/labels/x', value: '1' },
      { op: 'replace', path: '/metadata/labels/x', value: '2' },
    ]
    expect((await call('PATCH', `${NS}/pods/a`, good, headers)).body).toMatchObject({
      metadata: { labels: { x: '2' } },
    })
    expect((await call('PATCH', `${NS}/pods/a`, good, headers)).status).toBe(422)
  })

  test('a pod on a node lingers with a deletionTimestamp, one without a node is gone', async () => {
    await call('POST', `${NS}/pods`, pod('loose'))
    await call('POST', `${NS}/pods`, { ...pod('bound'), spec: { nodeName: 'node-1', containers: [] } })
    expect((await call('DELETE', `${NS}/pods/loose`)).body).toMatchObject({
      kind: 'Status',
      status: 'Success',
    })
    expect((await call('DELETE', `${NS}/pods/bound`)).body).toHaveProperty(['metadata', 'deletionTimestamp'])
    expect((await call('GET', `${NS}/pods/loose`)).status).toBe(404)
    expect((await call('GET', `${NS}/pods/bound`)).status).toBe(200)
  })
})

describe('lists and watches', () => {
  test.each([
    ['labelSelector=app%3Dx', ['a', 'b']],
    ['labelSelector=app%20in%20(y,z)', ['c']],
    ['labelSelector=app!%3Dx', ['c', 'd']],
    ['labelSelector=!app', ['d']],
    ['fieldSelector=metadata.name%3Db', ['b']],
  ])('LIST with %s gives %j', async (query, names) => {
    for (const [name, app] of [
      ['a', 'x'],
      ['b', 'x'],
      ['c', 'y'],
      ['d', ''],
    ] as const) {
      await call('POST', `${NS}/pods`, pod(name, app === '' ? {} : { app }))
    }
    const list = await call('GET', `${NS}/pods?${query}`)
    expect(
      JSON.parse(list.text).items.map((item: { metadata: { name: string } }) => item.metadata.name),
    ).toEqual(names)
  })

  test('a field that cannot be selected by is 400', async () => {
    expect((await call('GET', `${NS}/pods?fieldSelector=spec.color%3Dred`)).body).toMatchObject({
      code: 400,
      message: 'field label not supported: spec.color',
    })
  })

  test('pages carry a continue token and one revision, and a token older than the history is 410', async () => {
    for (const name of ['a', 'b', 'c']) await call('POST', `${NS}/pods`, pod(name))
    const first = JSON.parse((await call('GET', `${NS}/pods?limit=2`)).text)
    expect(first.metadata.remainingItemCount).toBe(1)
    const next = `${NS}/pods?limit=2&continue=${first.metadata.continue}`
    const second = JSON.parse((await call('GET', next)).text)
    expect(second.items).toHaveLength(1)
    expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion)
    await call('POST', `${NS}/pods`, pod('d'))
    await call('POST', `${NS}/pods`, pod('e'))
    server.state.store.compact(1)
    expect((await call('GET', next)).body).toMatchObject({ code: 410, reason: 'Expired' })
  })

  test('a watch replays from its version and turns a changed label into DELETED', async () => {
    const list = JSON.parse((await call('GET', `${NS}/pods`)).text)
    await call('POST', `${NS}/pods`, pod('a', { app: 'x' }))
    const path = `${NS}/pods?watch=1&labelSelector=app%3Dx&resourceVersion=${list.metadata.resourceVersion}`
    const merge = { 'content-type': 'application/merge-patch+json' }
    const events = await watchEvents(path, 3, async () => {
      await call('PATCH', `${NS}/pods/a`, { metadata: { labels: { y: '1' } } }, merge)
      await call('PATCH', `${NS}/pods/a`, { metadata: { labels: { app: 'other' } } }, merge)
      await call('POST', `${NS}/pods`, pod('not-mine'))
    })
    expect(events.map((event) => event.type)).toEqual(['ADDED', 'MODIFIED', 'DELETED'])
  })

  test('a watch from a version that is no longer known ends with a 410 ERROR event', async () => {
    for (const name of ['a', 'b', 'c']) await call('POST', `${NS}/pods`, pod(name))
    server.state.store.compact(1)
    const events = await watchEvents(`${NS}/pods?watch=1&resourceVersion=5`, 1, async () => {})
    expect(events[0]).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired' },
    })
  })

  test('a quiet watch gets bookmarks, and timeoutSeconds ends it', async () => {
    const path = `${NS}/pods?watch=1&allowWatchBookmarks=true&timeoutSeconds=7`
    const events = await watchEvents(path, 99, () => clock.advance(10_000))
    expect(events.map((event) => event.type)).toEqual(['BOOKMARK', 'BOOKMARK'])
  })
})

describe('pods and services', () => {
  test('logs: tail, previous life, and the reason why there are none', async () => {
    await call('POST', `${NS}/pods`, pod('a'))
    expect((await call('GET', `${NS}/pods/a/log`)).body).toMatchObject({
      code: 400,
      message: 'container "main" in pod "a" is waiting to start: ContainerCreating',
    })
    const line = (text: string): { at: number; text: string } => ({ at: 0, text })
    server.state.logs.set('models/a/main', { current: [line('one'), line('two')], previous: [line('boom')] })
    expect((await call('GET', `${NS}/pods/a/log?tailLines=1`)).text).toBe('two\n')
    expect((await call('GET', `${NS}/pods/a/log?previous=true&container=main`)).text).toBe('boom\n')
    expect((await call('GET', `${NS}/pods/a/log?container=none`)).status).toBe(400)
  })

  test('the service proxy reaches a ready pod, and says 503 when there is none', async () => {
    const backend = createServer((incoming, outgoing) => outgoing.end(`${incoming.method} ${incoming.url}`))
    await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve))
    const service = {
      metadata: { name: 'web' },
      spec: { selector: { app: 'x' }, ports: [{ name: 'http', port: 80 }] },
    }
    await call('POST', `${NS}/services`, service)
    await call('POST', `${NS}/pods`, pod('a', { app: 'x' }))
    expect((await call('GET', `${NS}/services/web:80/proxy/health`)).body).toMatchObject({
      code: 503,
      message: 'no endpoints available for service "web:80"',
    })
    const ready = { status: { conditions: [{ type: 'Ready', status: 'True' }] } }
    await call('PATCH', `${NS}/pods/a/status`, ready, { 'content-type': 'application/merge-patch+json' })
    server.state.podUrls.set('models/a', `http://127.0.0.1:${(backend.address() as AddressInfo).port}`)
    expect((await call('POST', `${NS}/services/http:web:80/proxy/v1/m:predict?x=1`, {})).text).toBe(
      'POST /v1/m:predict?x=1',
    )
    backend.close()
  })
})
