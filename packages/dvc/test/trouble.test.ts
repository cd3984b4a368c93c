import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import type { SandboxResponse } from '@mlops-actions/sandbox/server'
import { md5Hex } from '../src/objects/hash.ts'
import { explainS3 } from '../src/store/explain.ts'
import type { ConnectOptions, TestRemote } from './remote.ts'
import { startRemote } from './remote.ts'
import { CONFIG, dvcFile, makeRepository, type TestRepository } from './repository.ts'

let remote: TestRemote
let repository: TestRepository

beforeEach(async () => {
  remote = await startRemote()
  repository = await makeRepository({ x: 'x', 'x.dvc': dvcFile(md5Hex('x'), 'x') })
})
afterEach(async () => {
  await remote.close()
  await repository.close()
})

/** The failure of a push, thrown or of its one object. */
async function failure(options: ConnectOptions = {}): Promise<Failure> {
  try {
    const { result } = await (await remote.connect(repository.root, options)).push()
    const [failed] = result.failed.values()
    if (failed !== undefined) return failed
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('the push succeeded')
}

const answer = (method: string, respond: SandboxResponse | 'reset' | 'hang', times = 99) =>
  remote.server.faults.push({ match: (request) => request.method === method, times, respond })
const error = (status: number, code: string): SandboxResponse => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>the server said ${code}</Message></Error>`,
})
const LOGIN: SandboxResponse = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<html>Sign in</html>',
}

describe('refusals', () => {
  test('a wrong secret key', async () => {
    const { kind, message } = await failure({ secret: 'wrongSecret/wrongSecret/wrongSecret/00000' })
    expect([kind, message]).toEqual([
      'auth',
      expect.stringMatching(/Cannot list .*SignatureDoesNotMatch.*Check the secret key/),
    ])
  })

  test('a key that the server does not know', async () => {
    const { kind, message } = await failure({ id: 'AKIAUNKNOWNUNKNOWN00' })
    expect([kind, message]).toEqual(['auth', expect.stringMatching(/InvalidAccessKeyId/)])
  })

  test('no permission to list, with the action and the ARN', async () => {
    remote.server.state.deny.push({ action: 's3:ListBucket' })
    const { kind, message } = await failure()
    expect([kind, message]).toEqual([
      'auth',
      expect.stringMatching(/`s3:ListBucket` on arn:aws:s3:::data taken out of an explicit deny/),
    ])
  })

  test('no permission to write, with the action and the ARN', async () => {
    remote.server.state.deny.push({ action: 's3:PutObject' })
    const { kind, message } = await failure()
    const arn = `arn:aws:s3:::data/dvc/files/md5/9d/${md5Hex('x').slice(2)}`
    expect([kind, message]).toEqual(['auth', expect.stringContaining(`\`s3:PutObject\` on ${arn}`)])
  })

  test('no permission to look is never taken for an object that is not there, and each action has its ARN', async () => {
    remote.server.state.deny.push({ action: 's3:GetObject' })
    const { kind, message } = await failure()
    expect([kind, message]).toEqual([
      'auth',
      expect.stringMatching(
        /Cannot look at an object.*`s3:ListBucket` on arn:aws:s3:::data and `s3:GetObject` on arn:aws:s3:::data\/dvc\/files/,
      ),
    ])
  })

  test.each([
    ['AuthorizationHeaderMalformed', 400, '<Region>eu-central-1</Region>'],
    ['PermanentRedirect', 301, '<Region>eu-central-1</Region>'],
    [
      'AuthorizationHeaderMalformed',
      400,
      "<Message>the region 'us-east-1' is wrong; expecting 'eu-central-1'</Message>",
    ],
  ])('%s: another region, which is told', async (code, status, more) => {
    answer('GET', {
      status,
      headers: { 'content-type': 'application/xml' },
      body: `<?xml version="1.0"?><Error><Code>${code}</Code>${more}</Error>`,
    })
    expect(await failure()).toMatchObject({
      kind: 'config',
      code: 'S3_REGION',
      message: expect.stringMatching(/The bucket lies in eu-central-1: .*`aws-region: eu-central-1`/),
    })
  })

  test('another region that only a header tells, since HEAD has no body', async () => {
    answer('GET', { status: 301, headers: { 'x-amz-bucket-region': 'eu-central-1' } })
    expect(await failure()).toMatchObject({ kind: 'config', code: 'S3_REGION' })
  })

  test.each<[words: string, next: RegExp]>([
    [
      'User: arn:aws:sts::1:assumed-role/ml/x is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:eu-west-1:1:key/k because no identity-based policy allows the kms:GenerateDataKey action',
      /Allow the role of this job `kms:GenerateDataKey` on arn:aws:kms:eu-west-1:1:key\/k$/,
    ],
    [
      'User: arn:aws:sts::1:assumed-role/ml/x is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::data/x" with an explicit deny in a service control policy',
      /Have `s3:PutObject` on arn:aws:s3:::data\/x taken out of an explicit deny in a service control policy/,
    ],
  ])('a denial that says itself what is missing: %s', async (words, next) => {
    answer('GET', {
      status: 403,
      headers: { 'content-type': 'application/xml' },
      body: `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>${words}</Message></Error>`,
    })
    const denied = await failure()
    expect([denied.kind, denied.details.next]).toEqual(['auth', expect.stringMatching(next)])
  })

  test('a bucket that does not exist', async () => {
    await repository.write('.dvc/config', CONFIG.replace('s3://data/', 's3://nowhere/'))
    const { kind, message } = await failure()
    expect([kind, message]).toEqual([
      'not-found',
      expect.stringMatching(/s3:\/\/nowhere: NoSuchBucket.*never creates one/),
    ])
  })

  test.each([
    ['RequestTimeTooSkewed', 403, 'auth', /clock/],
    ['ExpiredToken', 400, 'auth', /role-to-assume/],
    ['KMS.DisabledException', 400, 'config', /Look at the KMS key/],
    ['KMS.KMSInvalidStateException', 400, 'config', /Look at the KMS key/],
    ['KMS.ThrottlingException', 400, 'rate-limit', /later/],
  ])('%s', async (code, status, kind, words) => {
    answer('GET', error(status, code))
    expect(await failure()).toMatchObject({ kind, message: expect.stringMatching(words) })
  })
})

test.each([
  ['EPROTO', 'config', /speaks no TLS there.*http:\/\//],
  ['ECONNREFUSED', 'upstream', /nothing answers there/],
] as const)('a connection that ends with %s is %s', (code, kind, words) => {
  const thrown = Object.assign(new Error('x'), { code, $metadata: {} })
  const failure = explainS3(thrown, { what: 'x', bucket: 'b', action: 's3:PutObject' })
  expect([failure.kind, failure.details.next]).toEqual([kind, expect.stringMatching(words)])
})

// With errors as the SDK throws them: through the socket, its own patience with these takes many seconds.
test.each([
  ['SlowDown', 503, undefined, 'rate-limit', true],
  ['TimeoutError', undefined, undefined, 'timeout', true],
  ['TimeoutError', undefined, 'ECONNRESET', 'upstream', true],
  ['BadDigest', 400, undefined, 'integrity', true],
] as const)('%s with status %s and code %s is %s', (name, httpStatusCode, code, kind, retryable) => {
  const thrown = Object.assign(new Error('x'), { name, code, $metadata: { httpStatusCode } })
  const { kind: seen, retryable: again } = explainS3(thrown, {
    what: 'x',
    bucket: 'b',
    action: 's3:PutObject',
  })
  expect([seen, again]).toEqual([kind, retryable])
})

test.each([
  ['data', undefined, 'arn:aws:s3:::data'],
  ['data', 'a/b', 'arn:aws:s3:::data/a/b'],
  ['arn:aws:s3:eu-west-1:1:accesspoint/x', 'a/b', 'arn:aws:s3:eu-west-1:1:accesspoint/x/object/a/b'],
])('a policy has to name %s with %s as %s', (bucket, key, arn) => {
  const thrown = Object.assign(new Error('x'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } })
  const { next } = explainS3(thrown, { what: 'x', bucket, key, action: 's3:PutObject' }).details
  expect(next).toContain(`\`s3:PutObject\` on ${arn}`)
})

describe('servers that are not S3', () => {
  test('a login page with status 200, whatever was asked', async () => {
    for (const method of ['GET', 'HEAD', 'PUT']) {
      remote.server.faults.length = 0
      answer(method, LOGIN)
      expect(await failure()).toMatchObject({ kind: 'auth', code: 'S3_LOGIN_PAGE' })
      expect(remote.keys()).toEqual([])
    }
  })

  test('a redirect to a login', async () => {
    answer('PUT', { status: 302, headers: { location: 'https://sso.example/login' } })
    expect(await failure()).toMatchObject({
      kind: 'auth',
      message: expect.stringMatching(/HTTP 302 to sso\.example/),
    })
  })

  test.each([
    ['GET', 'S3_NO_LISTING'],
    ['HEAD', 'S3_NO_ETAG'],
    ['PUT', 'S3_NO_ETAG'],
  ])('an empty success for %s', async (method, code) => {
    answer(method, { status: 200 })
    expect(await failure()).toMatchObject({ kind: 'upstream', code })
  })

  test('a listing of another bucket', async () => {
    answer('GET', {
      status: 200,
      headers: { 'content-type': 'application/xml' },
      body: '<ListBucketResult><Name>other</Name><KeyCount>0</KeyCount></ListBucketResult>',
    })
    expect(await failure()).toMatchObject({ code: 'S3_NO_LISTING' })
  })

  test('one that takes an object and does not have it afterwards', async () => {
    answer('PUT', { status: 200, headers: { etag: '"something-else"' } })
    expect(await failure()).toMatchObject({ kind: 'integrity', code: 'DVC_NOT_STORED' })
  })
})

describe('trouble that passes', () => {
  test.each<[what: string, respond: SandboxResponse | 'reset']>([
    ['a reset', 'reset'],
    ['SlowDown', error(503, 'SlowDown')],
    ['an internal error', error(500, 'InternalError')],
  ])('%s is tried again', async (_, respond) => {
    answer('PUT', respond, 1)
    const { result } = await (await remote.connect(repository.root)).push()
    expect([result.sent.size, result.failed.size]).toEqual([1, 0])
  })

  test('a cancelled push throws, completes nothing and leaves no parts', async () => {
    remote.server.state.minPartSize = 1
    await repository.write('big', 'b'.repeat(30))
    await repository.write('big.dvc', dvcFile(md5Hex('b'.repeat(30)), 'big'))
    remote.server.faults.push({
      match: ({ query }) => {
        if (query.get('partNumber') !== '2') return false
        remote.controller.abort(new Error('cancelled'))
        return true
      },
      times: 99,
      respond: 'hang',
    })
    const { push } = await remote.connect(repository.root)
    await expect(push({ sizes: { multipartThreshold: 10, partSize: 10 } })).rejects.toThrow('cancelled')
    expect(remote.server.requests.some(({ method }) => method === 'DELETE')).toBe(true)
    expect(remote.server.state.uploads.size).toBe(0)
  })
})
