import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import { type KubernetesServer, RESOURCES, startKubernetes } from '@mlops-actions/sandbox/kubernetes'
import { testWorld } from '../../../test/harness/world.ts'
import { createKubernetes, DEPLOYMENTS, type KubernetesClient, PODS } from '../src/index.ts'

let server: KubernetesServer
let client: KubernetesClient
beforeEach(async () => {
  server = await startKubernetes()
  client = createKubernetes(testWorld(), { server: server.url, token: 'admin-token' })
})
afterEach(async () => {
  client.close()
  await server.close()
})

const createPod = (name: string, app = 'isvc.churn-predictor') =>
  server.state.store.create(RESOURCES.pods, {
    metadata: { name, namespace: 'models', labels: { app } },
    spec: { containers: [{ name: 'kserve-container', image: 'r/x:v1' }] },
  })
const selection = { namespace: 'models', labelSelector: 'app=isvc.churn-predictor' }
const names = (pods: readonly { readonly metadata: { readonly name: string } }[]) =>
  pods.map(({ metadata }) => metadata.name)

describe('against a whole API server', () => {
  test('finds what is there, by its labels, and nothing else', async () => {
    createPod('a')
    createPod('b', 'other')
    expect(names((await client.list(PODS, selection)).items)).toEqual(['a'])
    expect(await client.find(PODS, { namespace: 'models', name: 'c' })).toBeUndefined()
  })

  test('reads a list of many pages whole', async () => {
    for (let at = 0; at < 1_201; at += 1) createPod(`p-${String(at).padStart(4, '0')}`)
    const { items } = await client.list(PODS, selection)
    expect(new Set(names(items)).size).toBe(1_201)
    expect(server.requests).toHaveLength(3)
  })

  test('patches, and reads what became of it', async () => {
    server.state.store.create(RESOURCES.deployments, {
      metadata: { name: 'd', namespace: 'models' },
      spec: { replicas: 1, template: { spec: { containers: [] } } },
    })
    const patched = await client.patch(
      DEPLOYMENTS,
      { namespace: 'models', name: 'd' },
      { spec: { replicas: 3 } },
    )
    expect([patched.spec.replicas, patched.metadata.generation]).toEqual([3, 2])
  })

  test('watches from the list on, and lists anew after a compaction', async () => {
    createPod('a')
    const over = new AbortController()
    const seen: string[] = []
    for await (const pods of client.watch(PODS, selection, over.signal)) {
      seen.push(names(pods).join(' '))
      if (seen.length === 1) createPod('b')
      if (seen.length === 2)
        server.state.store.remove({ type: RESOURCES.pods, namespace: 'models', name: 'a' })
      if (seen.length === 3) break
    }
    expect(seen).toEqual(['a', 'a b', 'b'])
    server.state.store.compact(0)
    for await (const pods of client.watch(PODS, selection, over.signal)) {
      expect(names(pods)).toEqual(['b'])
      break
    }
    over.abort()
  })

  test.each([
    [
      'list',
      'pods',
      () => client.list(PODS, selection),
      '{ apiGroups: [""], resources: ["pods"], verbs: ["list"] }',
    ],
    [
      'get',
      'deployments',
      () => client.find(DEPLOYMENTS, { namespace: 'models', name: 'd' }),
      '{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] }',
    ],
  ] as const)('a role that may not %s %s is told the rule', async (verb, resource, ask, rule) => {
    server.state.deny.push({ verb, resource })
    const failure: unknown = await ask().catch((thrown: unknown) => thrown)
    if (!(failure instanceof Failure)) throw new Error('it was allowed')
    expect(failure.kind).toBe('auth')
    expect(failure.details.next).toContain(rule)
    expect(failure.details.seen).toContain(`cannot ${verb} resource "${resource}"`)
  })
})
