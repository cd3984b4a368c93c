import { createHash } from 'node:crypto'
import * as sdk from '@aws-sdk/client-ecr'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { COMMON_EXCEPTIONS, ECR_EXCEPTIONS, type EcrServer, startEcr } from '../src/ecr/index.ts'
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
const policy = '{"rules":[{"rulePriority":1,"selection":{},"action":{"type":"expire"}}]}'
const name = { repositoryName: 'ml/iris' }
const imageId = { imageDigest: digest }
const finding = {
  name: 'CVE-2026-1',
  severity: 'HIGH',
  packageName: 'openssl',
  packageVersion: '3.0',
  fixedInVersion: '3.1',
} as const

let server: EcrServer
let client: sdk.ECRClient
let repository: EcrRepository

beforeEach(async () => {
  server = await startEcr()
  const { accessKeyId, secretAccessKey } = DEFAULT_PRINCIPAL
  const credentials = { accessKeyId, secretAccessKey }
  client = new sdk.ECRClient({ endpoint: server.url, region: 'us-east-1', maxAttempts: 1, credentials })
  repository = addRepository(server.state.registry, 'ml/iris', Date.now(), { scanOnPush: true })
  repository.blobs.set(digestOf('{}'), Buffer.from('{}'))
  repository.lifecyclePolicy = policy
  repository.resourceTags.set('team', 'ml')
  repository.manifests.set(digest, {
    digest,
    mediaType: MEDIA_TYPES.ociManifest,
    bytes: Buffer.from(manifest),
    pushedAt: Date.now(),
  })
  server.state.scanner.findings = [finding]
})
afterEach(async () => {
  client.destroy()
  await server.close()
})

const CREATE = {
  repositoryName: 'ml/new',
  imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
  imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'dev-*' }],
  encryptionConfiguration: { encryptionType: 'KMS_DSSE' },
  tags: [{ Key: 'team', Value: 'ml' }],
} as const satisfies Partial<sdk.CreateRepositoryCommandInput>

type Send = () => Promise<object>
const operations: [name: string, schema: unknown, send: Send][] = [
  [
    'GetAuthorizationToken',
    sdk.GetAuthorizationTokenResponse$,
    () => client.send(new sdk.GetAuthorizationTokenCommand({})),
  ],
  [
    'DescribeRepositories',
    sdk.DescribeRepositoriesResponse$,
    () => client.send(new sdk.DescribeRepositoriesCommand({})),
  ],
  [
    'CreateRepository',
    sdk.CreateRepositoryResponse$,
    () =>
      client.send(
        new sdk.CreateRepositoryCommand({
          ...CREATE,
          tags: [...CREATE.tags],
          imageTagMutabilityExclusionFilters: [...CREATE.imageTagMutabilityExclusionFilters],
        }),
      ),
  ],
  [
    'PutLifecyclePolicy',
    sdk.PutLifecyclePolicyResponse$,
    () => client.send(new sdk.PutLifecyclePolicyCommand({ ...name, lifecyclePolicyText: policy })),
  ],
  [
    'GetLifecyclePolicy',
    sdk.GetLifecyclePolicyResponse$,
    () => client.send(new sdk.GetLifecyclePolicyCommand(name)),
  ],
  [
    'ListTagsForResource',
    sdk.ListTagsForResourceResponse$,
    () =>
      client.send(
        new sdk.ListTagsForResourceCommand({
          resourceArn: 'arn:aws:ecr:us-east-1:123456789012:repository/ml/iris',
        }),
      ),
  ],
  [
    'BatchGetImage',
    sdk.BatchGetImageResponse$,
    () => client.send(new sdk.BatchGetImageCommand({ ...name, imageIds: [imageId, { imageTag: 'no' }] })),
  ],
  [
    'PutImage',
    sdk.PutImageResponse$,
    () => client.send(new sdk.PutImageCommand({ ...name, imageManifest: manifest, imageTag: 'v1' })),
  ],
  ['DescribeImages', sdk.DescribeImagesResponse$, () => client.send(new sdk.DescribeImagesCommand(name))],
  ['ListImages', sdk.ListImagesResponse$, () => client.send(new sdk.ListImagesCommand(name))],
  [
    'BatchCheckLayerAvailability',
    sdk.BatchCheckLayerAvailabilityResponse$,
    () =>
      client.send(
        new sdk.BatchCheckLayerAvailabilityCommand({ ...name, layerDigests: [digestOf('{}'), 'junk'] }),
      ),
  ],
  [
    'GetDownloadUrlForLayer',
    sdk.GetDownloadUrlForLayerResponse$,
    () => client.send(new sdk.GetDownloadUrlForLayerCommand({ ...name, layerDigest: digestOf('{}') })),
  ],
  [
    'DescribeImageScanFindings, basic',
    sdk.DescribeImageScanFindingsResponse$,
    () => client.send(new sdk.DescribeImageScanFindingsCommand({ ...name, imageId })),
  ],
  [
    'DescribeImageScanFindings, enhanced',
    sdk.DescribeImageScanFindingsResponse$,
    () => {
      server.state.scanner.mode = 'ENHANCED'
      return client.send(new sdk.DescribeImageScanFindingsCommand({ ...name, imageId }))
    },
  ],
  [
    'StartImageScan',
    sdk.StartImageScanResponse$,
    () => {
      repository.scanOnPush = false
      return client.send(new sdk.StartImageScanCommand({ ...name, imageId }))
    },
  ],
]

describe('what the API answers has a place in the service model, member by member', () => {
  test.each(operations)('%s', async (_name, schema, send) => {
    const answers = recordAnswers(client)
    await send()
    expect(answers).toHaveLength(1)
    expect(findUnmodelled(answers[0], schema)).toEqual([])
  })

  test('and what has none would be found', () => {
    const wrong = {
      imageScanStatus: { state: 'COMPLETE' },
      imageScanFindings: { findings: {} },
      registryId: 1,
    }
    expect(findUnmodelled(wrong, sdk.DescribeImageScanFindingsResponse$)).toEqual([
      '$.imageScanStatus.state is not in the model',
      '$.imageScanFindings.findings is no list',
      '$.registryId is number, the model has string',
    ])
  })
})

describe('every exception', () => {
  const modelled = new Set(Object.keys(sdk))
  test.each(ECR_EXCEPTIONS)('%s is in the service model', (exception) => {
    expect(modelled).toContain(exception)
  })
  test.each(COMMON_EXCEPTIONS)('%s is of AWS at large, and not in it', (exception) => {
    expect(modelled).not.toContain(exception)
  })
})
