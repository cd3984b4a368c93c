import * as ecr from '@aws-sdk/client-ecr'
import * as ecrPublic from '@aws-sdk/client-ecr-public'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttp, type HttpClient } from '@mlops-actions/http'
import { type EcrPublicServer, startEcrPublic } from '@mlops-actions/sandbox/ecr-public'
import { addRepository } from '@mlops-actions/sandbox/registry'
import { DEFAULT_PRINCIPAL } from '@mlops-actions/sandbox/s3'
import { testWorld } from '../../../test/harness/world.ts'
import { createEcrPublic, tokenOf } from '../src/ecr.ts'

/** Of each operation that goes to ECR Public: what we send, and what we read of the answer. */
const USED: readonly (readonly [operation: string, sent: readonly string[], read: readonly string[]])[] = [
  ['GetAuthorizationToken', [], ['authorizationData']],
  ['CreateRepository', ['repositoryName', 'tags'], ['repository']],
  ['DescribeRepositories', ['repositoryNames'], ['repositories']],
  ['DescribeImages', ['repositoryName', 'imageIds'], ['imageDetails']],
  ['PutImage', ['repositoryName', 'imageManifest', 'imageManifestMediaType', 'imageTag', 'imageDigest'], ['image']],
  ['ListTagsForResource', ['resourceArn'], ['tags']],
] // biome-ignore format: a table

/** Of structures inside of the answers: what we read. */
const INSIDE: readonly (readonly [structure: string, read: readonly string[]])[] = [
  ['Repository', ['repositoryArn', 'repositoryUri']],
  ['ImageDetail', ['imagePushedAt', 'imageTags']],
  ['ImageIdentifier', ['imageTag', 'imageDigest']],
  ['Tag', ['Key', 'Value']],
  ['AuthorizationData', ['authorizationToken']],
]

const EXCEPTIONS = [
  'ImageAlreadyExistsException',
  'ImageNotFoundException',
  'ImageTagAlreadyExistsException',
  'InvalidParameterException',
  'InvalidTagParameterException',
  'LimitExceededException',
  'ReferencedImagesNotFoundException',
  'RepositoryAlreadyExistsException',
  'RepositoryNotFoundException',
  'TooManyTagsException',
]

type Member = readonly [name: string, schema: string]

/** Members of a structure with their types: of a schema of the SDK the fifth part are names, and the sixth the members. */
function membersOf(sdk: object, structure: string, names: readonly string[]): readonly Member[] {
  const schema: readonly unknown[] = Object(Object(sdk)[`${structure}$`])
  const known = Object(schema[4]) as readonly string[]
  const types = Object(schema[5]) as readonly unknown[]
  return names.map((name) => {
    const at = known.indexOf(name)
    return [name, at === -1 ? 'not in the model' : kindOf(types[at])]
  })
}

/** The same structures have other namespaces in the two models. */
function kindOf(schema: unknown): string {
  const whole = typeof schema === 'function' ? schema() : schema
  if (!Array.isArray(whole)) return String(whole)
  const [kind, , name] = whole
  return kind === 1 ? `list ${name}` : `${kind} ${name}`
}

describe('what is asked of ECR Public with the client of ECR is in both models, with the same types', () => {
  test.each(USED)('%s', (operation, sent, read) => {
    expect(Object.keys(ecrPublic)).toContain(`${operation}Command`)
    const request = membersOf(ecrPublic, `${operation}Request`, sent)
    expect(request).toEqual(membersOf(ecr, `${operation}Request`, sent))
    expect(JSON.stringify(request)).not.toContain('not in the model')
    const answer = membersOf(ecrPublic, `${operation}Response`, read)
    // The one that differs, which `tokenOf` is for.
    if (operation === 'GetAuthorizationToken')
      expect(answer).not.toEqual(membersOf(ecr, `${operation}Response`, read))
    else expect(answer).toEqual(membersOf(ecr, `${operation}Response`, read))
    expect(JSON.stringify(answer)).not.toContain('not in the model')
  })

  test.each(INSIDE)('%s', (structure, read) => {
    const members = membersOf(ecrPublic, structure, read)
    expect(members).toEqual(membersOf(ecr, structure, read))
    expect(JSON.stringify(members)).not.toContain('not in the model')
  })

  test.each(EXCEPTIONS)('%s', (exception) => {
    expect(Object.keys(ecrPublic)).toContain(exception)
    expect(Object.keys(ecr)).toContain(exception)
  })
})

describe('the client', () => {
  let server: EcrPublicServer
  let http: HttpClient
  const before = process.env
  beforeEach(async () => {
    server = await startEcrPublic()
    addRepository(server.state.registry, 'a1b2c3d4/ml/iris', Date.now())
    http = createHttp(testWorld(), { requestTimeout: 5_000 })
    process.env = {
      ...before,
      AWS_ENDPOINT_URL_ECR_PUBLIC: server.url,
      AWS_ENDPOINT_URL_ECR: 'http://127.0.0.1:1',
    }
  })
  afterEach(async () => {
    process.env = before
    http.close()
    await server.close()
  })

  const create = () => {
    const { accessKeyId, secretAccessKey } = DEFAULT_PRINCIPAL
    const credentials = async () => ({ accessKeyId, secretAccessKey })
    return createEcrPublic({
      http,
      credentials,
      requestTimeout: 5_000,
      env: {},
      retry: { world: testWorld() },
    })
  }

  test('signs for ecr-public in us-east-1 and reads the one token', async () => {
    const token = tokenOf(await create().send(new ecr.GetAuthorizationTokenCommand({})))
    expect(Buffer.from(token, 'base64').toString('utf8')).toMatch(/^AWS:.{100}/)
    const [{ headers } = { headers: {} }] = server.requests
    expect(headers).toMatchObject({
      'x-amz-target': 'SpencerFrontendService.GetAuthorizationToken',
      authorization: expect.stringContaining('/us-east-1/ecr-public/aws4_request'),
    })
  })

  test('names exceptions as they are named', async () => {
    const missing = create().send(new ecr.DescribeRepositoriesCommand({ repositoryNames: ['no'] }))
    await expect(missing).rejects.toMatchObject({ name: 'RepositoryNotFoundException' })
  })

  test('without an endpoint of somebody’s own asks the one of AWS', async () => {
    process.env = before
    const client = create()
    const { url } = await client.config.endpointProvider({})
    expect(url.href).toBe('https://api.ecr-public.us-east-1.amazonaws.com/')
  })
})

test.each([{}, { authorizationData: [] }, { authorizationData: { authorizationToken: 7 } }])(
  '%j holds no token',
  (answer) => {
    expect(tokenOf(answer)).toBe('')
  },
)
