import {
  CreateRepositoryCommand,
  type CreateRepositoryCommandInput,
  DescribeRepositoriesCommand,
  ECRClient,
  ECRServiceException,
  GetLifecyclePolicyCommand,
  ListTagsForResourceCommand,
  PutLifecyclePolicyCommand,
} from '@aws-sdk/client-ecr'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type EcrServer, startEcr } from '../src/ecr/index.ts'
import { DEFAULT_PRINCIPAL } from '../src/s3/index.ts'

let server: EcrServer
let client: ECRClient
const name = { repositoryName: 'ml/iris' }
const ARN = 'arn:aws:ecr:us-east-1:123456789012:repository/ml/iris'
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/1234'

beforeEach(async () => {
  server = await startEcr()
  const { accessKeyId, secretAccessKey } = DEFAULT_PRINCIPAL
  const credentials = { accessKeyId, secretAccessKey }
  client = new ECRClient({ endpoint: server.url, region: 'us-east-1', maxAttempts: 1, credentials })
})
afterEach(async () => {
  client.destroy()
  await server.close()
})

const create = (input: Partial<CreateRepositoryCommandInput>) =>
  client.send(new CreateRepositoryCommand({ ...name, ...input }))

async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'accepted'
  } catch (error) {
    if (error instanceof ECRServiceException) return error.name
    throw error
  }
}

describe('encryption', () => {
  test('is described as it was asked for, with the ARN of the key', async () => {
    server.state.kmsKeys.set('alias/ml', KEY)
    await create({ encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'alias/ml' } })
    const { repositories } = await client.send(new DescribeRepositoriesCommand({}))
    expect(repositories?.[0]?.encryptionConfiguration).toEqual({ encryptionType: 'KMS', kmsKey: KEY })
  })

  test("without a key is by ECR's own", async () => {
    const { repository } = await create({ encryptionConfiguration: { encryptionType: 'KMS_DSSE' } })
    expect(repository?.encryptionConfiguration).toEqual({
      encryptionType: 'KMS_DSSE',
      kmsKey: expect.stringMatching(/^arn:aws:kms:us-east-1:123456789012:key\//),
    })
  })

  test.each<[string, CreateRepositoryCommandInput['encryptionConfiguration'], string]>([
    ['a key that is not there', { encryptionType: 'KMS', kmsKey: 'alias/no' }, 'KmsException'],
    ['a key without KMS', { encryptionType: 'AES256', kmsKey: KEY }, 'InvalidParameterException'],
  ])('%s', async (_name, encryptionConfiguration, expected) => {
    expect(await refusal(create({ encryptionConfiguration }))).toBe(expected)
    expect(server.state.registry.repositories.size).toBe(0)
  })

  test.each(['kms:DescribeKey', 'kms:CreateGrant'])(
    "by the customer's key takes %s on it",
    async (action) => {
      server.state.kmsKeys.set('alias/ml', KEY)
      server.state.registry.deny.push({ action, resourcePrefix: KEY })
      const asked = create({ encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'alias/ml' } })
      await expect(asked).rejects.toMatchObject({
        name: 'KmsException',
        kmsError: 'AccessDeniedException',
        message: expect.stringContaining(`is not authorized to perform: ${action} on resource: ${KEY} with`),
      })
      expect(server.state.registry.repositories.size).toBe(0)
      await create({ encryptionConfiguration: { encryptionType: 'KMS' } })
      expect(server.state.registry.repositories.size).toBe(1)
    },
  )
})

describe('tags', () => {
  test('are listed for the ARN', async () => {
    await create({ tags: [{ Key: 'team', Value: 'ml' }] })
    const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn: ARN }))
    expect(tags).toEqual([{ Key: 'team', Value: 'ml' }])
  })

  test('take the right to tag', async () => {
    server.state.registry.deny.push({ action: 'ecr:TagResource' })
    expect(await refusal(create({ tags: [{ Key: 'team', Value: 'ml' }] }))).toBe('AccessDeniedException')
    expect(await refusal(create({}))).toBe('accepted')
  })

  const many = Array.from({ length: 51 }, (_, at) => ({ Key: `k${at}`, Value: '' }))
  test.each<[string, CreateRepositoryCommandInput['tags'], string]>([
    ['one of AWS', [{ Key: 'aws:x', Value: '' }], 'InvalidTagParameterException'],
    ['51', many, 'TooManyTagsException'],
  ])('%s', async (_name, tags, expected) => {
    expect(await refusal(create({ tags }))).toBe(expected)
  })
})

test('a lifecycle policy is read as it was put; before that there is none', async () => {
  await create({})
  const read = () => client.send(new GetLifecyclePolicyCommand(name))
  expect(await refusal(read())).toBe('LifecyclePolicyNotFoundException')
  const lifecyclePolicyText = '{"rules":[ {"rulePriority":1,"selection":{},"action":{"type":"expire"}}]}'
  await client.send(new PutLifecyclePolicyCommand({ ...name, lifecyclePolicyText }))
  expect((await read()).lifecyclePolicyText).toBe(lifecyclePolicyText)
})
