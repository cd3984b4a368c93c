import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type ArgocdServer, startArgocd } from '../src/argocd/index.ts'
import {
  addNamespaces,
  createKubernetesState,
  createManualClock,
  type JsonObject,
  type KubeObject,
  type KubernetesState,
  RESOURCES,
} from '../src/kubernetes/index.ts'
import { listAt, objectAt, textAt } from '../src/kubernetes/json.ts'
import { application, appOf, configMap, createRepository, type Repository } from './argocd-setup.ts'
import { until } from './kserve-cluster.ts'

let repository: Repository
let kubernetes: KubernetesState
let argocd: ArgocdServer

beforeEach(async () => {
  repository = createRepository()
  const clock = createManualClock()
  kubernetes = createKubernetesState({ now: () => clock.now() })
  addNamespaces(kubernetes.store, ['models'])
  argocd = await startArgocd({ kubernetes, clock })
})
afterEach(async () => {
  await argocd.close()
  repository.remove()
})

const create = (spec: JsonObject) =>
  kubernetes.store.create(RESOURCES.applications, application(repository.path, {}, spec))
const seen = (is: (app: KubeObject) => boolean): Promise<KubeObject> =>
  until(kubernetes, () => {
    const app = appOf(kubernetes)
    return app && is(app) ? app : undefined
  })
const refresh = (kind = 'normal') =>
  fetch(`${argocd.url}/api/v1/applications/churn?refresh=${kind}`, {
    headers: { authorization: 'Bearer argocd-token' },
  })
const operation = (app: KubeObject) => objectAt(app, 'status', 'sourceHydrator', 'currentOperation')
const isSynced = (app: KubeObject) => textAt(app, 'status', 'sync', 'status') === 'Synced'

describe('a source hydrator', () => {
  const hydrator = (more: JsonObject = {}): JsonObject => ({
    source: null,
    sourceHydrator: {
      drySource: { repoURL: repository.path, path: 'apps/churn', targetRevision: 'main' },
      syncSource: { targetBranch: 'env/prod', path: 'churn' },
      ...more,
    },
  })

  test('writes what the dry commit has to the branch, and that commit is the revision', async () => {
    const drySHA = repository.commit({ 'apps/churn/a.yaml': configMap('1') })
    create(hydrator())
    const app = await seen(isSynced)
    const hydratedSHA = repository.git('rev-parse', 'env/prod')
    expect(operation(app)).toMatchObject({ phase: 'Hydrated', drySHA, hydratedSHA })
    expect(textAt(app, 'status', 'sync', 'revision')).toBe(hydratedSHA)
    expect(repository.git('show', 'env/prod:churn/manifest.yaml')).toContain('"value":"1"')
    const head = repository.git('rev-parse', 'env/prod')
    await refresh()
    expect(repository.git('rev-parse', 'env/prod')).toBe(head)
  })

  test('writes to the branch before it where there is one, and syncs nothing of that', async () => {
    repository.commit({ 'apps/churn/a.yaml': configMap('1') })
    create(hydrator({ hydrateTo: { targetBranch: 'env/next' } }))
    const app = await seen((one) => textAt(operation(one), 'phase') === 'Hydrated')
    expect(textAt(operation(app), 'hydratedSHA')).toBe(repository.git('rev-parse', 'env/next'))
    expect(() => repository.git('rev-parse', '--verify', '--quiet', 'env/prod')).toThrow()
  })

  test('says that manifests cannot be made, and of which commit it does not', async () => {
    repository.commit({ 'apps/churn/a.yaml': 'a: [' })
    create(hydrator())
    const failed = operation(await seen((one) => textAt(operation(one), 'phase') === 'Failed'))
    expect(failed['message']).toMatch(/^Failed to hydrate: failed to get manifests: .*"churn"/)
    expect(failed['drySHA']).toBeUndefined()
  })
})

test('an OCI artifact is at the digest of its tag, and one that is not there is an error', async () => {
  const digest = `sha256:${'5'.repeat(64)}`
  argocd.state.artifacts.set('oci://registry.example/churn:v1', digest)
  const source = { repoURL: 'oci://registry.example/churn', path: '.', targetRevision: 'v1' }
  create({ source })
  expect(textAt(await seen(isSynced), 'status', 'sync', 'revision')).toBe(digest)
  argocd.state.artifacts.clear()
  await refresh()
  const [condition] = listAt(appOf(kubernetes), 'status', 'conditions')
  expect(textAt(condition, 'message')).toContain('cannot get digest: oci://registry.example/churn:v1')
})

test('manifests that are kept come with a hard refresh, the revision before', async () => {
  repository.commit({ 'apps/churn/a.yaml': configMap('1') })
  create({})
  await seen(isSynced)
  argocd.state.keepManifests = true
  const commit = repository.commit({ 'apps/churn/a.yaml': configMap('2') })
  await refresh()
  const isAt = (app: KubeObject) => textAt(app, 'status', 'sync', 'revision') === commit
  await seen((app) => isAt(app) && isSynced(app))
  const key = { type: RESOURCES.configmaps, namespace: 'models', name: 'settings' }
  expect(textAt(kubernetes.store.get(key), 'data', 'value')).toBe('1')
  await refresh('hard')
  await seen((app) => isSynced(app) && textAt(kubernetes.store.get(key), 'data', 'value') === '2')
})
