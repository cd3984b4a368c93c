import { createHash } from 'node:crypto'
import {
  BatchCheckLayerAvailabilityCommand,
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  ECRServiceException,
  GetAuthorizationTokenCommand,
  GetDownloadUrlForLayerCommand,
  ListImageReferrersCommand,
  ListImagesCommand,
  PutImageCommand,
  PutLifecyclePolicyCommand,
  StartImageScanCommand,
} from '@aws-sdk/client-ecr'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type EcrServer, startEcr } from '../src/ecr/index.ts'
import { addRepository, type EcrRepository, MEDIA_TYPES } from '../src/registry/index.ts'
import { DEFAULT_PRINCIPAL } from '../src/s3/index.ts'

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5)
const digestOf = (bytes: string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const config = '{}'
const layer = 'layer'
const manifestOf = (more: object = {}) =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociManifest,
    config: { mediaType: MEDIA_TYPES.ociConfig, digest: digestOf(config), size: config.length },
    layers: [{ mediaType: MEDIA_TYPES.ociLayer, digest: digestOf(layer), size: layer.length }],
    ...more,
  })
const manifest = manifestOf()
const indexOf = (digest: string) =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociIndex,
    manifests: [{ mediaType: MEDIA_TYPES.ociManifest, digest, size: 1 }],
  })

let now = NOW
let server: EcrServer
let client: ECRClient
let repository: EcrRepository
const name = { repositoryName: 'ml/iris' }

function connect(credentials: object = {}, more: object = {}): ECRClient {
  const { accessKeyId, secretAccessKey } = DEFAULT_PRINCIPAL
  return new ECRClient({
    endpoint: server.url,
    region: 'us-east-1',
    maxAttempts: 1,
    systemClockOffset: NOW - Date.now(),
    credentials: { accessKeyId, secretAccessKey, ...credentials },
    ...more,
  })
}

async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'accepted'
  } catch (error) {
    if (error instanceof ECRServiceException) return error.name
    throw error
  }
}

beforeEach(async () => {
  now = NOW
  server = await startEcr({ now: () => now })
  client = connect()
  repository = addRepository(server.state.registry, 'ml/iris', now)
  for (const bytes of [config, layer]) repository.blobs.set(digestOf(bytes), Buffer.from(bytes))
})

afterEach(async () => {
  client.destroy()
  await server.close()
})

const put = (imageManifest: string, imageTag?: string, more: object = {}) =>
  client.send(new PutImageCommand({ ...name, imageManifest, ...(imageTag && { imageTag }), ...more }))

describe('authentication', () => {
  test.each<[string, object, object, string]>([
    ['a known key', {}, {}, 'accepted'],
    ['an unknown key', { accessKeyId: 'AKIANOBODY' }, {}, 'UnrecognizedClientException'],
    ['a wrong secret', { secretAccessKey: 'x' }, {}, 'InvalidSignatureException'],
    ['a token that nobody issued', { sessionToken: 'x' }, {}, 'UnrecognizedClientException'],
    [
      'a clock that is 16 minutes late',
      {},
      { systemClockOffset: NOW - Date.now() - 16 * 60_000 },
      'InvalidSignatureException',
    ],
    ['another region', {}, { region: 'eu-west-1' }, 'InvalidSignatureException'],
  ])('%s: %s', async (_name, credentials, more, expected) => {
    const other = connect(credentials, more)
    expect(await refusal(other.send(new DescribeRepositoriesCommand({})))).toBe(expected)
    other.destroy()
  })

  test('the token opens the registry for twelve hours', async () => {
    const { authorizationData } = await client.send(new GetAuthorizationTokenCommand({}))
    const [data] = authorizationData ?? []
    expect([data?.proxyEndpoint, data?.expiresAt?.getTime()]).toEqual([
      server.registryServer.url,
      NOW + 12 * 3_600_000,
    ])
    expect(atob(data?.authorizationToken ?? '')).toMatch(/^AWS:.{600}/)
    const ping = () =>
      fetch(`${data?.proxyEndpoint}/v2/`, { headers: { authorization: `Basic ${data?.authorizationToken}` } })
    expect((await ping()).status).toBe(200)
    now += 12 * 3_600_000
    expect((await ping()).status).toBe(403)
  })

  test('a denied action is AccessDeniedException with principal, action and resource', async () => {
    server.state.registry.deny.push({ action: 'ecr:PutImage', resourcePrefix: 'ml/' })
    await expect(put(manifest, 'v1')).rejects.toThrow(
      'User: arn:aws:iam::123456789012:user/sandbox is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:us-east-1:123456789012:repository/ml/iris',
    )
  })

  test('a principal with a policy may do what it allows, in the API and in the registry', async () => {
    const puller = {
      arn: 'arn:aws:iam::123456789012:role/node',
      accessKeyId: 'AKIAPULLER',
      secretAccessKey: 'p',
      policy: {
        Statement: [
          { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage'], Resource: '*' },
        ],
      },
    } as const
    server.state.principals.push(puller)
    await put(manifest, 'v1')
    const { accessKeyId, secretAccessKey } = puller
    const theirs = connect({ accessKeyId, secretAccessKey })
    const { authorizationData } = await theirs.send(new GetAuthorizationTokenCommand({}))
    const headers = { authorization: `Basic ${authorizationData?.[0]?.authorizationToken}` }
    const at = `${server.registryServer.url}/v2/ml/iris`
    expect((await fetch(`${at}/manifests/v1`, { headers })).status).toBe(200)
    const push = await fetch(`${at}/blobs/uploads/`, { method: 'POST', headers })
    expect([push.status, await push.text()]).toEqual([
      403,
      expect.stringContaining('because no identity-based policy allows the ecr:InitiateLayerUpload action'),
    ])
    await expect(theirs.send(new DescribeRepositoriesCommand({}))).rejects.toThrow(
      'because no identity-based policy allows the ecr:DescribeRepositories action',
    )
    theirs.destroy()
  })
})

describe('repositories', () => {
  test('are created once and described', async () => {
    const input = {
      repositoryName: 'ml/new',
      imageTagMutability: 'IMMUTABLE' as const,
      imageScanningConfiguration: { scanOnPush: true },
    }
    const created = await client.send(new CreateRepositoryCommand(input))
    const host = server.registryServer.host
    expect(created.repository).toMatchObject({
      ...input,
      repositoryUri: `${host}/ml/new`,
      createdAt: new Date(NOW),
    })
    expect(await refusal(client.send(new CreateRepositoryCommand(input)))).toBe(
      'RepositoryAlreadyExistsException',
    )
    const { repositories } = await client.send(
      new DescribeRepositoriesCommand({ repositoryNames: ['ml/new'] }),
    )
    expect(repositories).toEqual([created.repository])
    expect(await refusal(client.send(new DescribeRepositoriesCommand({ repositoryNames: ['no'] })))).toBe(
      'RepositoryNotFoundException',
    )
  })

  test.each<[string, object]>([
    ['a capital letter', { repositoryName: 'ML' }],
    [
      'filters without exclusion',
      { repositoryName: 'ok', imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: '*' }] },
    ],
    ['exclusion without filters', { repositoryName: 'ok', imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION' }],
  ])('%s is InvalidParameterException', async (_name, input) => {
    expect(await refusal(client.send(new CreateRepositoryCommand({ repositoryName: 'x', ...input })))).toBe(
      'InvalidParameterException',
    )
  })

  test('are listed in pages', async () => {
    addRepository(server.state.registry, 'second', now)
    const first = await client.send(new DescribeRepositoriesCommand({ maxResults: 1 }))
    const second = await client.send(
      new DescribeRepositoriesCommand({ maxResults: 1, nextToken: first.nextToken }),
    )
    expect([
      first.repositories?.[0]?.repositoryName,
      second.repositories?.[0]?.repositoryName,
      second.nextToken,
    ]).toEqual(['ml/iris', 'second', undefined])
  })

  test('keep a lifecycle policy that has rules', async () => {
    const text = JSON.stringify({
      rules: [{ rulePriority: 1, selection: { tagStatus: 'any' }, action: { type: 'expire' } }],
    })
    const set = (lifecyclePolicyText: string) =>
      refusal(client.send(new PutLifecyclePolicyCommand({ ...name, lifecyclePolicyText })))
    expect([await set(text), await set('{"rules":[{}]}'), await set('nonsense')]).toEqual([
      'accepted',
      'InvalidParameterException',
      'InvalidParameterException',
    ])
    expect(repository.lifecyclePolicy).toBe(text)
  })
})

describe('images', () => {
  test('a pushed image is seen by every operation and by the registry', async () => {
    const { image } = await put(manifest, 'v1')
    expect(image?.imageId).toEqual({ imageDigest: digestOf(manifest), imageTag: 'v1' })
    const got = await client.send(
      new BatchGetImageCommand({ ...name, imageIds: [{ imageTag: 'v1' }, { imageTag: 'no' }] }),
    )
    expect(got.images).toMatchObject([
      { imageManifest: manifest, imageManifestMediaType: MEDIA_TYPES.ociManifest },
    ])
    expect(got.failures).toEqual([
      {
        imageId: { imageTag: 'no' },
        failureCode: 'ImageNotFound',
        failureReason: 'Requested image not found',
      },
    ])
    const described = await client.send(
      new DescribeImagesCommand({ ...name, imageIds: [{ imageTag: 'v1' }] }),
    )
    expect(described.imageDetails).toMatchObject([
      { imageTags: ['v1'], imageSizeInBytes: 7, imagePushedAt: new Date(NOW) },
    ])
    expect(server.state.registry.repositories.get('ml/iris')?.tags.get('v1')).toBe(digestOf(manifest))
  })

  test('a new tag on a known manifest is a retag, the same again an exception', async () => {
    await put(manifest, 'v1')
    expect(await refusal(put(manifest, 'v2', { imageDigest: digestOf(manifest) }))).toBe('accepted')
    expect(await refusal(put(manifest, 'v2'))).toBe('ImageAlreadyExistsException')
    const { imageIds } = await client.send(
      new ListImagesCommand({ ...name, filter: { tagStatus: 'TAGGED' } }),
    )
    expect(imageIds?.map((id) => id.imageTag)).toEqual(['v1', 'v2'])
  })

  test.each<[string, () => Promise<unknown>, string]>([
    [
      'absent layers',
      () => put(manifestOf({ layers: [{ mediaType: 'x', digest: digestOf('absent'), size: 1 }] })),
      'LayersNotFoundException',
    ],
    [
      'absent images of an index',
      () => put(indexOf(digestOf('absent')), 'multi'),
      'ReferencedImagesNotFoundException',
    ],
    [
      'another digest than stated',
      () => put(manifest, 'v1', { imageDigest: digestOf('x') }),
      'ImageDigestDoesNotMatchException',
    ],
    ['no manifest', () => put('{}', 'v1'), 'InvalidParameterException'],
    ['a bad tag', () => put(manifest, '-v1'), 'InvalidParameterException'],
    [
      'an image that is not there',
      () => client.send(new DescribeImagesCommand({ ...name, imageIds: [{ imageTag: 'no' }] })),
      'ImageNotFoundException',
    ],
    [
      'a repository that is not there',
      () => client.send(new ListImagesCommand({ repositoryName: 'no' })),
      'RepositoryNotFoundException',
    ],
  ])('%s', async (_name, call, expected) => {
    expect(await refusal(call())).toBe(expected)
  })

  test('an immutable tag cannot move, an excluded one can', async () => {
    repository.tagMutability = 'IMMUTABLE_WITH_EXCLUSION'
    repository.exclusionFilters = ['cache*']
    const other = manifestOf({ annotations: { a: 'b' } })
    for (const tag of ['v1', 'cache']) await put(manifest, tag)
    expect([await refusal(put(other, 'v1')), await refusal(put(other, 'cache'))]).toEqual([
      'ImageTagAlreadyExistsException',
      'accepted',
    ])
  })

  test('what refers to an image is listed in pages, with its type', async () => {
    await put(manifest, 'v1')
    const subject = { mediaType: MEDIA_TYPES.ociManifest, digest: digestOf(manifest), size: manifest.length }
    const artifacts = ['a', 'b', 'c'].map((name) =>
      manifestOf({ subject, artifactType: 'application/x-signature', annotations: { name } }),
    )
    for (const artifact of artifacts) await put(artifact)
    const list = (more: object) =>
      client.send(
        new ListImageReferrersCommand({ ...name, subjectId: { imageDigest: digestOf(manifest) }, ...more }),
      )
    const first = await list({ maxResults: 2 })
    const second = await list({ maxResults: 2, nextToken: first.nextToken })
    expect(second.nextToken).toBeUndefined()
    expect([...(first.referrers ?? []), ...(second.referrers ?? [])]).toEqual(
      artifacts.map((artifact) => ({
        digest: digestOf(artifact),
        mediaType: MEDIA_TYPES.ociManifest,
        artifactType: 'application/x-signature',
        size: artifact.length,
        artifactStatus: 'ACTIVE',
      })),
    )
    expect(await refusal(list({ maxResults: 51 }))).toBe('InvalidParameterException')
    server.state.registry.deny.push({ action: 'ecr:ListImageReferrers' })
    expect(await refusal(list({}))).toBe('AccessDeniedException')
  })

  test('layers can be checked and downloaded', async () => {
    const { layers, failures } = await client.send(
      new BatchCheckLayerAvailabilityCommand({
        ...name,
        layerDigests: [digestOf(layer), digestOf('absent'), 'junk'],
      }),
    )
    expect(layers?.map((entry) => entry.layerAvailability)).toEqual(['AVAILABLE', 'UNAVAILABLE'])
    expect(failures?.map((entry) => entry.failureCode)).toEqual(['InvalidLayerDigest'])
    const { downloadUrl } = await client.send(
      new GetDownloadUrlForLayerCommand({ ...name, layerDigest: digestOf(layer) }),
    )
    expect(await (await fetch(downloadUrl ?? '')).text()).toBe(layer)
  })
})

describe('scanning', () => {
  const finding = {
    name: 'CVE-2026-1',
    severity: 'HIGH',
    packageName: 'openssl',
    packageVersion: '3.0',
    fixedInVersion: '3.1',
  } as const
  const describeScan = (imageTag = 'v1') =>
    client.send(new DescribeImageScanFindingsCommand({ ...name, imageId: { imageTag } }))

  test('basic: nothing before a start, IN_PROGRESS while it runs, then findings', async () => {
    await put(manifest, 'v1')
    Object.assign(server.state.scanner, { durationMs: 5000, findings: [finding] })
    expect(await refusal(describeScan())).toBe('ScanNotFoundException')
    await client.send(new StartImageScanCommand({ ...name, imageId: { imageTag: 'v1' } }))
    expect((await describeScan()).imageScanStatus?.status).toBe('IN_PROGRESS')
    now += 5000
    const done = await describeScan()
    expect(done.imageScanStatus?.status).toBe('COMPLETE')
    expect(done.imageScanFindings).toMatchObject({
      findings: [{ name: 'CVE-2026-1', severity: 'HIGH' }],
      findingSeverityCounts: { HIGH: 1 },
    })
    expect(done.imageScanFindings?.imageScanCompletedAt).toEqual(new Date(NOW + 5000))
  })

  test('scan on push needs no start', async () => {
    repository.scanOnPush = true
    await put(manifest, 'v1')
    expect((await describeScan()).imageScanStatus?.status).toBe('COMPLETE')
  })

  test('enhanced: scans by itself, ends ACTIVE, knows fixes', async () => {
    Object.assign(server.state.scanner, { mode: 'ENHANCED', findings: [finding] })
    await put(manifest, 'v1')
    const { imageScanStatus, imageScanFindings } = await describeScan()
    expect([imageScanStatus?.status, imageScanFindings?.enhancedFindings?.[0]?.fixAvailable]).toEqual([
      'ACTIVE',
      'YES',
    ])
  })

  test('enhanced: says that it is done before the findings have come', async () => {
    Object.assign(server.state.scanner, { mode: 'ENHANCED', findings: [finding], lagMs: 3000 })
    await put(manifest, 'v1')
    const early = await describeScan()
    expect([early.imageScanStatus?.status, early.imageScanFindings]).toEqual(['ACTIVE', { findings: [] }])
    now += 3000
    expect((await describeScan()).imageScanFindings?.enhancedFindings).toHaveLength(1)
  })

  test('is not there at once, even where it comes by itself', async () => {
    repository.scanOnPush = true
    server.state.scanner.noticedAfterMs = 2000
    await put(manifest, 'v1')
    expect(await refusal(describeScan())).toBe('ScanNotFoundException')
    now += 2000
    expect((await describeScan()).imageScanStatus?.status).toBe('COMPLETE')
  })

  test('can be started once a day, the scan on push included', async () => {
    repository.scanOnPush = true
    await put(manifest, 'v1')
    const start = new StartImageScanCommand({ ...name, imageId: { imageTag: 'v1' } })
    expect(await refusal(client.send(start))).toBe('LimitExceededException')
    now += 24 * 3_600_000
    const tomorrow = connect({}, { systemClockOffset: now - Date.now() })
    expect(await refusal(tomorrow.send(start))).toBe('accepted')
    tomorrow.destroy()
  })

  test('findings come in pages', async () => {
    repository.scanOnPush = true
    server.state.scanner.findings = ['CVE-1', 'CVE-2'].map((id) => ({ ...finding, name: id }))
    await put(manifest, 'v1')
    const page = (nextToken?: string) =>
      client.send(
        new DescribeImageScanFindingsCommand({
          ...name,
          imageId: { imageTag: 'v1' },
          maxResults: 1,
          nextToken,
        }),
      )
    const first = await page()
    const second = await page(first.nextToken)
    const names = [first, second].map(({ imageScanFindings }) =>
      imageScanFindings?.findings?.map((one) => one.name),
    )
    expect([names, second.nextToken]).toEqual([[['CVE-1'], ['CVE-2']], undefined])
  })

  test('an index cannot be scanned', async () => {
    await put(manifest)
    await put(indexOf(digestOf(manifest)), 'multi')
    expect(
      await refusal(client.send(new StartImageScanCommand({ ...name, imageId: { imageTag: 'multi' } }))),
    ).toBe('UnsupportedImageTypeException')
  })

  test.each([
    ['BASIC', 'FAILED'],
    ['ENHANCED', 'UNSUPPORTED_IMAGE'],
  ] as const)('%s: an operating system that it does not know is %s', async (mode, status) => {
    repository.scanOnPush = true
    Object.assign(server.state.scanner, { mode, outcome: 'UNSUPPORTED_IMAGE' })
    await put(manifest, 'v1')
    expect((await describeScan()).imageScanStatus).toEqual({
      status,
      description: expect.stringMatching(/^UnsupportedImageError: /),
    })
  })

  test.each(['inspector2:ListCoverage', 'inspector2:ListFindings'])(
    'enhanced: findings take the right to ask Amazon Inspector: %s',
    async (action) => {
      server.state.scanner.mode = 'ENHANCED'
      server.state.registry.deny.push({ action })
      await put(manifest, 'v1')
      await expect(describeScan()).rejects.toThrow(`not authorized to perform: ${action}`)
    },
  )

  test('another outcome is shown without findings', async () => {
    repository.scanOnPush = true
    server.state.scanner.outcome = 'FAILED'
    await put(manifest, 'v1')
    const { imageScanStatus, imageScanFindings } = await describeScan()
    expect([imageScanStatus?.status, imageScanFindings]).toEqual(['FAILED', undefined])
  })
})

test('a request that is no operation is UnknownOperationException only after its signature', async () => {
  const response = await fetch(server.url, { method: 'POST', body: '{}' })
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { __type: 'MissingAuthenticationTokenException' },
  ])
})
