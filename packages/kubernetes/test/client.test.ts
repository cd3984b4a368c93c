import { afterEach, describe, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import { FAULTS, startFaultServer } from '@mlops-actions/sandbox/faults'
import { type Handler, type SandboxServer, serve } from '@mlops-actions/sandbox/server'
import { HOSTILE_TEXT } from '../../../test/harness/hostile.ts'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { createKubernetes, DEPLOYMENTS, EVENTS, type KubernetesClient, PODS, type Pod } from '../src/index.ts'

const closing: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close()
})

const json = (body: unknown, status = 200) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const status = (code: number, reason: string, message: string) =>
  json({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code }, code)
const podNamed = (name: string, resourceVersion: string) => ({
  metadata: { name, namespace: 'models', uid: name, resourceVersion },
  spec: { containers: [] },
})

async function api(
  handler: Handler,
): Promise<{ client: KubernetesClient; server: SandboxServer; world: TestWorld }> {
  const server = await serve(handler)
  const world = testWorld()
  const client = createKubernetes(world, { server: server.url, token: 'canary-token' })
  closing.push(client, server)
  return { client, server, world }
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (thrown instanceof Failure) return thrown
  throw new Error(`expected a Failure, got ${String(thrown)}`)
}

const CHURN = { namespace: 'models', name: 'churn-predictor' }

describe('reading', () => {
  test('gets one object with the token, and keeps only what it asked for', async () => {
    const { client, server } = await api(() =>
      json({
        metadata: { name: 'churn-predictor', generation: 3, managedFields: [] },
        spec: { template: { spec: { containers: [] } } },
      }),
    )
    const found = await client.get(DEPLOYMENTS, CHURN)
    expect(found).toMatchObject({
      metadata: { generation: 3 },
      spec: { replicas: 1 },
      status: { replicas: 0 },
    })
    expect(found.metadata).not.toHaveProperty('managedFields')
    expect(server.requests).toMatchObject([
      {
        path: '/apis/apps/v1/namespaces/models/deployments/churn-predictor',
        headers: { authorization: 'Bearer canary-token' },
      },
    ])
  })

  test('finds nothing where there is nothing', async () => {
    const { client } = await api(() =>
      status(404, 'NotFound', 'deployments.apps "churn-predictor" not found'),
    )
    expect(await client.find(DEPLOYMENTS, CHURN)).toBeUndefined()
  })

  test('takes no 404 but the API server’s own for an absence', async () => {
    const { client } = await api(() => json({ message: 'no such route' }, 404))
    await expect(client.find(DEPLOYMENTS, CHURN)).rejects.toMatchObject({
      kind: 'not-found',
      details: { next: expect.stringContaining('what answers there is not the Kubernetes API') },
    })
  })

  test('says of a login page that this is not the API server, and names no input that nobody has', async () => {
    const headers = { 'content-type': 'text/html' }
    const { client } = await api(() => ({ status: 200, headers, body: '<html><title>Dex</title></html>' }))
    await expect(client.get(DEPLOYMENTS, CHURN)).rejects.toMatchObject({
      kind: 'auth',
      details: { next: expect.stringContaining('what answers there is not the Kubernetes API') },
    })
  })

  test('lists all pages with their selector', async () => {
    const { client, server } = await api(({ query }) =>
      query.get('continue') === 'two'
        ? json({ metadata: { resourceVersion: '7', continue: '' }, items: [podNamed('b', '2')] })
        : json({ metadata: { resourceVersion: '7', continue: 'two' }, items: [podNamed('a', '1')] }),
    )
    const { items, resourceVersion } = await client.list(PODS, {
      namespace: 'models',
      labelSelector: 'app=x',
    })
    expect(items.map((pod) => pod.metadata.name)).toEqual(['a', 'b'])
    expect(resourceVersion).toBe('7')
    expect(server.requests.map(({ query }) => query)).toEqual([
      'labelSelector=app%3Dx&limit=500',
      'labelSelector=app%3Dx&limit=500&continue=two',
    ])
  })

  test('begins a list anew, in one piece, when its next page came too late', async () => {
    const { client } = await api(({ query }) => {
      if (query.has('continue')) return status(410, 'Expired', 'The provided continue parameter is too old')
      if (query.has('limit')) return json({ metadata: { continue: 'x' }, items: [podNamed('a', '1')] })
      return json({ metadata: { resourceVersion: '9' }, items: [podNamed('a', '1'), podNamed('b', '2')] })
    })
    const { items } = await client.list(PODS, { namespace: 'models' })
    expect(items.map((pod) => pod.metadata.name)).toEqual(['a', 'b'])
  })

  test('reads the end of a log, also of the life before', async () => {
    const { client, server } = await api(() => ({
      status: 200,
      headers: { 'content-type': 'text/plain' },
      body: 'KeyError\n',
    }))
    const query = { namespace: 'models', name: 'p', container: 'kserve-container', previous: true }
    expect(await client.podLog(query)).toBe('KeyError\n')
    expect(server.requests[0]?.query).toBe(
      'container=kserve-container&tailLines=50&limitBytes=65536&previous=true',
    )
  })

  test('patches by merge', async () => {
    const { client, server } = await api(() =>
      json({ metadata: { name: 'x' }, spec: { template: { spec: {} } } }),
    )
    await client.patch(DEPLOYMENTS, CHURN, { spec: { replicas: 2 } })
    expect(server.requests).toMatchObject([
      { method: 'PATCH', headers: { 'content-type': 'application/merge-patch+json' } },
    ])
  })

  test('asks for a fresh token with each request', async () => {
    const server = await serve(() => json({ metadata: {}, items: [] }))
    let tokens = 0
    const client = createKubernetes(testWorld(), {
      server: server.url,
      token: async () => `token-${++tokens}`,
    })
    closing.push(client, server)
    await client.list(PODS, { namespace: 'a' })
    await client.list(PODS, { namespace: 'a' })
    expect(server.requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ])
  })
})

describe('a refusal', () => {
  test('for lack of rights holds the rule that the Role needs', async () => {
    const message =
      'deployments.apps "churn-predictor" is forbidden: User "system:serviceaccount:ci:wait" cannot get resource "deployments" in API group "apps" in the namespace "models"'
    const { client, server } = await api(() => status(403, 'Forbidden', message))
    const failure = await failureOf(client.get(DEPLOYMENTS, CHURN))
    expect(failure.details).toMatchObject({
      kind: 'auth',
      code: 'HTTP_403',
      what: 'Cannot get deployments.apps "churn-predictor" in namespace "models"',
      on: `the Kubernetes API at ${new URL(server.url).host}`,
      next: 'Grant it to the ServiceAccount wait of the namespace ci: add this rule to a Role of the namespace models (or a ClusterRole) bound to it: { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] }',
    })
    expect(failure.details.seen).toContain(message)
    expect(server.requests).toHaveLength(1)
  })

  test.each([
    ['User "arn:aws:iam::1:role/ci" cannot get resource', 'the user arn:aws:iam::1:role/ci'],
    ['User "system:anonymous" cannot get resource', 'who has logged in'],
    ['admission webhook "x" denied the request', 'the identity of this step'],
  ])('that says %s is advised for %s', async (message, subject) => {
    const { client } = await api(() => status(403, 'Forbidden', message))
    const { details } = await failureOf(client.get(DEPLOYMENTS, CHURN))
    expect(details.next).toMatch(`Grant it to ${subject}`)
  })

  test('of a log names the subresource', async () => {
    const { client } = await api(() => status(403, 'Forbidden', 'no'))
    const failure = await failureOf(client.podLog({ namespace: 'models', name: 'p', container: 'c' }))
    expect(failure.details.next).toContain('{ apiGroups: [""], resources: ["pods/log"], verbs: ["get"] }')
  })

  test('of an expired token says so and never shows it', async () => {
    const { client } = await api(() => status(401, 'Unauthorized', 'Unauthorized'))
    const failure = await failureOf(client.get(DEPLOYMENTS, CHURN))
    expect(failure.kind).toBe('auth')
    expect(failure.details.next).toContain('Renew the token')
    expect(failure.message).not.toContain('canary-token')
  })

  test('of a kind that the cluster does not know asks whether it is installed', async () => {
    const { client } = await api(() => ({
      status: 404,
      headers: { 'content-type': 'text/plain' },
      body: '404 page not found\n',
    }))
    const failure = await failureOf(client.get(DEPLOYMENTS, CHURN))
    expect(failure.details).toMatchObject({
      kind: 'not-found',
      next: expect.stringContaining('is what defines it installed?'),
    })
  })

  test('of an object of another shape names the path', async () => {
    const { client } = await api(() => json({ metadata: { name: 3 }, spec: {} }))
    const failure = await failureOf(client.get(DEPLOYMENTS, CHURN))
    expect(failure.details).toMatchObject({
      kind: 'upstream',
      seen: expect.stringContaining('metadata.name: got number, want string'),
    })
  })

  test.each(Object.entries(FAULTS).filter(([, { kind, tls }]) => kind !== undefined && tls === undefined))(
    'by "%s" is a failure of its kind',
    async (_name, fault) => {
      const server = await startFaultServer({ modes: fault.modes })
      closing.push(server)
      const client = createKubernetes(
        testWorld(),
        { server: server.url },
        { requestTimeout: fault.kind === 'timeout' ? 100 : 20_000, retries: 1 },
      )
      closing.push(client)
      const failure = await failureOf(client.list(EVENTS, { namespace: 'models' }))
      expect(failure.kind).toBe(fault.kind)
      expect(failure.details).toMatchObject({
        what: 'Cannot list events in namespace "models"',
        on: expect.stringContaining(server.host),
      })
    },
  )

  test.each(HOSTILE_TEXT.map((text) => [text]))(
    'that says %j keeps it inside of what was seen',
    async (text) => {
      const { client } = await api(() => status(500, 'InternalError', text))
      const failure = await failureOf(client.get(DEPLOYMENTS, CHURN))
      expect(failure.details.what).toBe('Cannot get deployments.apps "churn-predictor" in namespace "models"')
      expect(failure.details.next).not.toContain(text)
    },
    30_000,
  )
})

describe('a watch', () => {
  const lines = (...events: object[]) => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: `${events.map((event) => JSON.stringify(event)).join('\n')}\n`,
  })
  const event = (type: string, name: string, version: string) => ({ type, object: podNamed(name, version) })
  const names = (pods: readonly Pod[]) => pods.map((pod) => pod.metadata.name).join(' ')

  /** Answers lists and watches with what is queued for them; the last watch stays open. */
  function scripted(lists: object[], watches: ReturnType<typeof lines>[]): Handler {
    return ({ query, signal }) => {
      if (!query.has('watch')) return json(lists.shift() ?? { metadata: { resourceVersion: '0' }, items: [] })
      return (
        watches.shift() ?? {
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: silence(signal),
        }
      )
    }
  }

  async function* silence(signal: AbortSignal): AsyncGenerator<string> {
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    yield ''
  }

  async function take(client: KubernetesClient, count: number): Promise<string[]> {
    const over = new AbortController()
    const seen: string[] = []
    for await (const pods of client.watch(PODS, { namespace: 'models' }, over.signal)) {
      seen.push(names(pods))
      if (seen.length === count) break
    }
    over.abort()
    return seen
  }

  test('gives the list, then the list after each change', async () => {
    const { client, server } = await api(
      scripted(
        [{ metadata: { resourceVersion: '5' }, items: [podNamed('a', '4')] }],
        [lines(event('ADDED', 'b', '6'), event('MODIFIED', 'a', '7'), event('DELETED', 'b', '8'))],
      ),
    )
    expect(await take(client, 4)).toEqual(['a', 'a b', 'a b', 'a'])
    expect(server.requests[1]?.query).toBe(
      'watch=1&allowWatchBookmarks=true&resourceVersion=5&timeoutSeconds=240',
    )
  })

  test('goes on where an ended watch was, bookmarks included', async () => {
    const { client, server } = await api(
      scripted(
        [{ metadata: { resourceVersion: '5' }, items: [] }],
        [
          lines({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '9' } } }),
          lines(event('ADDED', 'c', '11')),
        ],
      ),
    )
    expect(await take(client, 2)).toEqual(['', 'c'])
    expect(server.requests.map(({ query }) => new URLSearchParams(query).get('resourceVersion'))).toEqual([
      null,
      '5',
      '9',
    ])
  })

  test.each([
    [
      'in an event',
      lines({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' } }),
    ],
    ['as an answer', status(410, 'Expired', 'too old resource version')],
  ])('lists anew, and at once, after a 410 %s', async (_name, gone) => {
    const { client, world } = await api(
      scripted(
        [
          { metadata: { resourceVersion: '5' }, items: [podNamed('a', '4')] },
          { metadata: { resourceVersion: '50' }, items: [podNamed('z', '49')] },
        ],
        [gone],
      ),
    )
    expect(await take(client, 2)).toEqual(['a', 'z'])
    expect(world.sleeps).toEqual([])
  })

  test('survives a stream that is cut in the middle of a line', async () => {
    const cut = { ...lines(), body: '{"type":"ADDED","obj' }
    const { client } = await api(
      scripted(
        [
          { metadata: { resourceVersion: '5' }, items: [] },
          { metadata: { resourceVersion: '6' }, items: [podNamed('a', '6')] },
        ],
        [cut],
      ),
    )
    expect(await take(client, 2)).toEqual(['', 'a'])
  })

  test('ends with the failure when it is refused', async () => {
    const { client } = await api(({ query }) =>
      query.has('watch')
        ? status(403, 'Forbidden', 'no')
        : json({ metadata: { resourceVersion: '1' }, items: [] }),
    )
    const failure = await failureOf(take(client, 2))
    expect(failure.details).toMatchObject({ kind: 'auth', what: 'Cannot watch pods in namespace "models"' })
  })
})
