import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type ArgocdOptions, type ArgocdServer, startArgocd } from '../src/argocd/index.ts'
import {
  addNamespaces,
  createKubernetesState,
  createManualClock,
  type JsonObject,
  type KubeObject,
  type KubernetesState,
  RESOURCES,
} from '../src/kubernetes/index.ts'
import { at, listAt, objectAt, textAt } from '../src/kubernetes/json.ts'
import { application, appOf, configMap, createRepository, type Repository } from './argocd-setup.ts'
import { until } from './kserve-cluster.ts'

let repository: Repository
let kubernetes: KubernetesState
let argocd: ArgocdServer
let clock = createManualClock()

beforeEach(() => {
  repository = createRepository()
  clock = createManualClock()
  kubernetes = createKubernetesState({ now: () => clock.now() })
  addNamespaces(kubernetes.store, ['models'])
})
afterEach(async () => {
  await argocd.close()
  repository.remove()
})

async function start(app?: JsonObject, options: Partial<ArgocdOptions> = {}): Promise<void> {
  argocd = await startArgocd({ kubernetes, clock, ...options })
  if (app) kubernetes.store.create(RESOURCES.applications, app)
}

interface Answer {
  status: number
  body: JsonObject
}
async function call(
  method: string,
  path: string,
  body?: JsonObject,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${argocd.url}${path}`, {
    method,
    headers: { authorization: 'Bearer argocd-token', 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : { text } }
}

const APP = '/api/v1/applications/churn'
const sync = (app: KubeObject | undefined): string =>
  `${textAt(app, 'status', 'sync', 'status') ?? ''} ${textAt(app, 'status', 'sync', 'revision') ?? ''}`
const phase = (app: KubeObject | undefined): string | undefined =>
  textAt(app, 'status', 'operationState', 'phase')
const settings = (): string | undefined =>
  textAt(
    kubernetes.store.get({ type: RESOURCES.configmaps, namespace: 'models', name: 'settings' }),
    'data',
    'value',
  )
const reached = (wanted: string): Promise<KubeObject> =>
  until(kubernetes, () => (sync(appOf(kubernetes)) === wanted ? appOf(kubernetes) : undefined))
const ended = (wanted: string): Promise<KubeObject> =>
  until(kubernetes, () => {
    const app = appOf(kubernetes)
    return app && phase(app) === wanted && app['operation'] === undefined ? app : undefined
  })
const condition = (type: string): string | undefined =>
  textAt(
    listAt(appOf(kubernetes), 'status', 'conditions').find((one) => textAt(one, 'type') === type),
    'message',
  )

describe('the controller', () => {
  test('applies a commit by auto-sync and writes revision, operation, result and history', async () => {
    const commit = repository.commit({ 'apps/churn/a.yaml': configMap('1') })
    await start(application(repository.path, { prune: true }))
    await reached(`Synced ${commit}`)
    const app = await ended('Succeeded')
    expect(settings()).toBe('1')
    expect(objectAt(app, 'status')).toMatchObject({
      health: { status: 'Healthy' },
      operationState: {
        message: 'successfully synced (all tasks run)',
        operation: { initiatedBy: { automated: true }, retry: { limit: 5 } },
        syncResult: {
          revision: commit,
          resources: [
            {
              kind: 'ConfigMap',
              name: 'settings',
              status: 'Synced',
              message: 'configmap/settings created',
              syncPhase: 'Sync',
              hookPhase: 'Running',
            },
          ],
        },
      },
      history: [{ id: 0, revision: commit }],
      reconciledAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      sourceType: 'Directory',
    })
  })

  test('notices a push by its poll after 120 s, or at once by a refresh', async () => {
    const first = repository.commit({ 'apps/churn/a.yaml': configMap('1') })
    await start(application(repository.path, {}))
    await reached(`Synced ${first}`)
    const second = repository.commit({ 'apps/churn/a.yaml': configMap('2') })
    await clock.advance(119_000)
    expect(textAt(appOf(kubernetes), 'status', 'sync', 'revision')).toBe(first)
    await clock.advance(1_000)
    await reached(`Synced ${second}`)
    const third = repository.commit({ 'apps/churn/a.yaml': configMap('3') })
    expect((await call('GET', `${APP}?refresh=normal`)).body).toMatchObject({
      status: { sync: { revision: third } },
    })
    await reached(`Synced ${third}`)
    expect(settings()).toBe('3')
  })

  test('moves sync.revision for a commit that touches nothing of the app, and leaves syncResult where it was', async () => {
    const first = repository.commit({ 'apps/churn/a.yaml': configMap('1') })
    await start(application(repository.path, {}))
    await ended('Succeeded')
    const second = repository.commit({ 'README.md': 'x' })
    await call('GET', `${APP}?refresh=normal`)
    expect(sync(appOf(kubernetes))).toBe(`Synced ${second}`)
    expect(at(appOf(kubernetes), 'status', 'operationState', 'syncResult')).toMatchObject({ revision: first })
  })

  test('reads multi-document files and Lists, and stays OutOfSync when something is only to be pruned', async () => {
    const list = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: {} }],
    })
    repository.commit({
      'apps/churn/a.yaml': `${configMap('1')}---\n${configMap('1', 'b')}`,
      'apps/churn/l.json': list,
    })
    await start(application(repository.path, {}))
    await ended('Succeeded')
    expect(kubernetes.store.list(RESOURCES.configmaps, 'models').map((one) => one.metadata.name)).toEqual([
      'b',
      'c',
      'settings',
    ])
    const second = repository.commit({ 'apps/churn/l.json': null })
    await call('GET', `${APP}?refresh=normal`)
    await reached(`OutOfSync ${second}`)
    expect(
      listAt(appOf(kubernetes), 'status', 'resources').filter((one) => one['requiresPruning'] === true),
    ).toMatchObject([{ name: 'c', status: 'OutOfSync' }])
    expect(appOf(kubernetes)?.['operation']).toBeUndefined()
  })

  test.each([
    ['a manifest that is no YAML', { 'apps/churn/a.yaml': 'a: [1' }, 'failed to unmarshal manifest "a.yaml"'],
    ['a path that is not there', { 'other/a.yaml': configMap('1') }, 'app path does not exist'],
    [
      'a kind that the cluster does not know',
      { 'apps/churn/a.yaml': 'apiVersion: x.io/v1\nkind: Thing\nmetadata: {name: a}' },
      'ensure CRDs are installed first',
    ],
  ])('%s is a ComparisonError with sync status Unknown', async (_name, files, message) => {
    repository.commit(files)
    await start(application(repository.path, {}))
    await reached('Unknown main')
    expect(condition('ComparisonError')).toContain(message)
  })

  test('puts drift right only with selfHeal, and then by a partial sync that is not in the history', async () => {
    const commit = repository.commit({ 'apps/churn/a.yaml': configMap('1') })
    await start(application(repository.path, { selfHeal: true }))
    await ended('Succeeded')
    await reached(`Synced ${commit}`)
    const key = { type: RESOURCES.configmaps, namespace: 'models', name: 'settings' }
    kubernetes.store.update(key, { ...kubernetes.store.get(key), data: { value: 'drifted' } })
    await until(kubernetes, () => (settings() === '1' ? true : undefined))
    expect(listAt(await ended('Succeeded'), 'status', 'history')).toHaveLength(1)
  })

  test('retries a refused apply as Running with finishedAt, then gives the revision up with a SyncError', async () => {
    const commit = repository.commit({ 'apps/churn/a.yaml': configMap('1') })
    await start(undefined)
    argocd.state.admit = () => 'admission webhook "policy" denied the request'
    kubernetes.store.create(
      RESOURCES.applications,
      application(repository.path, {}, { syncPolicy: { automated: {}, retry: { limit: 1 } } }),
    )
    const waiting = await until(kubernetes, () =>
      at(appOf(kubernetes), 'status', 'operationState', 'retryCount') === 1 ? appOf(kubernetes) : undefined,
    )
    expect(objectAt(waiting, 'status', 'operationState')).toMatchObject({
      phase: 'Running',
      finishedAt: expect.any(String),
      message: expect.stringContaining('Retrying attempt #1 at'),
    })
    await clock.advance(5_000)
    await ended('Failed')
    await until(kubernetes, () => condition('SyncError'))
    expect(condition('SyncError')).toMatch(
      new RegExp(`^Failed last sync attempt to \\[${commit}\\]: one or more objects failed to apply`),
    )
    const next = repository.commit({ 'apps/churn/a.yaml': configMap('2') })
    argocd.state.admit = () => undefined
    await call('GET', `${APP}?refresh=normal`)
    await reached(`Synced ${next}`)
  })

  test('nothing is applied into a namespace that nobody has made, unless the sync is to make it', async () => {
    repository.commit({ 'apps/churn/a.yaml': configMap('1') })
    kubernetes.store.remove({ type: RESOURCES.namespaces, namespace: '', name: 'models' })
    const retry = { limit: 0 }
    const never = { syncPolicy: { automated: {}, retry } }
    await start(application(repository.path, {}, never))
    expect(textAt(await ended('Failed'), 'status', 'operationState', 'message')).toBe(
      'one or more objects failed to apply, reason: namespaces "models" not found',
    )
    const makes = { syncPolicy: { automated: {}, retry, syncOptions: ['CreateNamespace=true'] } }
    const key = { type: RESOURCES.applications, namespace: 'argocd', name: 'churn' }
    kubernetes.store.update(key, {
      ...kubernetes.store.get(key),
      ...application(repository.path, {}, makes),
    })
    repository.commit({ 'apps/churn/a.yaml': configMap('2') })
    await call('GET', `${APP}?refresh=normal`)
    await ended('Succeeded')
    expect(settings()).toBe('2')
  })

  test('a failed PostSync hook makes the operation Failed although everything is Synced and Healthy', async () => {
    const hook =
      'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: smoke\n  annotations: {argocd.argoproj.io/hook: PostSync}\nspec: {}\n'
    const commit = repository.commit({ 'apps/churn/a.yaml': configMap('1'), 'apps/churn/hook.yaml': hook })
    await start(undefined)
    argocd.state.hooks.set('smoke', {
      phase: 'Failed',
      message: 'Job has reached the specified backoff limit',
    })
    kubernetes.store.create(
      RESOURCES.applications,
      application(repository.path, {}, { syncPolicy: { automated: {}, retry: { limit: 0 } } }),
    )
    const app = await ended('Failed')
    await reached(`Synced ${commit}`)
    expect(textAt(appOf(kubernetes), 'status', 'health', 'status')).toBe('Healthy')
    expect(listAt(app, 'status', 'operationState', 'syncResult', 'resources')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'smoke', hookType: 'PostSync', hookPhase: 'Failed' }),
      ]),
    )
  })

  test('a hook whose end the state does not tell fails and says that the sandbox ran nothing', async () => {
    const hook =
      'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: smoke\n  annotations: {argocd.argoproj.io/hook: PreSync}\nspec: {}\n'
    repository.commit({ 'apps/churn/a.yaml': configMap('1'), 'apps/churn/hook.yaml': hook })
    await start(application(repository.path, {}, { syncPolicy: { automated: {}, retry: { limit: 0 } } }))
    const app = await ended('Failed')
    expect(settings()).toBeUndefined()
    expect(listAt(app, 'status', 'operationState', 'syncResult', 'resources')).toEqual([
      expect.objectContaining({
        name: 'smoke',
        hookPhase: 'Failed',
        message: 'the sandbox does not run hooks: state.hooks has to say how "smoke" ends',
      }),
    ])
  })

  test('the next sync wave is applied once the wave before it is healthy', async () => {
    const web = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 1}\n'
    const second = configMap('1').replace(
      'metadata:',
      'metadata:\n  annotations: {argocd.argoproj.io/sync-wave: "1"}',
    )
    repository.commit({ 'apps/churn/a.yaml': web, 'apps/churn/b.yaml': second })
    await start(application(repository.path, {}))
    const key = { type: RESOURCES.deployments, namespace: 'models', name: 'web' }
    const made = await until(kubernetes, () => kubernetes.store.get(key))
    expect([settings(), phase(appOf(kubernetes))]).toEqual([undefined, 'Running'])
    kubernetes.store.update(
      key,
      {
        ...made,
        status: {
          observedGeneration: 1,
          replicas: 1,
          updatedReplicas: 1,
          readyReplicas: 1,
          availableReplicas: 1,
        },
      },
      'status',
    )
    await ended('Succeeded')
    expect(settings()).toBe('1')
  })

  test('a refresh that is lost is answered without a comparison, one that hangs is never answered', async () => {
    const first = repository.commit({ 'apps/churn/a.yaml': configMap('1') })
    await start(application(repository.path, {}))
    await ended('Succeeded')
    await reached(`Synced ${first}`)
    repository.commit({ 'apps/churn/a.yaml': configMap('2') })
    argocd.state.loseRefreshes = 1
    expect((await call('GET', `${APP}?refresh=normal`)).body).toMatchObject({
      status: { sync: { revision: first } },
    })
    argocd.state.hangRefreshes = 1
    const stop = new AbortController()
    const hanging = fetch(`${argocd.url}${APP}?refresh=normal`, {
      headers: { authorization: 'Bearer argocd-token' },
      signal: stop.signal,
    })
    while (argocd.state.hangRefreshes > 0) await new Promise(setImmediate)
    stop.abort()
    await expect(hanging).rejects.toThrow('abort')
    expect(appOf(kubernetes)?.metadata.annotations).toMatchObject({ 'argocd.argoproj.io/refresh': 'normal' })
  })

  test.each([
    ['v3.5.1', 'is lost'],
    ['v3.6.0', 'is compared afterwards'],
  ])('under %s a refresh that arrives during a comparison %s', async (version, outcome) => {
    const first = repository.commit({ 'apps/churn/a.yaml': configMap('1') })
    await start(application(repository.path, undefined), { timings: { comparisonTakes: 1_000 } })
    argocd.state.version = version
    const comparing = async (): Promise<void> => {
      while (clock.sleeping() < 2) await new Promise(setImmediate)
    }
    await comparing()
    const second = repository.commit({ 'apps/churn/a.yaml': configMap('2') })
    const late = call('GET', `${APP}?refresh=normal`)
    while (appOf(kubernetes)?.metadata.annotations?.['argocd.argoproj.io/refresh'] === undefined) {
      await new Promise(setImmediate)
    }
    await clock.advance(1_000)
    if (outcome !== 'is lost') {
      await comparing()
      await clock.advance(1_000)
    }
    const seen = outcome === 'is lost' ? first : second
    expect((await late).body).toMatchObject({ status: { sync: { revision: seen } } })
  })

  test('auto-sync that is stuck leaves the application OutOfSync until somebody syncs', async () => {
    const commit = repository.commit({ 'apps/churn/a.yaml': configMap('1') })
    await start(undefined)
    argocd.state.autoSyncStuck = true
    kubernetes.store.create(RESOURCES.applications, application(repository.path, {}))
    await reached(`OutOfSync ${commit}`)
    await call('GET', `${APP}?refresh=normal`)
    expect(appOf(kubernetes)?.['operation']).toBeUndefined()
    await call('POST', `${APP}/sync`, {})
    await reached(`Synced ${commit}`)
  })

  test('many applications of one repository are synced side by side', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `app-${index}`)
    const commit = repository.commit(
      Object.fromEntries(names.map((name) => [`apps/${name}/a.yaml`, configMap(name, name)])),
    )
    await start(undefined)
    for (const name of names) {
      const source = { repoURL: repository.path, path: `apps/${name}`, targetRevision: 'main' }
      const app = application(repository.path, {}, { source })
      kubernetes.store.create(RESOURCES.applications, { ...app, metadata: { name, namespace: 'argocd' } })
    }
    await until(kubernetes, () =>
      names.every((name) => sync(appOf(kubernetes, name)) === `Synced ${commit}`) ? true : undefined,
    )
    expect(kubernetes.store.list(RESOURCES.configmaps, 'models')).toHaveLength(20)
  })

  test.each([
    ['few', 1],
    ['more objects than git unpacks by itself', 120],
  ])('a packed repository with an annotated tag is read by git: %s', async (_, count) => {
    const names = Array.from({ length: count }, (_, index) => `apps/churn/${index}.yaml`)
    const commit = repository.commit(
      Object.fromEntries(names.map((name, index) => [name, configMap(`${index}`, `s-${index}`)])),
    )
    repository.git('tag', '-m', 'first', 'v1')
    repository.git('gc', '--quiet')
    const source = { repoURL: repository.path, path: './apps/churn/', targetRevision: 'v1' }
    await start(application(repository.path, {}, { source }))
    await reached(`Synced ${commit}`)
    expect(kubernetes.store.list(RESOURCES.configmaps, 'models')).toHaveLength(count)
    const { body } = await call('GET', `${APP}/revisions/${commit}/metadata`)
    expect(body).toMatchObject({ author: 'Ada <ada@example.com>', message: 'change' })
  })

  test('a closed window stops auto-sync without a trace and a manual sync with 403', async () => {
    const commit = repository.commit({ 'apps/churn/a.yaml': configMap('1') })
    await start(undefined)
    argocd.state.syncWindows.push({
      kind: 'deny',
      schedule: '* * * * *',
      duration: '1h',
      applications: ['*'],
      manualSync: false,
      active: true,
    })
    kubernetes.store.create(RESOURCES.applications, application(repository.path, {}))
    await reached(`OutOfSync ${commit}`)
    expect(await call('POST', `${APP}/sync`, {})).toEqual({
      status: 403,
      body: {
        error: 'cannot sync: blocked by sync window',
        code: 7,
        message: 'cannot sync: blocked by sync window',
      },
    })
    expect((await call('GET', `${APP}/syncwindows`)).body).toMatchObject({
      activeWindows: [{ kind: 'deny' }],
      assignedWindows: [{}],
    })
    for (const window of argocd.state.syncWindows) window.active = false
    await call('GET', `${APP}?refresh=normal`)
    await reached(`Synced ${commit}`)
  })
})

describe('the API', () => {
  test('authentication: version is open, everything else wants a valid token', async () => {
    await start(application(repository.path, undefined))
    const none = { authorization: '' }
    expect((await call('GET', '/api/version', undefined, none)).body).toEqual({
      Version: argocd.state.version,
    })
    expect(await call('GET', APP, undefined, none)).toEqual({
      status: 401,
      body: { error: 'no session information', code: 16, message: 'no session information' },
    })
    expect((await call('GET', APP, undefined, { authorization: 'Bearer x' })).body).toMatchObject({
      code: 16,
      error: expect.stringMatching(/^invalid session: /),
    })
    expect((await call('POST', '/api/v1/session', { username: 'admin', password: 'no' }, none)).status).toBe(
      401,
    )
    const { body } = await call(
      'POST',
      '/api/v1/session',
      { username: 'admin', password: 'sandbox-password' },
      none,
    )
    const session = { authorization: `Bearer ${textAt(body, 'token') ?? ''}` }
    expect((await call('GET', '/api/v1/session/userinfo', undefined, session)).body).toMatchObject({
      loggedIn: true,
      username: 'admin',
    })
    argocd.state.tokens.set('old', { username: 'ci', expiresAt: clock.now() })
    expect((await call('GET', APP, undefined, { authorization: 'Bearer old' })).body).toMatchObject({
      message: expect.stringContaining('token is expired'),
    })
    expect((await call('POST', `${APP}/sync`, {}, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await call('GET', '/login')).body['text']).toContain('<!DOCTYPE html>')
  })

  test.each([
    ['an unknown name without project', '/api/v1/applications/none', 403, 7],
    ['an unknown name with project', '/api/v1/applications/none?project=default', 404, 5],
    ['the wrong project', `${APP}?project=other`, 404, 5],
    ['a project without rights', '/api/v1/applications/none?project=secret', 403, 7],
  ])('%s is %s', async (_name, path, status, code) => {
    await start(application(repository.path, undefined))
    argocd.state.deny.push({ project: 'secret' })
    expect(await call('GET', path)).toMatchObject({ status, body: { code } })
  })

  test('tree, managed resources, one resource, events and revision metadata tell of the same application', async () => {
    const commit = repository.commit({ 'apps/churn/a.yaml': configMap('1') }, 'Serve v1')
    await start(application(repository.path, {}))
    await reached(`Synced ${commit}`)
    expect((await call('GET', `${APP}/resource-tree`)).body).toMatchObject({
      nodes: [{ kind: 'ConfigMap', name: 'settings', namespace: 'models' }],
    })
    const managed = (await call('GET', `${APP}/managed-resources?fields=items.name,items.targetState`)).body
    expect(Object.keys(listAt(managed, 'items')[0] ?? {})).toEqual(['name', 'targetState'])
    const query = 'namespace=models&resourceName=settings&version=v1&group=&kind=ConfigMap'
    expect(
      JSON.parse(textAt((await call('GET', `${APP}/resource?${query}`)).body, 'manifest') ?? ''),
    ).toMatchObject({ data: { value: '1' } })
    expect((await call('GET', `${APP}/resource?${query}x`)).status).toBe(400)
    expect((await call('GET', `${APP}/events`)).body).toEqual({ metadata: {}, items: [] })
    expect((await call('GET', `${APP}/revisions/${commit}/metadata`)).body).toMatchObject({
      author: 'Ada <ada@example.com>',
      message: 'Serve v1',
    })
    const few = 'fields=items.metadata.name,items.status.sync.revision,items.metadata.resourceVersion'
    expect((await call('GET', `/api/v1/applications?${few}`)).body).toEqual({
      metadata: { resourceVersion: expect.any(String) },
      items: [{ metadata: { name: 'churn' } }],
    })
    expect((await call('GET', '/api/v1/applications?selector=team%3Dx')).body).toMatchObject({ items: null })
  })

  test('sync starts an operation; other revisions are refused under auto-sync, a second operation always', async () => {
    const commit = repository.commit({ 'apps/churn/a.yaml': configMap('1') })
    await start(application(repository.path, undefined))
    await reached(`OutOfSync ${commit}`)
    expect((await call('POST', `${APP}/sync`, {})).body).toMatchObject({
      operation: { initiatedBy: { username: 'ci' } },
    })
    await ended('Succeeded')
    await reached(`Synced ${commit}`)
    await call('POST', `${APP}/sync`, { dryRun: true })
    const app = appOf(kubernetes)
    if (!app) throw new Error('the application is there')
    kubernetes.store.update(
      { type: RESOURCES.applications, namespace: 'argocd', name: 'churn' },
      { ...appOf(kubernetes), spec: objectAt(application(repository.path, {}), 'spec') },
    )
    expect(await call('POST', `${APP}/sync`, { revision: 'a'.repeat(40) })).toMatchObject({
      status: 400,
      body: { code: 9, message: `Cannot sync to ${'a'.repeat(40)}: auto-sync currently set to main` },
    })
    expect((await call('POST', `${APP}/rollback`, { id: 0 })).body).toMatchObject({
      code: 9,
      message: 'rollback cannot be initiated when auto-sync is enabled',
    })
  })

  test('an operation that waits for its PostSync hook can be terminated', async () => {
    const hook =
      'apiVersion: batch/v1\nkind: Job\nmetadata: {name: smoke, annotations: {argocd.argoproj.io/hook: PostSync}}\n'
    const web = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 1}\n'
    repository.commit({ 'apps/churn/a.yaml': web, 'apps/churn/hook.yaml': hook })
    await start(application(repository.path, undefined))
    await until(kubernetes, () =>
      textAt(appOf(kubernetes), 'status', 'sync', 'status') === 'OutOfSync' ? true : undefined,
    )
    await call('POST', `${APP}/sync`, {})
    await until(kubernetes, () =>
      kubernetes.store.get({ type: RESOURCES.deployments, namespace: 'models', name: 'web' }),
    )
    expect((await call('POST', `${APP}/sync`, {})).body).toMatchObject({
      code: 9,
      message: 'another operation is already in progress',
    })
    expect((await call('DELETE', `${APP}/operation`)).status).toBe(200)
    expect(textAt(await ended('Failed'), 'status', 'operationState', 'message')).toBe('Operation terminated')
  })
})

describe('the event stream', () => {
  async function read(
    accept: string,
    path: string,
    chunks: number,
    act: () => Promise<unknown>,
  ): Promise<string> {
    const stop = new AbortController()
    const opening = fetch(`${argocd.url}${path}`, {
      headers: { authorization: 'Bearer argocd-token', accept },
      signal: stop.signal,
    })
    let text = ''
    let acted = false
    for await (const chunk of (await opening).body ?? []) {
      text += Buffer.from(chunk).toString()
      if (!acted) await act()
      acted = true
      if (text.split('\n').filter((line) => line !== '').length >= chunks) break
    }
    stop.abort()
    return text
  }

  test('is framed as server-sent events with keep-alive comments', async () => {
    repository.commit({ 'apps/churn/a.yaml': configMap('1') })
    await start(application(repository.path, undefined))
    await until(kubernetes, () =>
      textAt(appOf(kubernetes), 'status', 'sync', 'status') === 'OutOfSync' ? true : undefined,
    )
    const fields = 'result.type,result.application.metadata.name'
    const text = await read(
      'text/event-stream',
      `/api/v1/stream/applications?name=churn&fields=${fields}`,
      2,
      () => clock.advance(15_000),
    )
    expect(text).toBe(
      'data: {"result":{"type":"ADDED","application":{"metadata":{"name":"churn"}}}} \n\n\n:\n',
    )
  })

  test('is JSON lines for everyone else, and after added-only says nothing more', async () => {
    repository.commit({ 'apps/churn/a.yaml': configMap('1') })
    await start(application(repository.path, undefined))
    await until(kubernetes, () =>
      textAt(appOf(kubernetes), 'status', 'sync', 'status') === 'OutOfSync' ? true : undefined,
    )
    const types = (text: string): string[] =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).result.type)
    const touch = () => call('GET', `${APP}?refresh=normal`)
    expect(
      types(await read('application/json', '/api/v1/stream/applications', 2, touch)).slice(0, 2),
    ).toEqual(['ADDED', 'MODIFIED'])
    argocd.state.stream = 'added-only'
    const sse = await read('text/event-stream', '/api/v1/stream/applications', 2, async () => {
      await touch()
      await clock.advance(15_000)
    })
    expect(sse).not.toContain('MODIFIED')
  })

  test('stays empty, without an error, for an application that one may not see', async () => {
    await start(application(repository.path, undefined))
    argocd.state.deny.push({ application: 'churn' })
    const text = read('text/event-stream', '/api/v1/stream/applications?name=churn', 1, async () => {})
    while (!argocd.requests.some((one) => one.path === '/api/v1/stream/applications'))
      await new Promise(setImmediate)
    await clock.advance(15_000)
    expect(await text).toBe(':\n')
  })
})
