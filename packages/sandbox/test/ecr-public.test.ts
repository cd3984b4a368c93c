import { createHash } from 'node:crypto'
import * as sdk from '@aws-sdk/client-ecr-public'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type EcrPublicServer, startEcrPublic } from '../src/ecr-public/index.ts'
import { addRepository, type EcrRepository, MEDIA_TYPES } from '../src/registry/index.ts'
import { DEFAULT_PRINCIPAL } from '../src/s3/index.ts'
import { findUnmodelled, recordAnswers } from './ecr-model.ts'

const digestOf = (bytes: string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: MEDIA_TYPES.ociManifest,
  config: { mediaType: MEDIA_TYPES.ociConfig, digest: digestOf('{}'), size: 2 },
  layers: [],
})
const digest = digestOf(manifest)
const name = { repositoryName: 'ml/iris' }

let server: EcrPublicServer
let client: sdk.ECRPUBLICClient
let repository: EcrRepository

beforeEach(async () => {
  server = await startEcrPublic()
  const { accessKeyId, secretAccessKey } = DEFAULT_PRINCIPAL
  const credentials = { accessKeyId, secretAccessKey }
  client = new sdk.ECRPUBLICClient({ endpoint: server.url, region: 'us-east-1', maxAttempts: 1, credentials })
  repository = addRepository(server.state.registry, 'a1b2c3d4/ml/iris', Date.now())
  repository.blobs.set(digestOf('{}'), Buffer.from('{}'))
  repository.resourceTags.set('team', 'ml')
  const bytes = Buffer.from(manifest)
  repository.manifests.set(digest, {
    digest,
    mediaType: MEDIA_TYPES.ociManifest,
    bytes,
    pushedAt: Date.now(),
  })
})
afterEach(async () => {
  client.destroy()
  await server.close()
})

describe('what the API answers has a place in the service model of ECR Public, member by member', () => {
  const operations: [name: string, schema: unknown, send: () => Promise<object>][] = [
    ['GetAuthorizationToken', sdk.GetAuthorizationTokenResponse$, () => client.send(new sdk.GetAuthorizationTokenCommand({}))],
    ['DescribeRepositories', sdk.DescribeRepositoriesResponse$, () => client.send(new sdk.DescribeRepositoriesCommand({ repositoryNames: ['ml/iris'] }))],
    ['CreateRepository', sdk.CreateRepositoryResponse$, () => client.send(new sdk.CreateRepositoryCommand({ repositoryName: 'ml/new', tags: [{ Key: 'team', Value: 'ml' }] }))],
    ['DescribeImages', sdk.DescribeImagesResponse$, () => client.send(new sdk.DescribeImagesCommand({ ...name, imageIds: [{ imageDigest: digest }] }))],
    ['PutImage', sdk.PutImageResponse$, () => client.send(new sdk.PutImageCommand({ ...name, imageManifest: manifest, imageTag: 'v1' }))],
    ['ListTagsForResource', sdk.ListTagsForResourceResponse$, () => client.send(new sdk.ListTagsForResourceCommand({ resourceArn: 'arn:aws:ecr-public::123456789012:repository/ml/iris' }))],
  ] // biome-ignore format: a table
  test.each(operations)('%s', async (_name, schema, send) => {
    const answers = recordAnswers(client)
    await send()
    expect(answers).toHaveLength(1)
    expect(findUnmodelled(answers[0], schema)).toEqual([])
  })
})

describe('names', () => {
  test('have the alias in addresses, and never in the API', async () => {
    const { repositories = [] } = await client.send(
      new sdk.DescribeRepositoriesCommand({ repositoryNames: ['ml/iris'] }),
    )
    const [{ repositoryName, repositoryUri, repositoryArn } = {}] = repositories
    expect({ repositoryName, repositoryUri, repositoryArn }).toEqual({
      repositoryName: 'ml/iris',
      repositoryUri: `${server.registryServer.host}/a1b2c3d4/ml/iris`,
      repositoryArn: 'arn:aws:ecr-public::123456789012:repository/ml/iris',
    })
  })

  test('of what is not there are told in the exceptions of the model', async () => {
    const missing = client.send(new sdk.DescribeRepositoriesCommand({ repositoryNames: ['no'] }))
    await expect(missing).rejects.toBeInstanceOf(sdk.RepositoryNotFoundException)
    const image = client.send(new sdk.DescribeImagesCommand({ ...name, imageIds: [{ imageTag: 'no' }] }))
    await expect(image).rejects.toBeInstanceOf(sdk.ImageNotFoundException)
  })
})

test('lists come in pages', async () => {
  addRepository(server.state.registry, 'a1b2c3d4/ml/second', Date.now())
  const list = (nextToken?: string) =>
    client.send(new sdk.DescribeRepositoriesCommand({ maxResults: 1, nextToken }))
  const first = await list()
  const { repositories = [], nextToken } = await list(first.nextToken)
  expect([repositories.map(({ repositoryName }) => repositoryName), nextToken]).toEqual([
    ['ml/second'],
    undefined,
  ])
})

describe('rights', () => {
  test.each(['ecr-public:GetAuthorizationToken', 'sts:GetServiceBearerToken'])(
    'a token takes %s',
    async (action) => {
      server.state.registry.deny.push({ action })
      await expect(client.send(new sdk.GetAuthorizationTokenCommand({}))).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining(`is not authorized to perform: ${action}`),
      })
    },
  )

  test('of ECR Public are other ones than those of ECR', async () => {
    server.state.registry.deny.push({ action: 'ecr:*' })
    await client.send(new sdk.DescribeImagesCommand({ ...name, imageIds: [{ imageDigest: digest }] }))
    server.state.registry.deny.push({ action: 'ecr-public:DescribeImages' })
    await expect(client.send(new sdk.DescribeImagesCommand(name))).rejects.toThrow(
      /ecr-public:DescribeImages on resource: arn:aws:ecr-public::123456789012:repository\/ml\/iris/,
    )
  })
})

describe('its registry', () => {
  const url = () => `${server.registryServer.url}/v2/a1b2c3d4/ml/iris/manifests/${digest}`

  async function bearer(login: string): Promise<Response> {
    return fetch(`${server.registryServer.url}/token/?service=public.ecr.aws&scope=aws`, {
      headers: { authorization: `Basic ${login}` },
    })
  }

  test('asks for a Bearer token, which it gives for that of the API', async () => {
    const refused = await fetch(url())
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toMatch(
      /^Bearer realm="http:\/\/127\.0\.0\.1:\d+\/token\/",service="public\.ecr\.aws",scope="aws"$/,
    )
    const { authorizationData } = await client.send(new sdk.GetAuthorizationTokenCommand({}))
    const { token } = (await (await bearer(authorizationData?.authorizationToken ?? '')).json()) as {
      token: string
    }
    const response = await fetch(url(), { headers: { authorization: `Bearer ${token}` } })
    expect(await response.text()).toBe(manifest)
  })

  test('takes neither Basic nor a wrong login', async () => {
    const login = btoa('AWS:wrong')
    expect((await fetch(url(), { headers: { authorization: `Basic ${login}` } })).status).toBe(401)
    expect((await bearer(login)).status).toBe(401)
  })
})
