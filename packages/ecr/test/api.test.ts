import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createEcr } from '@mlops-actions/aws/ecr'
import { createHttp } from '@mlops-actions/http'
import { addRepository, type EcrServer, FAULTS, startEcr, startFaultServer } from '@mlops-actions/sandbox'
import { testWorld } from '../../../test/harness/world.ts'
import { createRepository, type EcrApi, fetchToken, findDigests, findTags } from '../src/index.ts'

let server: EcrServer
let ecr: EcrApi
const closing: (() => void)[] = []
const world = testWorld()
const REPOSITORY = { name: 'ml/churn', account: undefined }

/** The SDK reads its endpoint from the environment, when a client is asked for the first time. */
function clientOf(endpoint: string, patience = 10_000, requestTimeout = 5_000): EcrApi {
  process.env['AWS_ENDPOINT_URL_ECR'] = endpoint
  const [principal] = server.state.principals
  const { accessKeyId = '', secretAccessKey = '' } = principal ?? {}
  const http = createHttp(world, { trustedOrigins: [endpoint] })
  const credentials = async () => ({ accessKeyId, secretAccessKey })
  const client = createEcr({ http, region: 'us-east-1', credentials, requestTimeout, env: {} })
  closing.push(() => http.close())
  return { client, patience }
}

beforeEach(async () => {
  server = await startEcr()
  ecr = clientOf(server.url)
})
afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL_ECR']
  for (const close of closing.splice(0)) close()
  await server.close()
})

function store(text: string, tag: string): string {
  const repository = server.state.registry.repositories.get('ml/churn')
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`
  repository?.manifests.set(digest, {
    digest,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    bytes: Buffer.from(text),
    pushedAt: 0,
  })
  repository?.tags.set(tag, digest)
  return digest
}

test('patience of many weeks is not over at once', async () => {
  const weeks = 2 ** 33
  const patient = clientOf(server.url, 6 * weeks, weeks)
  expect((await fetchToken(world, patient)).host).toBe(server.registryServer.host)
})

describe('the token', () => {
  test('comes with the host of the registry, and is masked whole and as its password', async () => {
    const asked = testWorld()
    const { host, auth } = await fetchToken(asked, ecr)
    expect(host).toBe(server.registryServer.host)
    const [user, password] = atob(auth).split(':')
    expect(user).toBe('AWS')
    expect(asked.secrets).toEqual([auth, password])
  })

  test('that the role may not get is an auth failure that names the action', async () => {
    server.state.registry.deny.push({ action: 'ecr:GetAuthorizationToken' })
    await expect(fetchToken(world, ecr)).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringContaining('ecr:GetAuthorizationToken'),
    })
  })
})

describe('tags', () => {
  test('of a repository that does not exist are not even missing', async () => {
    expect(await findTags(world, ecr, REPOSITORY, ['v1'])).toBeUndefined()
  })

  test('are found with digest and manifest; free ones are left out', async () => {
    addRepository(server.state.registry, 'ml/churn', 0)
    const text = `{"schemaVersion":2,"config":{"digest":"sha256:${'c'.repeat(64)}","size":7},"layers":[]}`
    const digest = store(text, 'v1')
    const found = await findTags(world, ecr, REPOSITORY, ['v1', 'v2'])
    expect([...(found ?? [])]).toEqual([
      ['v1', expect.objectContaining({ digest, manifest: expect.objectContaining({ layers: [] }) })],
    ])
    expect((await findDigests(world, ecr, REPOSITORY, [digest]))?.get(digest)?.digest).toBe(digest)
    expect(await findTags(world, ecr, REPOSITORY, [])).toEqual(new Map())
  })

  test('in a repository that one may not look into are an auth failure', async () => {
    addRepository(server.state.registry, 'ml/churn', 0)
    server.state.registry.deny.push({ action: 'ecr:BatchGetImage' })
    await expect(findTags(world, ecr, REPOSITORY, ['v1'])).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringContaining(
        'Have `ecr:BatchGetImage` on arn:aws:ecr:us-east-1:123456789012:repository/ml/churn taken out of',
      ),
    })
  })

  test('of what is no image are refused', async () => {
    addRepository(server.state.registry, 'ml/churn', 0)
    store('[]', 'v1')
    await expect(findTags(world, ecr, REPOSITORY, ['v1'])).rejects.toMatchObject({ code: 'ECR_MANIFEST' })
  })

  test('that ECR cannot show are a failure, unless they need not be there', async () => {
    const failureReason = 'Image is archived'
    const failures = [{ imageId: { imageTag: 'ctx-1' }, failureCode: 'ImageInaccessible', failureReason }]
    const respond = {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({ images: [], failures }),
    }
    server.faults.push({ match: () => true, times: 3, respond })
    const tags = ['v1', 'ctx-1']
    expect(await findTags(world, ecr, REPOSITORY, tags, ['ctx-1'])).toEqual(new Map())
    for (const optional of [undefined, ['v1']])
      await expect(findTags(world, ecr, REPOSITORY, tags, optional)).rejects.toMatchObject({
        message: expect.stringContaining(failureReason),
      })
  })
})

describe('a repository', () => {
  test('is created once, encrypted, with the tags that were asked for', async () => {
    expect(await createRepository(world, ecr, REPOSITORY, { tagMutability: 'IMMUTABLE' })).toBe(true)
    expect(await createRepository(world, ecr, REPOSITORY, { tagMutability: 'MUTABLE' })).toBe(false)
    expect(server.state.registry.repositories.get('ml/churn')).toMatchObject({
      tagMutability: 'IMMUTABLE',
      encryptionType: 'AES256',
    })
  })

  test('that one may not create is an auth failure that names the action', async () => {
    server.state.registry.deny.push({ action: 'ecr:CreateRepository' })
    await expect(
      createRepository(world, ecr, REPOSITORY, { tagMutability: 'MUTABLE' }),
    ).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringContaining(
        'Have `ecr:CreateRepository` on arn:aws:ecr:us-east-1:123456789012:repository/ml/churn taken out of',
      ),
    })
  })
})

test('a cancelled step stops asking', async () => {
  const cancelled = testWorld()
  cancelled.cancel()
  await expect(fetchToken(cancelled, ecr)).rejects.toThrow()
  expect(server.requests).toEqual([])
})

/** What never becomes ECR's answer: then no token may come of it. */
const BROKEN = Object.entries(FAULTS).filter(([, { kind, tls }]) => kind !== undefined && tls === undefined)

test.each(BROKEN)('no token comes of: %s', async (_, { modes }) => {
  const faulty = await startFaultServer({ modes })
  try {
    const asked = testWorld()
    await expect(fetchToken(asked, clientOf(faulty.url, 400))).rejects.toMatchObject({
      name: 'Failure',
      kind: expect.not.stringMatching('internal'),
    })
    expect(asked.secrets).toEqual([])
  } finally {
    await faulty.close()
  }
})
