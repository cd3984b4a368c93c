import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type ArgocdServer, startArgocd } from '../src/argocd/index.ts'
import { packTar } from '../src/containers/tar.ts'
import { type KServeServer, startKServe } from '../src/kserve/index.ts'
import {
  addNamespaces,
  createKubernetesState,
  type JsonObject,
  type KubeObject,
  type KubernetesState,
  RESOURCES,
} from '../src/kubernetes/index.ts'
import { listAt, textAt } from '../src/kubernetes/json.ts'
import {
  addRepository,
  issuePassword,
  MEDIA_TYPES,
  type RegistryServer,
  sha256Digest,
  startRegistry,
} from '../src/registry/index.ts'
import { application, appOf, createRepository, type Repository } from './argocd-setup.ts'
import { get, one, pods, SERVER, until } from './kserve-cluster.ts'

let registry: RegistryServer
let kubernetes: KubernetesState
let kserve: KServeServer
let argocd: ArgocdServer
let repository: Repository

beforeEach(async () => {
  registry = await startRegistry()
  addRepository(registry.state, 'ml/churn', 0)
  const principal = { arn: 'arn:aws:iam::123456789012:role/node', accessKeyId: 'A', secretAccessKey: 's' }
  const registryAuth = {
    username: 'AWS',
    password: issuePassword(registry.state, principal, Date.now()).password,
  }
  kubernetes = createKubernetesState()
  addNamespaces(kubernetes.store, ['models'])
  const timings = {
    probeEvery: 20,
    // Longer than any test: the first crash is the last, so that what is seen of it does not depend on the moment.
    crashBackOff: 600_000,
    pullBackOff: 60,
    grace: 1_000,
    progressDeadline: 60_000,
  }
  kserve = await startKServe({ state: kubernetes, registryAuth, timings })
  argocd = await startArgocd({ kubernetes })
  repository = createRepository()
})
afterEach(async () => {
  await argocd.close()
  await kserve.close()
  await registry.close()
  repository.remove()
})

/** The pods of the resource tree. */
async function podNodes(): Promise<readonly JsonObject[]> {
  const tree = await fetch(`${argocd.url}/api/v1/applications/churn/resource-tree`, {
    headers: { authorization: 'Bearer argocd-token' },
  })
  return listAt(JSON.parse(await tree.text()), 'nodes').filter((node) => node['kind'] === 'Pod')
}

/** Puts an image with the server of that version into the registry; the answer is its reference. */
function push(version: string): string {
  const server = Buffer.from(SERVER)
  const archive = packTar([{ path: 'app/server.mjs', type: 'file', executable: false, body: server }])
  const layer = gzipSync(archive)
  const config = Buffer.from(
    JSON.stringify({
      config: { Entrypoint: ['node', '/app/server.mjs'], Env: [`VERSION=${version}`, 'PORT=8080'] },
      rootfs: { type: 'layers', diff_ids: [sha256Digest(archive)] },
    }),
  )
  const stored = registry.state.repositories.get('ml/churn')
  const blob = (bytes: Buffer, mediaType: string) => {
    stored?.blobs.set(sha256Digest(bytes), bytes)
    return { mediaType, digest: sha256Digest(bytes), size: bytes.length }
  }
  const manifest = {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociManifest,
    config: blob(config, MEDIA_TYPES.ociConfig),
    layers: [blob(layer, MEDIA_TYPES.ociLayer)],
  }
  const bytes = Buffer.from(JSON.stringify(manifest))
  const digest = sha256Digest(bytes)
  stored?.manifests.set(digest, { digest, mediaType: MEDIA_TYPES.ociManifest, bytes, pushedAt: 0 })
  return `${registry.host}/ml/churn@${digest}`
}

function commit(image: string): string {
  const manifest = `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata:
  name: churn
spec:
  predictor:
    model:
      modelFormat: { name: sklearn }
      image: ${image}
      readinessProbe: { httpGet: { path: /health, port: 8080 } }
`
  return repository.commit({ 'apps/churn/isvc.yaml': manifest })
}

/** What Argo CD says after a refresh: `Synced Healthy <revision>`. */
async function refreshed(): Promise<string> {
  const answer = await fetch(`${argocd.url}/api/v1/applications/churn?refresh=normal`, {
    headers: { authorization: 'Bearer argocd-token' },
  })
  return verdict(JSON.parse(await answer.text()))
}
const verdict = (app: KubeObject | undefined): string =>
  ['sync.status', 'health.status', 'sync.revision']
    .map((path) => textAt(app, 'status', ...path.split('.')))
    .join(' ')
const isvc = (): KubeObject | undefined => one(kubernetes, RESOURCES.inferenceservices, 'churn')
const ready = (): string | undefined =>
  textAt(
    listAt(isvc(), 'status', 'conditions').find((item) => textAt(item, 'type') === 'Ready'),
    'status',
  )
const container = (pod: KubeObject) => listAt(pod, 'status', 'containerStatuses')[0]

describe('a commit to the GitOps repository', () => {
  test('with an image that crashes leaves the old pods serving behind Synced, Healthy and Ready; a good one takes over without a lost request', async () => {
    const first = commit(push('v1'))
    kubernetes.store.create(
      RESOURCES.applications,
      application(repository.path, { prune: true, selfHeal: true }),
    )
    await until(kubernetes, () =>
      verdict(appOf(kubernetes)) === `Synced Healthy ${first}` ? true : undefined,
    )
    const url = textAt(isvc(), 'status', 'url') ?? ''
    expect(await get(url)).toEqual({ status: 200, body: 'v1' })

    const answers: { status: number; body: string }[] = []
    let over = false
    const client = async (path: string): Promise<void> => {
      while (!over) answers.push(await get(`${url}${path}`))
    }
    const load = [client('/'), client('/slow')]

    const bad = commit(push('crash'))
    await refreshed()
    await until(kubernetes, () =>
      pods(kubernetes).find(
        (pod) => textAt(container(pod), 'state', 'waiting', 'reason') === 'CrashLoopBackOff',
      ),
    )
    expect([await refreshed(), ready()]).toEqual([`Synced Healthy ${bad}`, 'True'])
    const crashing = { name: 'Status Reason', value: 'CrashLoopBackOff' }
    expect(await podNodes()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ health: { status: 'Healthy' } }),
        expect.objectContaining({
          health: expect.objectContaining({ status: 'Degraded' }),
          info: expect.arrayContaining([crashing]),
        }),
      ]),
    )
    expect(new Set(answers.map((answer) => answer.body))).toEqual(new Set(['v1']))

    const good = push('v3')
    const last = commit(good)
    await refreshed()
    const [pod] = await until(kubernetes, () => {
      const all = pods(kubernetes)
      const mine = all.every((item) => textAt(container(item), 'image') === good)
      return all.length === 1 && mine ? all : undefined
    })
    // The store says nothing any more; customers may still be waiting for an answer that the old pod has begun.
    while (answers.at(-1)?.body !== 'v3') await new Promise((resolve) => setTimeout(resolve, 5))
    over = true
    await Promise.all(load)
    expect(answers.filter((answer) => answer.status !== 200)).toEqual([])
    expect(new Set(answers.map((answer) => answer.body))).toEqual(new Set(['v1', 'v3']))
    expect(pod && textAt(container(pod), 'imageID')).toBe(good)
    expect(await refreshed()).toBe(`Synced Healthy ${last}`)
  }, 60_000)

  test('with an image that is not there shows Degraded on the pod alone and Healthy on the application', async () => {
    commit(push('v1'))
    kubernetes.store.create(RESOURCES.applications, application(repository.path, {}))
    await until(kubernetes, () =>
      verdict(appOf(kubernetes)).startsWith('Synced Healthy') ? true : undefined,
    )
    const missing = commit(`${registry.host}/ml/churn:missing`)
    await refreshed()
    const pod = await until(kubernetes, () =>
      pods(kubernetes).find(
        (item) => textAt(container(item), 'state', 'waiting', 'reason') === 'ImagePullBackOff',
      ),
    )
    expect(textAt(container(pod), 'state', 'waiting', 'message')).toContain('not found')
    expect([await refreshed(), ready()]).toEqual([`Synced Healthy ${missing}`, 'True'])
  })
})
