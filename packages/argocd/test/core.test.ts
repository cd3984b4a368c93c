import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Failure, toFailure } from '@mlops-actions/diagnostics'
import { createKubernetes, type KubernetesClient, PODS } from '@mlops-actions/kubernetes'
import {
  createManualClock,
  type JsonObject,
  type KubeObject,
  type KubernetesServer,
  type RbacRule,
  RESOURCES,
  type ResourceType,
  startKubernetes,
} from '@mlops-actions/sandbox/kubernetes'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { type CoreOptions, createCore } from '../src/core/index.ts'
import type { Argocd } from '../src/index.ts'

// Against the sandbox's Kubernetes API, in which the objects are that Argo CD and other controllers would have made.

const APP = { name: 'churn', project: 'ml' }
const KEY = { type: RESOURCES.applications, namespace: 'argocd', name: 'churn' }
const HUB = { server: 'https://kubernetes.default.svc', namespace: 'ml' }
/** What the README asks for. */
const RULES: readonly RbacRule[] = [
  {
    apiGroups: ['argoproj.io'],
    resources: ['applications'],
    verbs: ['get', 'list', 'watch', 'patch'],
    namespace: 'argocd',
  },
  {
    apiGroups: ['argoproj.io'],
    resources: ['appprojects', 'applicationsets'],
    verbs: ['get'],
    namespace: 'argocd',
  },
  { apiGroups: [''], resources: ['pods', 'events'], verbs: ['get', 'list'], namespace: 'ml' },
  { apiGroups: ['apps'], resources: ['deployments', 'replicasets'], verbs: ['get', 'list'], namespace: 'ml' },
  {
    apiGroups: ['serving.kserve.io'],
    resources: ['inferenceservices'],
    verbs: ['get', 'list'],
    namespace: 'ml',
  },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'], namespace: 'ml' },
]
let world: TestWorld
let hub: KubernetesServer
let spoke: KubernetesServer
const clients: KubernetesClient[] = []

beforeEach(async () => {
  world = testWorld()
  hub = await startKubernetes({ clock: createManualClock() })
  spoke = await startKubernetes({ clock: createManualClock() })
  hub.state.tokens.set('ours', { username: 'ci', groups: [], rules: RULES })
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await hub.close()
  await spoke.close()
})

function connect(server: KubernetesServer, token: string): KubernetesClient {
  const client = createKubernetes(world, { server: server.url, token })
  clients.push(client)
  return client
}

function open(more: Partial<CoreOptions> = {}): Argocd {
  const client = connect(hub, 'ours')
  return createCore(world, {
    hub: { client, eksCluster: undefined },
    workload: undefined,
    namespace: 'argocd',
    refresh: true,
    needsPods: true,
    ...more,
  })
}

const workload = () => ({
  client: connect(spoke, 'admin-token'),
  eksCluster: undefined,
})

function createApp(
  destination: JsonObject = HUB,
  resources: JsonObject[] = [],
  more: JsonObject = {},
): KubeObject {
  return hub.state.store.create(RESOURCES.applications, {
    metadata: { name: 'churn', namespace: 'argocd' },
    spec: { project: 'ml', destination, source: { repoURL: 'https://git.test/x', path: '.' }, ...more },
    status: { sync: { status: 'Synced', revision: 'a'.repeat(40) }, resources },
  })
}

function create(
  type: ResourceType,
  name: string,
  more: JsonObject = {},
  owner?: KubeObject,
  at = hub,
): KubeObject {
  const { metadata = {}, ...rest } = more
  const ownerReferences = owner && [
    { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.metadata.name, uid: owner.metadata.uid },
  ]
  const meta = { name, namespace: 'ml', ...Object(metadata), ...(ownerReferences && { ownerReferences }) }
  return at.state.store.create(type, { metadata: meta, ...rest })
}

const managed = (apiVersion: string, kind: string, name: string): JsonObject => {
  const [version = '', group = ''] = apiVersion.split('/').reverse()
  return { version, kind, name, namespace: 'ml', status: 'Synced', ...(group === '' ? {} : { group }) }
}
const ISVC = managed('serving.kserve.io/v1beta1', 'InferenceService', 'churn')
const POD = { spec: { containers: [{ name: 'kserve-container', image: 'r/x:v2' }] } }

/** An InferenceService in Standard mode with one pod, and a pod of somebody else beside it. */
function deploy(at = hub): { isvc: KubeObject; pod: KubeObject } {
  const isvc = create(RESOURCES.inferenceservices, 'churn', {}, undefined, at)
  const deployment = create(RESOURCES.deployments, 'churn-predictor', { spec: { replicas: 1 } }, isvc, at)
  const annotations = { 'deployment.kubernetes.io/revision': '2' }
  const set = create(
    RESOURCES.replicasets,
    'churn-predictor-1',
    { metadata: { annotations }, spec: { replicas: 1 } },
    deployment,
    at,
  )
  const pod = create(RESOURCES.pods, 'churn-predictor-1-a', { ...POD, status: { phase: 'Pending' } }, set, at)
  create(RESOURCES.pods, 'stranger', POD, undefined, at)
  return { isvc, pod }
}

async function failureOf(asking: Promise<unknown>): Promise<Failure> {
  return asking.then(
    () => Promise.reject(new Error('it did not fail')),
    (thrown: unknown) => toFailure(thrown),
  )
}

const asked = (server: KubernetesServer) => server.requests.map(({ method, path }) => `${method} ${path}`)

describe('an Application', () => {
  test('is read, and one of another project, or none, is not found', async () => {
    createApp()
    await expect(open().get(APP)).resolves.toMatchObject({
      metadata: { name: 'churn' },
      spec: { project: 'ml' },
    })
    await expect(failureOf(open().get({ ...APP, project: 'other' }))).resolves.toMatchObject({
      kind: 'not-found',
    })
    await expect(failureOf(open().get({ name: 'fraud' }))).resolves.toMatchObject({ kind: 'not-found' })
  })

  test('is listed by labels and by project', async () => {
    createApp()
    hub.state.store.create(RESOURCES.applications, {
      metadata: { name: 'fraud', namespace: 'argocd', labels: { team: 'ml' } },
      spec: { project: 'other', destination: HUB },
    })
    const names = async (query: object) => (await open().list(query)).map(({ metadata }) => metadata.name)
    expect(await names({})).toEqual(['churn', 'fraud'])
    expect(await names({ selector: 'team=ml' })).toEqual(['fraud'])
    expect(await names({ project: 'ml' })).toEqual(['churn'])
  })

  test('in another namespace is listed there, and from then on wherever Applications are', async () => {
    hub.state.tokens.set('ours', { username: 'ci', groups: [] })
    createApp()
    hub.state.store.create(RESOURCES.applications, {
      metadata: { name: 'child', namespace: 'team' },
      spec: { project: 'ml', destination: HUB },
    })
    const core = open()
    const names = async (query: object) => (await core.list(query)).map(({ metadata }) => metadata.name)
    expect(await names({})).toEqual(['churn'])
    expect(await names({ appNamespace: 'team' })).toEqual(['child'])
    expect(await names({ project: 'ml' })).toEqual(['churn', 'child'])
  })

  describe('in another namespace that Argo CD looks at', () => {
    const inTeam = (name: string, namespace: string) =>
      hub.state.store.create(RESOURCES.applications, {
        metadata: { name, namespace, labels: { team: 'ml' } },
        spec: { project: 'ml', destination: HUB },
      })
    const configure = (namespaces: string, allow: readonly RbacRule[] = []) => {
      const rights = { apiGroups: [''], resources: ['configmaps'], verbs: ['get'], namespace: 'argocd' }
      hub.state.tokens.set('ours', { username: 'ci', groups: [], rules: [...RULES, rights, ...allow] })
      hub.state.store.create(RESOURCES.configmaps, {
        metadata: { name: 'argocd-cmd-params-cm', namespace: 'argocd' },
        data: { 'application.namespaces': namespaces },
      })
    }
    const inAll = { apiGroups: ['argoproj.io'], resources: ['applications'], verbs: ['list', 'watch', 'get'] }
    const listed = async (core: Argocd) =>
      (await core.list({ selector: 'team=ml' })).map(({ metadata }) => metadata.name)

    test.each([
      ['by its name', 'team-a, team-b', ['a', 'b']],
      ['by a pattern', 'team-*,/^x-/', ['a', 'b', 'x']],
      ['by no name', '', []],
    ])('%s is found with a selector', async (_, namespaces, names) => {
      configure(namespaces, [inAll])
      inTeam('a', 'team-a')
      inTeam('b', 'team-b')
      inTeam('x', 'x-1')
      inTeam('other', 'elsewhere')
      expect((await listed(open())).toSorted()).toEqual(names)
    })

    test('is told of when it changes', async () => {
      configure('team-*', [inAll])
      createApp()
      inTeam('a', 'team-a')
      const over = new AbortController()
      const seen: string[] = []
      for await (const { metadata } of open().stream({}, over.signal)) {
        seen.push(`${metadata.namespace}/${metadata.name}`)
        if (seen.length === 2) inTeam('b', 'team-b')
        if (seen.length === 3) break
      }
      over.abort()
      expect(seen.toSorted()).toEqual(['argocd/churn', 'team-a/a', 'team-b/b'])
    })

    test('is not looked at where that is not allowed, and what to grant is said once', async () => {
      configure('team-a')
      inTeam('here', 'argocd')
      inTeam('a', 'team-a')
      const core = open()
      expect([await listed(core), await listed(core)]).toEqual([['here'], ['here']])
      expect(asked(hub).filter((path) => path.includes('/team-a/'))).toHaveLength(1)
      expect(world.lines).toEqual([
        'warning: Applications in the namespace team-a are not looked at, for want of a right. Grant it to the user ci: add this rule to a Role of the namespace team-a (or a ClusterRole) bound to it: { apiGroups: ["argoproj.io"], resources: ["applications"], verbs: ["list"] }',
      ])
    })

    test('is asked for with its namespace, and one without is sent for it', async () => {
      configure('team-*', [inAll])
      inTeam('a', 'team-a')
      const core = open()
      await expect(core.get({ name: 'a', appNamespace: 'team-a' })).resolves.toMatchObject({
        metadata: { namespace: 'team-a' },
      })
      expect(world.lines).toEqual([])
      const { details } = await failureOf(core.get({ name: 'a' }))
      expect(details.next).toBe(
        'Check the name "a" and the namespace "argocd". Argo CD has Applications in other namespaces, too (team-*): give the one of this Application as `app-namespace`',
      )
    })

    test('and is not looked at by it is read, with the word that nothing will happen', async () => {
      configure('team-b', [inAll])
      inTeam('a', 'team-a')
      await open().get({ name: 'a', appNamespace: 'team-a' })
      expect(world.lines).toMatchObject([
        expect.stringContaining('`application.namespaces` in argocd-cmd-params-cm is team-b'),
      ])
    })
  })

  test('is told of when it changes, and only then, also after what was known is too old', async () => {
    createApp()
    const { store } = hub.state
    const over = new AbortController()
    const seen: string[] = []
    for await (const { status } of open().stream({ name: 'churn' }, over.signal)) {
      seen.push(status.sync.revision)
      if (seen.length === 3) break
      const app = store.get(KEY)
      const { resourceVersion: _, ...metadata } = app?.metadata ?? {}
      store.compact()
      create(RESOURCES.configmaps, `other-${seen.length}`)
      store.update(KEY, {
        ...app,
        metadata: { ...metadata },
        status: { sync: { revision: `r${seen.length}` } },
      })
    }
    over.abort()
    expect(seen).toEqual(['a'.repeat(40), 'r1', 'r2'])
  })

  test('is told of alone where only one of many changes', async () => {
    createApp()
    const { store } = hub.state
    const spec = { project: 'ml', destination: HUB }
    store.create(RESOURCES.applications, { metadata: { name: 'fraud', namespace: 'argocd' }, spec })
    const over = new AbortController()
    const seen: string[] = []
    for await (const { metadata } of open().stream({}, over.signal)) {
      seen.push(metadata.name)
      if (seen.length === 4) break
      if (seen.length === 1) continue
      const key = { ...KEY, name: seen.length === 2 ? 'fraud' : 'churn' }
      store.update(key, { metadata: { name: key.name, namespace: 'argocd' }, spec, status: { sync: {} } })
    }
    over.abort()
    expect(seen).toEqual(['churn', 'fraud', 'fraud', 'churn'])
  })

  test.each([
    ['normal', {}],
    ['hard', { hard: true }],
  ])(
    'is refreshed by the annotation `%s`, and is back when the controller has taken it away',
    async (kind, how) => {
      createApp()
      const { store } = hub.state
      const requests: JsonObject[] = []
      const unsubscribe = store.subscribe(({ object }) => {
        const { annotations = {}, resourceVersion: _, ...metadata } = object.metadata
        if (annotations['argocd.argoproj.io/refresh'] === undefined) return
        requests.push({ ...annotations })
        queueMicrotask(() =>
          store.update(KEY, { ...object, metadata, status: { reconciledAt: '2026-01-15T12:00:01Z' } }),
        )
      })
      const refreshed = await open().refresh(APP, how)
      unsubscribe()
      expect(requests).toEqual([
        {
          'argocd.argoproj.io/refresh': kind,
          'argocd.argoproj.io/refresh-timestamp': '2026-01-15T12:00:00.000Z',
        },
      ])
      expect(refreshed.status.reconciledAt).toBe('2026-01-15T12:00:01Z')
    },
  )

  test('whose controller does not answer is given up after half a minute, as something that may pass', async () => {
    createApp()
    const failure = await failureOf(open().refresh(APP))
    expect(failure).toMatchObject({ kind: 'timeout', retryable: true })
    expect(world.sleeps.reduce((sum, one) => sum + one)).toBe(30_000)
  })

  test('is left alone with `refresh: false`, and that is said once', async () => {
    createApp()
    const core = open({ refresh: false })
    await core.refresh(APP)
    await core.refresh(APP)
    expect(new Set(hub.requests.map(({ method }) => method))).toEqual(new Set(['GET']))
    expect(world.lines).toEqual([expect.stringContaining('Argo CD looks at Git by itself')])
  })

  test('may not be annotated by who only reads: the rule that is missing is named', async () => {
    createApp()
    hub.state.deny.push({ verb: 'patch' })
    const { details } = await failureOf(open().refresh(APP))
    expect(details.next).toContain(
      '{ apiGroups: ["argoproj.io"], resources: ["applications"], verbs: ["patch"] }',
    )
  })
})

describe('a sync', () => {
  const operationOf = () => hub.state.store.get(KEY)?.['operation']

  test('is an operation with the options and retries of the policy', async () => {
    const retry = { limit: 3, backoff: { duration: '5s' } }
    createApp(HUB, [], { syncPolicy: { syncOptions: ['CreateNamespace=true'], retry } })
    hub.state.store.create(RESOURCES.appprojects, { metadata: { name: 'ml', namespace: 'argocd' }, spec: {} })
    await open().sync(APP, { prune: true })
    expect(operationOf()).toEqual({
      initiatedBy: { username: 'mlops-actions' },
      sync: { prune: true, syncOptions: ['CreateNamespace=true'], syncStrategy: { hook: {} } },
      retry,
    })
  })

  test('is not begun while another one runs', async () => {
    createApp()
    hub.state.store.create(RESOURCES.appprojects, { metadata: { name: 'ml', namespace: 'argocd' }, spec: {} })
    await open().sync(APP, { prune: false })
    await expect(failureOf(open().sync(APP, { prune: true }))).resolves.toMatchObject({ kind: 'conflict' })
    expect(operationOf()).toMatchObject({ sync: { prune: false } })
  })

  test('is not begun where somebody changed the Application at the same moment', async () => {
    createApp()
    hub.state.store.create(RESOURCES.appprojects, { metadata: { name: 'ml', namespace: 'argocd' }, spec: {} })
    const { store } = hub.state
    hub.faults.push({
      match: ({ method }) => {
        const app = store.get(KEY)
        const { resourceVersion: _, ...metadata } = app?.metadata ?? {}
        if (method === 'PATCH')
          store.update(KEY, { ...app, metadata: { ...metadata, labels: { changed: 'yes' } } })
        return false
      },
      times: 1,
      respond: 'reset',
    })
    await expect(failureOf(open().sync(APP, { prune: false }))).resolves.toMatchObject({ kind: 'conflict' })
    expect(operationOf()).toBeUndefined()
  })

  test('that a window may be in the way of, which cannot be known, is said once', async () => {
    createApp()
    const core = open()
    await failureOf(core.blockingWindow(APP))
    await failureOf(core.blockingWindow(APP))
    expect(world.lines).toEqual([
      expect.stringMatching(/^warning: Whether a sync window keeps churn from syncing is not known/),
    ])
  })

  test('is not begun in a closed window, unless that lets one by hand through', async () => {
    createApp()
    const window = { kind: 'deny', schedule: '0 11 * * *', duration: '2h', applications: ['*'] }
    const project = (more: JsonObject) => ({
      metadata: { name: 'ml', namespace: 'argocd' },
      spec: { syncWindows: [{ ...window, ...more }] },
    })
    hub.state.store.create(RESOURCES.appprojects, project({}))
    await expect(failureOf(open().sync(APP, { prune: false }))).resolves.toMatchObject({ kind: 'policy' })
    await expect(open().blockingWindow(APP)).resolves.toMatchObject({ kind: 'deny', schedule: '0 11 * * *' })
    hub.state.store.update({ ...KEY, type: RESOURCES.appprojects, name: 'ml' }, project({ manualSync: true }))
    await expect(open().sync(APP, { prune: false })).resolves.toBeUndefined()
  })
})

describe('what an Application deployed', () => {
  test('is followed by its owners down to the pods, and the pods of others are left out', async () => {
    createApp(HUB, [ISVC, managed('v1', 'ConfigMap', 'settings')])
    const { isvc, pod } = deploy()
    const { nodes } = await open().tree(APP)
    expect(nodes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'ConfigMap settings',
      'InferenceService churn',
      'Deployment churn-predictor',
      'ReplicaSet churn-predictor-1',
      'Pod churn-predictor-1-a',
    ])
    expect(nodes.at(1)?.uid).toBe(isvc.metadata.uid)
    expect(nodes.at(3)).toMatchObject({ info: [{ name: 'Revision', value: 'Rev:2' }] })
    expect(nodes.at(4)).toMatchObject({
      uid: pod.metadata.uid,
      images: ['r/x:v2'],
      health: { status: 'Progressing' },
      parentRefs: [{ kind: 'ReplicaSet' }],
    })
  })

  test('in Standard mode is read without a right to anything of Knative', async () => {
    createApp(HUB, [ISVC])
    deploy()
    await open().tree(APP)
    expect(asked(hub).filter((path) => path.includes('knative'))).toEqual([])
  })

  test('in Knative mode is followed through the Revision', async () => {
    createApp(HUB, [ISVC])
    hub.state.tokens.set('ours', { username: 'ci', groups: [] })
    const isvc = create(RESOURCES.inferenceservices, 'churn')
    const service = create(RESOURCES.knativeServices, 'churn-predictor', {}, isvc)
    const revision = create(RESOURCES.knativeRevisions, 'churn-predictor-00001', {}, service)
    const deployment = create(
      RESOURCES.deployments,
      'churn-predictor-00001-deployment',
      { spec: { replicas: 1 } },
      revision,
    )
    create(RESOURCES.replicasets, 'churn-predictor-00001-1', { spec: { replicas: 1 } }, deployment)
    const { nodes } = await open().tree(APP)
    expect(nodes.map(({ kind }) => kind)).toEqual([
      'InferenceService',
      'Service',
      'Revision',
      'Deployment',
      'ReplicaSet',
    ])
  })

  test('as an LLMInferenceService on several nodes is followed through its groups, and without a right to them not at all', async () => {
    const LLM = managed('serving.kserve.io/v1alpha2', 'LLMInferenceService', 'chat')
    createApp(HUB, [LLM])
    const llm = create(RESOURCES.llminferenceservices, 'chat')
    const set = create(RESOURCES.leaderworkersets, 'chat-kserve-mn', {}, llm)
    const leaders = create(RESOURCES.statefulsets, 'chat-kserve-mn', {}, set)
    const leader = create(RESOURCES.pods, 'chat-kserve-mn-0', POD, leaders)
    const workers = create(RESOURCES.statefulsets, 'chat-kserve-mn-0', {}, leader)
    create(RESOURCES.pods, 'chat-kserve-mn-0-1', POD, workers)
    const kinds = async () => (await open().tree(APP)).nodes.map(({ kind }) => kind)
    const right = {
      apiGroups: ['serving.kserve.io'],
      resources: ['llminferenceservices'],
      verbs: ['get'],
      namespace: 'ml',
    }
    hub.state.tokens.set('ours', { username: 'ci', groups: [], rules: [...RULES, right] })
    expect(await kinds()).toEqual(['LLMInferenceService'])
    hub.state.tokens.set('ours', { username: 'ci', groups: [] })
    expect(await kinds()).toEqual([
      'LLMInferenceService',
      'LeaderWorkerSet',
      'StatefulSet',
      'Pod',
      'StatefulSet',
      'Pod',
    ])
  })

  test('of ConfigMaps alone needs no look at a pod', async () => {
    createApp(HUB, [managed('v1', 'ConfigMap', 'settings')])
    const core = open()
    await core.get(APP)
    const before = hub.requests.length
    await expect(core.tree(APP)).resolves.toMatchObject({ nodes: [{ kind: 'ConfigMap' }] })
    expect(hub.requests).toHaveLength(before)
  })

  test('is read with the rights for what it deploys: a Deployment takes none to a StatefulSet', async () => {
    createApp(HUB, [managed('apps/v1', 'Deployment', 'churn-predictor')])
    create(RESOURCES.deployments, 'churn-predictor', { spec: { replicas: 1 } })
    const { nodes } = await open().tree(APP)
    expect(nodes).toMatchObject([{ kind: 'Deployment', uid: expect.stringMatching(/./) }])
    const listed = asked(hub).map((path) => path.slice(path.lastIndexOf('/') + 1))
    expect(listed.toSorted()).toEqual(['churn', 'deployments', 'pods', 'replicasets'])
  })

  test('of Applications alone, an app of apps, takes no right to the pods of Argo CD', async () => {
    createApp(HUB, [{ ...managed('argoproj.io/v1alpha1', 'Application', 'child'), namespace: 'argocd' }])
    const { nodes } = await open().tree(APP)
    expect(nodes).toMatchObject([{ kind: 'Application', name: 'child' }])
  })

  test('and is gone stands in the tree without a uid', async () => {
    createApp(HUB, [ISVC])
    const { nodes } = await open().tree(APP)
    expect(nodes).toMatchObject([{ kind: 'InferenceService', uid: '' }])
  })

  test('is read as it is now, with its events and the last life of a container', async () => {
    createApp(HUB, [ISVC])
    const { pod } = deploy()
    create(RESOURCES.events, 'e1', {
      involvedObject: { kind: 'Pod', name: pod.metadata.name, uid: pod.metadata.uid },
      type: 'Warning',
      reason: 'BackOff',
    })
    const previous = [{ at: 0, text: 'out of memory' }]
    hub.state.logs.set(`ml/${pod.metadata.name}/kserve-container`, { current: [], previous })
    const core = open()
    const node = (await core.tree(APP)).nodes.at(-1)
    if (node === undefined) throw new Error('the tree has no node')
    await expect(core.resource(APP, node, PODS.check)).resolves.toMatchObject({
      spec: { containers: [{ image: 'r/x:v2' }] },
    })
    await expect(core.events(APP, node)).resolves.toMatchObject([{ reason: 'BackOff' }])
    const container = { pod: pod.metadata.name, namespace: 'ml', container: 'kserve-container' }
    await expect(core.containerLog(APP, container)).resolves.toBe('out of memory')
    await expect(core.resource(APP, { ...node, name: 'gone' }, PODS.check)).resolves.toBeUndefined()
  })

  test.each([
    ['of Knative', ISVC, 'serving.knative.dev', 'InferenceService'],
    ['that it deploys', managed('example.com/v1', 'Widget', 'w'), 'example.com', 'Widget'],
    [
      'of monitoring that it deploys',
      managed('monitoring.coreos.com/v1', 'PodMonitor', 'm'),
      'monitoring.coreos.com',
      'PodMonitor',
    ],
  ])('takes no right to a kind %s which the cluster does not know', async (_, one, group, kind) => {
    createApp(HUB, [one])
    hub.state.absentGroups.add(group)
    if (one === ISVC) create(RESOURCES.inferenceservices, 'churn')
    const { nodes } = await open().tree(APP)
    expect(nodes).toMatchObject([{ kind }])
  })

  test('that nobody may look at, where the cluster knows it, names who has to be granted what', async () => {
    createApp(HUB, [managed('monitoring.coreos.com/v1', 'PodMonitor', 'm')])
    const { details } = await failureOf(open().tree(APP))
    expect(details.next).toBe(
      'Grant it to the user ci: add this rule to a Role of the namespace ml (or a ClusterRole) bound to it: { apiGroups: ["monitoring.coreos.com"], resources: ["podmonitors"], verbs: ["get"] }',
    )
  })

  test('without the right to list pods names the rule that is missing', async () => {
    createApp(HUB, [ISVC])
    hub.state.deny.push({ verb: 'list', resource: 'pods' })
    const { details } = await failureOf(open().tree(APP))
    expect(details).toMatchObject({
      kind: 'auth',
      next: expect.stringContaining('resources: ["pods"], verbs: ["list"]'),
    })
  })
})

describe('an Application on another cluster', () => {
  const there = () => ({ server: spoke.url, namespace: 'ml' })

  test('is refused at the first look, where nobody could tell which pods run', async () => {
    createApp(there(), [ISVC])
    const { details } = await failureOf(open().get(APP))
    expect(details).toMatchObject({ kind: 'config', what: 'Cannot prove what runs' })
    expect(details.seen).toContain(`Argo CD deploys it to the cluster ${spoke.url}`)
    expect(details.next).toContain('`workload-kubeconfig`')
  })

  test('is waited for without the pods where that was asked for, and it is said once that nothing is proven', async () => {
    createApp(there(), [ISVC])
    const core = open({ needsPods: false })
    await core.get(APP)
    await core.get(APP)
    expect(world.lines).toEqual([
      expect.stringMatching(/^warning: Whether the pods of churn run this commit is not proven/),
    ])
  })

  test('is nobody’s concern beside one that is asked for: a list and a stream have it, too', async () => {
    createApp()
    hub.state.store.create(RESOURCES.applications, {
      metadata: { name: 'stranger', namespace: 'argocd' },
      spec: { project: 'ml', destination: there() },
    })
    const core = open()
    const listed = await core.list({})
    expect(listed.map(({ metadata }) => metadata.name)).toEqual(['churn', 'stranger'])
    const over = new AbortController()
    const seen: string[] = []
    for await (const { metadata } of core.stream({}, over.signal)) {
      seen.push(metadata.name)
      if (seen.length === 2) break
    }
    over.abort()
    expect(seen).toEqual(['churn', 'stranger'])
    expect(world.lines).toEqual([
      expect.stringMatching(
        /^No Application is looked for in namespaces that nobody named: .* resources: \["configmaps"\]/,
      ),
    ])
    await expect(failureOf(core.tree({ name: 'stranger' }))).resolves.toMatchObject({ kind: 'config' })
  })

  test('has its pods read there, and its Application here', async () => {
    createApp(there(), [ISVC])
    deploy(spoke)
    const { nodes } = await open({ workload: workload() }).tree(APP)
    expect(nodes.map(({ kind }) => kind)).toEqual(['InferenceService', 'Deployment', 'ReplicaSet', 'Pod'])
    expect(asked(hub)).toEqual(['GET /apis/argoproj.io/v1alpha1/namespaces/argocd/applications/churn'])
  })

  test('of another name than the workload cluster is not looked for there', async () => {
    createApp({ server: 'https://other.test', namespace: 'ml' }, [ISVC])
    const { details } = await failureOf(open({ workload: workload() }).get(APP))
    expect(details.seen).toContain(`the workload cluster that was given is ${new URL(spoke.url).host}`)
  })

  test('that is named by its ARN is looked for where a kubeconfig leads: there is nothing to compare', async () => {
    createApp({ server: 'arn:aws:eks:eu-west-1:123456789012:cluster/spoke', namespace: 'ml' }, [ISVC])
    deploy(spoke)
    const { nodes } = await open({ workload: workload() }).tree(APP)
    expect(nodes.map(({ kind }) => kind)).toContain('Pod')
  })

  test.each([
    [{ name: 'in-cluster' }, 'hub'],
    [{ server: 'https://kubernetes.default.svc:443' }, 'hub'],
    [{ server: 'arn:aws:eks:eu-west-1:123456789012:cluster/hub' }, 'hub'],
    [{ server: 'arn:aws:eks:eu-west-1:123456789012:cluster/spoke' }, 'spoke'],
    [{ name: 'prod' }, 'spoke'],
    [{ server: 'arn:aws:eks:eu-west-1:123456789012:cluster/other' }, 'refused'],
  ])('%j is read in: %s', async (destination, where) => {
    createApp({ ...destination, namespace: 'ml' }, [ISVC])
    const client = connect(hub, 'ours')
    const core = open({
      hub: { client, eksCluster: 'hub' },
      workload: { ...workload(), eksCluster: 'spoke' },
    })
    const read = await core.tree(APP).then(
      () => (spoke.requests.length > 0 ? 'spoke' : 'hub'),
      (thrown: unknown) => (toFailure(thrown).code === 'ARGOCD_WORKLOAD' ? 'refused' : thrown),
    )
    expect(read).toBe(where)
  })
})
