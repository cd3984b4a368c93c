import { Agent } from 'node:http'
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  type Bucket,
  createBucket,
  type PolicyStatement,
  type Principal,
  type S3Server,
  startS3,
} from '../src/s3/index.ts'
import { connect, refusal, sendRaw } from './s3-client.ts'

let server: S3Server
const clients: S3Client[] = []

beforeEach(async () => {
  server = await startS3({ buckets: ['data', 'other'] })
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  await server.close()
})

function client(options: Parameters<typeof connect>[1] = {}): S3Client {
  const made = connect(server, options)
  clients.push(made)
  return made
}

function bucket(name = 'data'): Bucket {
  const found = server.state.buckets.get(name)
  if (!found) throw new Error(`there is no bucket ${name}`)
  return found
}

/** A role that may do what these statements allow. */
function role(Statement: readonly PolicyStatement[], account = '123456789012'): Principal {
  const principal = {
    arn: `arn:aws:sts::${account}:assumed-role/ci/run`,
    accessKeyId: `ASIA${server.state.principals.length}`,
    secretAccessKey: 'secret',
    sessionToken: 'token',
    policy: { Version: '2012-10-17', Statement },
  }
  server.state.principals.push(principal)
  return principal
}

const put = (by: S3Client, Key: string, more: object = {}) =>
  refusal(by.send(new PutObjectCommand({ Bucket: 'data', Key, Body: 'abc', ...more })))
const get = (by: S3Client, Key: string, more: object = {}) =>
  refusal(by.send(new GetObjectCommand({ Bucket: 'data', Key, ...more })))
const list = (by: S3Client, more: object = {}) =>
  refusal(by.send(new ListObjectsV2Command({ Bucket: 'data', ...more })))

describe('a policy', () => {
  const readBelow: readonly PolicyStatement[] = [
    { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/models/*' },
  ]

  test('allows what it names and nothing else, in AWS’s words', async () => {
    await put(client(), 'models/a')
    await put(client(), 'other')
    const reader = client({ as: role(readBelow) })
    expect([await get(reader, 'models/a'), await get(reader, 'other')]).toEqual([
      'accepted',
      'AccessDenied 403',
    ])
    await expect(
      reader.send(new PutObjectCommand({ Bucket: 'data', Key: 'models/a', Body: 'x' })),
    ).rejects.toThrow(
      'User: arn:aws:sts::123456789012:assumed-role/ci/run is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::data/models/a" because no identity-based policy allows the s3:PutObject action',
    )
  })

  test('an explicit deny wins', async () => {
    const deny: PolicyStatement = {
      Effect: 'Deny',
      Action: ['s3:Put*'],
      Resource: 'arn:aws:s3:::data/locked/*',
    }
    const writer = client({ as: role([{ Effect: 'Allow', Action: '*', Resource: '*' }, deny]) })
    expect([await put(writer, 'a'), await put(writer, 'locked/a')]).toEqual(['accepted', 'AccessDenied 403'])
    await expect(
      writer.send(new PutObjectCommand({ Bucket: 'data', Key: 'locked/a', Body: 'x' })),
    ).rejects.toThrow('with an explicit deny in an identity-based policy')
  })

  test('without s3:ListBucket whether a key exists stays a secret', async () => {
    const reader = client({ as: role(readBelow) })
    expect([await get(reader, 'models/absent'), await get(client(), 'models/absent')]).toEqual([
      'AccessDenied 403',
      'NoSuchKey 404',
    ])
    const head = new HeadObjectCommand({ Bucket: 'data', Key: 'models/absent' })
    expect([await refusal(reader.send(head)), await refusal(client().send(head))]).toEqual([
      expect.stringMatching(/ 403$/),
      'NotFound 404',
    ])
  })

  test('may allow a listing for one prefix alone', async () => {
    const below: PolicyStatement = {
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::data',
      Condition: { StringLike: { 's3:prefix': ['models/*'] } },
    }
    const lister = client({ as: role([below]) })
    expect([
      await list(lister, { Prefix: 'models/v1' }),
      await list(lister),
      await list(lister, { Prefix: 'a' }),
    ]).toEqual(['accepted', 'AccessDenied 403', 'AccessDenied 403'])
  })

  test('may demand an encryption', async () => {
    const statements: readonly PolicyStatement[] = [
      { Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' },
      {
        Effect: 'Deny',
        Action: 's3:PutObject',
        Resource: '*',
        Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
      },
    ]
    const writer = client({ as: role(statements) })
    expect([await put(writer, 'a'), await put(writer, 'a', { ServerSideEncryption: 'aws:kms' })]).toEqual([
      'AccessDenied 403',
      'accepted',
    ])
  })

  test('needs both sides of a copy, and each key of a batch of deletes', async () => {
    await put(client(), 'models/a')
    await put(client(), 'b')
    const mover = client({
      as: role([
        ...readBelow,
        { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::other/*' },
        { Effect: 'Allow', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::data/models/*' },
      ]),
    })
    const copy = (CopySource: string, Bucket: string) =>
      refusal(mover.send(new CopyObjectCommand({ Bucket, Key: 'a', CopySource })))
    expect([
      await copy('data/models/a', 'other'),
      await copy('data/b', 'other'),
      await copy('data/models/a', 'data'),
    ]).toEqual(['accepted', 'AccessDenied 403', 'AccessDenied 403'])
    const Objects = [{ Key: 'models/a' }, { Key: 'b' }]
    const deleted = await mover.send(new DeleteObjectsCommand({ Bucket: 'data', Delete: { Objects } }))
    expect([deleted.Deleted, deleted.Errors]).toEqual([
      [{ Key: 'models/a' }],
      [expect.objectContaining({ Key: 'b', Code: 'AccessDenied' })],
    ])
  })

  test('a write that compares needs the right to read', async () => {
    await put(client(), 'a')
    const writer = client({
      as: role([{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::data/*' }]),
    })
    const IfMatch = '"900150983cd24fb0d6963f7d28e17f72"'
    expect([await put(writer, 'a', { IfMatch }), await put(writer, 'b', { IfNoneMatch: '*' })]).toEqual([
      'AccessDenied 403',
      'accepted',
    ])
  })

  test('that this server cannot read whole is an error of the test', async () => {
    const statement = { Effect: 'Allow', Action: '*', NotResource: 'x', Resource: '*' } as const
    const answer = await sendRaw(server, { path: '/data', as: role([statement]) })
    expect([answer.status, answer.text]).toEqual([
      500,
      expect.stringContaining('the sandbox does not read NotResource in a policy'),
    ])
  })
})

describe('a bucket of another region', () => {
  beforeEach(() => {
    bucket().region = 'eu-west-1'
  })

  test('sends a request for the wrong region there: 301, with the region in a header', async () => {
    const answer = await sendRaw(server, { path: '/data/k' })
    expect([answer.status, answer.code, answer.headers['x-amz-bucket-region']]).toEqual([
      301,
      'PermanentRedirect',
      'eu-west-1',
    ])
    expect(answer.text).toContain('<Endpoint>data.s3.eu-west-1.amazonaws.com</Endpoint>')
  })

  test('answers HEAD without a body, and tells its region', async () => {
    const answer = await sendRaw(server, { method: 'HEAD', path: '/data' })
    expect([answer.status, answer.text, answer.headers['x-amz-bucket-region']]).toEqual([
      301,
      '',
      'eu-west-1',
    ])
  })

  test('takes a request that is signed for it', async () => {
    const there = client({ region: 'eu-west-1' })
    expect(await put(there, 'k')).toBe('accepted')
    expect(await there.send(new HeadBucketCommand({ Bucket: 'data' }))).toMatchObject({
      BucketRegion: 'eu-west-1',
    })
    expect(await there.send(new GetBucketLocationCommand({ Bucket: 'data' }))).toMatchObject({
      LocationConstraint: 'eu-west-1',
    })
  })

  test('names its region to who signs for a third one', async () => {
    const answer = await sendRaw(server, { path: '/data', region: 'ap-south-1' })
    expect([answer.status, answer.code, answer.headers['x-amz-bucket-region']]).toEqual([
      400,
      'AuthorizationHeaderMalformed',
      'eu-west-1',
    ])
    expect(answer.text).toContain('<Region>eu-west-1</Region>')
  })

  test('can be the source of a copy', async () => {
    await put(client({ region: 'eu-west-1' }), 'k')
    const copy = new CopyObjectCommand({ Bucket: 'other', Key: 'k', CopySource: 'data/k' })
    expect(await refusal(client().send(copy))).toBe('accepted')
  })

  test('is found by a client that follows regions', async () => {
    expect(await put(client({ followRegionRedirects: true }), 'k')).toBe('accepted')
  })
})

test('a young bucket sends its requests elsewhere for a while', async () => {
  bucket().redirect = 'data.s3.eu-west-1.amazonaws.com'
  const answer = await sendRaw(server, { path: '/data/k', query: { partNumber: '1' } })
  expect([answer.status, answer.code, answer.headers.location]).toEqual([
    307,
    'TemporaryRedirect',
    'http://data.s3.eu-west-1.amazonaws.com/data/k?partNumber=1',
  ])
})

test('HEAD of a bucket tells its region even to who may not look into it', async () => {
  server.state.deny.push({ action: 's3:ListBucket' })
  const answer = await sendRaw(server, { method: 'HEAD', path: '/data' })
  expect([answer.status, answer.headers['x-amz-bucket-region']]).toEqual([403, 'us-east-1'])
})

describe('the bucket in the host name', () => {
  test.each([
    ['the global endpoint', 'data.s3.amazonaws.com', '/models/a'],
    ['a region', 'data.s3.us-east-1.amazonaws.com', '/models/a'],
    ['dual-stack', 'data.s3.dualstack.us-east-1.amazonaws.com', '/models/a'],
    ['FIPS', 'data.s3-fips.us-east-1.amazonaws.com', '/models/a'],
    ['dual-stack and FIPS', 'data.s3-fips.dualstack.us-east-1.amazonaws.com', '/models/a'],
    ['an access point', 'train-123456789012.s3-accesspoint.us-east-1.amazonaws.com', '/models/a'],
    ['a host of this machine', 'data.localhost:9000', '/models/a'],
    ['a path under a regional endpoint', 's3.us-east-1.amazonaws.com', '/data/models/a'],
  ])('%s', async (_name, host, path) => {
    server.state.accessPoints.set('train', 'data')
    const wanted = { method: 'PUT', host, path, body: 'abc' }
    expect((await sendRaw(server, wanted)).status).toBe(200)
    expect(bucket().objects.get('models/a')?.body.toString()).toBe('abc')
    const listing = path === '/data/models/a' ? '/data' : '/'
    expect((await sendRaw(server, { host, path: listing })).text).toContain('<Key>models/a</Key>')
  })

  test('may have dots', async () => {
    server.state.buckets.set('ml.example.com', createBucket('ml.example.com', 0))
    const host = 'ml.example.com.s3.us-east-1.amazonaws.com'
    expect((await sendRaw(server, { method: 'PUT', host, path: '/a', body: '' })).status).toBe(200)
    expect(bucket('ml.example.com').objects.has('a')).toBe(true)
  })

  test('is where the SDK puts it by itself', async () => {
    const { port } = new URL(server.url)
    const httpAgent = new Agent({
      lookup: (_host, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]),
    })
    const there = client({
      endpoint: `http://s3.us-east-1.amazonaws.com:${port}`,
      forcePathStyle: false,
      requestHandler: { httpAgent },
    })
    expect(await put(there, 'k')).toBe('accepted')
    expect(server.requests.at(-1)).toMatchObject({ path: '/k', operation: 'PutObject' })
  })
})

describe('a bucket whose requesters pay', () => {
  beforeEach(() => {
    bucket().requesterPays = true
  })

  test('refuses another account that does not say that it pays', async () => {
    const stranger = client({ as: role([{ Effect: 'Allow', Action: '*', Resource: '*' }], '999999999999') })
    const pays = { RequestPayer: 'requester' } as const
    expect([await list(stranger), await put(stranger, 'k')]).toEqual(['AccessDenied 403', 'AccessDenied 403'])
    expect(await put(stranger, 'k', pays)).toBe('accepted')
    const got = await stranger.send(new GetObjectCommand({ Bucket: 'data', Key: 'k', ...pays }))
    expect(got.RequestCharged).toBe('requester')
  })

  test('charges its owner nothing extra', async () => {
    await put(client(), 'k')
    const got = await client().send(new GetObjectCommand({ Bucket: 'data', Key: 'k' }))
    expect(got.RequestCharged).toBeUndefined()
  })
})

describe('the owner of a bucket', () => {
  test('can be demanded', async () => {
    expect(await put(client(), 'k', { ExpectedBucketOwner: '123456789012' })).toBe('accepted')
    expect(await put(client(), 'k', { ExpectedBucketOwner: '999999999999' })).toBe('AccessDenied 403')
  })

  test.each([
    ['private', 'AccessControlListNotSupported 400'],
    ['public-read', 'AccessControlListNotSupported 400'],
    ['bucket-owner-full-control', 'accepted'],
  ])('alone owns what is in it: x-amz-acl: %s is %s', async (ACL, expected) => {
    expect(await put(client(), 'k', { ACL })).toBe(expected)
  })

  test('may let ACLs in, which need s3:PutObjectAcl', async () => {
    bucket().ownership = 'ObjectWriter'
    expect(await put(client(), 'k', { ACL: 'public-read' })).toBe('accepted')
    expect(bucket().objects.get('k')?.acl).toEqual({ 'x-amz-acl': 'public-read' })
    server.state.deny.push({ action: 's3:PutObjectAcl' })
    expect(await put(client(), 'k', { GrantRead: 'id="abc"' })).toBe('AccessDenied 403')
  })
})

test.each([
  ['Tagging', { Tagging: 'a=b' }],
  ['object lock', { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date(0) }],
  ['a website redirect', { WebsiteRedirectLocation: '/x' }],
])('%s is refused by name rather than lost', async (_name, more) => {
  expect(await put(client(), 'k', more)).toBe('NotImplemented 501')
})
