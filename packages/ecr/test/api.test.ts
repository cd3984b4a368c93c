import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createEcr } from '@mlops-actions/aws/ecr'
import { createHttp } from '@mlops-actions/http'
import { type EcrServer, startEcr } from '@mlops-actions/sandbox/ecr'
import { FAULTS, startFaultServer } from '@mlops-actions/sandbox/faults'
import { addRepository } from '@mlops-actions/sandbox/registry'
import { testWorld } from '../../../test/harness/world.ts'
import {
  createRepository,
  type EcrApi,
  fetchToken,
  findImages,
  lookUpImages,
  openEcr,
  openHttp,
} from '../src/index.ts'

let server: EcrServer
let ecr: EcrApi
const closing: (() => void)[] = []
const world = testWorld()
const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`
const EMPTY = {
  text: '{"schemaVersion":2,"manifests":[]}',
  digest: digestOf('{"schemaVersion":2,"manifests":[]}'),
}
const REPOSITORY = { name: 'ml/churn', account: undefined }

/** The SDK reads its endpoint from the environment, when a client is asked for the first time. */
function clientOf(endpoint: string, patience = 10_000, requestTimeout = 5_000): EcrApi {
  process.env['AWS_ENDPOINT_URL_ECR'] = endpoint
  const [principal] = server.state.principals
  const { accessKeyId = '', secretAccessKey = '' } = principal ?? {}
  const http = createHttp(world, { trustedOrigins: [endpoint] })
  const credentials = async () => ({ accessKeyId, secretAccessKey })
  const client = createEcr({
    http,
    region: 'us-east-1',
    credentials,
    requestTimeout,
    env: {},
    retry: { world },
  })
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
  const digest = digestOf(text)
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
    expect(await findImages(world, { ecr, repository: REPOSITORY }, ['v1'])).toBeUndefined()
  })

  test('are found with digest and manifest; free ones are left out', async () => {
    addRepository(server.state.registry, 'ml/churn', 0)
    const text = `{"schemaVersion":2,"config":{"digest":"sha256:${'c'.repeat(64)}","size":7},"layers":[]}`
    const digest = store(text, 'v1')
    const found = await findImages(world, { ecr, repository: REPOSITORY }, ['v1', 'v2'])
    expect([...(found ?? [])]).toEqual([
      ['v1', expect.objectContaining({ digest, manifest: expect.objectContaining({ layers: [] }) })],
    ])
    expect((await findImages(world, { ecr, repository: REPOSITORY }, [digest]))?.get(digest)?.digest).toBe(
      digest,
    )
    expect(await findImages(world, { ecr, repository: REPOSITORY }, [])).toEqual(new Map())
  })

  test('in a repository that one may not look into are an auth failure', async () => {
    addRepository(server.state.registry, 'ml/churn', 0)
    server.state.registry.deny.push({ action: 'ecr:BatchGetImage' })
    await expect(findImages(world, { ecr, repository: REPOSITORY }, ['v1'])).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringContaining(
        'Have `ecr:BatchGetImage` on arn:aws:ecr:us-east-1:123456789012:repository/ml/churn taken out of',
      ),
    })
  })

  test('of what is no image are refused', async () => {
    addRepository(server.state.registry, 'ml/churn', 0)
    store('[]', 'v1')
    await expect(findImages(world, { ecr, repository: REPOSITORY }, ['v1'])).rejects.toMatchObject({
      code: 'ECR_MANIFEST',
    })
  })

  /** An answer of ECR, as often as it is wanted. */
  const answering = (body: object, times = 1): void => {
    const headers = { 'content-type': 'application/x-amz-json-1.1' }
    server.faults.push({
      match: () => true,
      times,
      respond: { status: 200, headers, body: JSON.stringify(body) },
    })
  }

  test('that ECR cannot show are failures of their own', async () => {
    const failureReason = 'Image is archived'
    const failures = [{ imageId: { imageTag: 'v1' }, failureCode: 'ImageInaccessible', failureReason }]
    answering({
      images: [],
      failures: [...failures, { imageId: { imageTag: 'ctx-1' }, failureCode: 'ImageNotFound' }],
    })
    const place = { ecr, repository: REPOSITORY }
    const found = await lookUpImages(world, place, ['v1', 'ctx-1'])
    expect([...(found ?? [])]).toEqual([['v1', expect.objectContaining({ code: 'ECR_ARCHIVED' })]])
    answering({ images: [], failures })
    await expect(findImages(world, place, ['v1'])).rejects.toMatchObject({
      kind: 'policy',
      message: expect.stringContaining(failureReason),
    })
  })

  test('of another manifest than that of its digest are refused', async () => {
    addRepository(server.state.registry, 'ml/churn', 0)
    const digest = store(`{"schemaVersion":2,"manifests":[]}`, 'v1')
    const bytes = Buffer.from('{"schemaVersion":2,"manifests":[] }')
    const mediaType = 'application/vnd.oci.image.index.v1+json'
    server.state.registry.repositories
      .get('ml/churn')
      ?.manifests.set(digest, { digest, mediaType, bytes, pushedAt: 0 })
    for (const reference of ['v1', digest])
      await expect(findImages(world, { ecr, repository: REPOSITORY }, [reference])).rejects.toMatchObject({
        kind: 'integrity',
        code: 'ECR_MANIFEST_DAMAGED',
      })
  })

  test('of a digest come under the digest that was asked for, though ECR names a tag with it', async () => {
    const { text: imageManifest, digest: imageDigest } = EMPTY
    answering({ images: [{ imageId: { imageDigest, imageTag: 'latest' }, imageManifest }], failures: [] })
    const found = await findImages(world, { ecr, repository: REPOSITORY }, [imageDigest])
    expect([...(found?.keys() ?? [])]).toEqual([imageDigest])
  })

  test('are asked for a hundred at once, however many they are', async () => {
    addRepository(server.state.registry, 'ml/churn', 0)
    const digest = store('{"schemaVersion":2,"manifests":[]}', 't200')
    const tags = Array.from({ length: 201 }, (_, at) => `t${at}`)
    const found = await findImages(world, { ecr, repository: REPOSITORY }, tags)
    expect([server.requests.length, found?.get('t200')?.digest]).toEqual([3, digest])
  })

  const archived = { failureCode: 'ImageInaccessible', failureReason: 'Image is archived' }
  test.each([
    {},
    { images: [], failures: [] },
    { images: [{ imageId: { imageTag: 'v1' } }], failures: [] },
    { images: [{ imageId: { imageDigest: EMPTY.digest }, imageManifest: EMPTY.text }], failures: [] },
    { images: [], failures: [archived] },
  ])('are not taken for free where ECR answers %j', async (body) => {
    answering(body)
    await expect(findImages(world, { ecr, repository: REPOSITORY }, ['v1'])).rejects.toMatchObject({
      kind: 'upstream',
      code: 'ECR_IMAGES',
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

test('what can pass is tried again on the clock of the world, a few times, and then told as what it was', async () => {
  const faulty = await startFaultServer({ modes: ['status:503'] })
  try {
    const waiting = testWorld()
    const access = { requestTimeout: 10_000, caCert: undefined }
    process.env['AWS_ENDPOINT_URL_ECR'] = faulty.url
    const caller = {
      ...waiting,
      env: { AWS_ENDPOINT_URL_ECR: faulty.url },
      context: { runId: '1' },
      idToken: () => Promise.reject(new Error('no token is needed')),
    }
    process.env['AWS_ACCESS_KEY_ID'] = 'AKIA'
    process.env['AWS_SECRET_ACCESS_KEY'] = 'secret'
    const http = openHttp(caller, access)
    closing.push(() => http.close())
    const { ecr: asked } = openEcr(caller, access, http, {
      role: undefined,
      region: 'us-east-1',
      host: undefined,
    })
    await expect(fetchToken(waiting, asked)).rejects.toMatchObject({
      kind: 'upstream',
      message: expect.stringContaining('503'),
    })
    expect(faulty.requests).toHaveLength(6)
    expect(waiting.sleeps).toEqual([150, 300, 600, 1_200, 2_400])
  } finally {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) delete process.env[name]
    await faulty.close()
  }
})
