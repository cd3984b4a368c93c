import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  addRepository,
  issuePassword,
  MEDIA_TYPES,
  type RegistryServer,
  startRegistry,
} from '../src/registry/index.ts'
import { isImmutable } from '../src/registry/push.ts'

const principal = { arn: 'arn:aws:iam::123456789012:user/ci', accessKeyId: 'AKIA', secretAccessKey: 's' }
const digestOf = (bytes: string | Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const config = '{"architecture":"amd64"}'
const layer = 'layer bytes'
const manifestOf = (more: object = {}) =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociManifest,
    config: { mediaType: MEDIA_TYPES.ociConfig, digest: digestOf(config), size: config.length },
    layers: [{ mediaType: MEDIA_TYPES.ociLayer, digest: digestOf(layer), size: layer.length }],
    ...more,
  })
const manifest = manifestOf()

let now = 1_800_000_000_000
let server: RegistryServer
let authorization: string

beforeEach(async () => {
  now = 1_800_000_000_000
  server = await startRegistry({ now: () => now })
  addRepository(server.state, 'ml/iris', now)
  const { password } = issuePassword(server.state, principal, now)
  authorization = `Basic ${Buffer.from(`AWS:${password}`).toString('base64')}`
})

afterEach(() => server.close())

interface Answer {
  status: number
  headers: Headers
  text: string
  code: string | undefined
}

async function call(
  method: string,
  path: string,
  options: { body?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(path.startsWith('http') ? path : server.url + path, {
    method,
    headers: { authorization, ...options.headers },
    ...(options.body !== undefined && { body: options.body }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, code: /"code":"(\w+)"/.exec(text)?.[1] }
}

const blobPath = (bytes: string, name = 'ml/iris') => `/v2/${name}/blobs/${digestOf(bytes)}`
const pushBlob = (bytes: string, name = 'ml/iris') =>
  call('POST', `/v2/${name}/blobs/uploads/?digest=${digestOf(bytes)}`, { body: bytes })
const putManifest = (reference: string, body = manifest, name = 'ml/iris') =>
  call('PUT', `/v2/${name}/manifests/${reference}`, {
    body,
    headers: { 'content-type': MEDIA_TYPES.ociManifest },
  })
async function pushImage(tag: string, name = 'ml/iris', body = manifest): Promise<Answer> {
  await pushBlob(config, name)
  await pushBlob(layer, name)
  return putManifest(tag, body, name)
}

describe('authentication', () => {
  test('the ping challenges by Basic and answers 200 with a living password', async () => {
    const anonymous = await fetch(`${server.url}/v2/`)
    expect([anonymous.status, anonymous.headers.get('www-authenticate')]).toEqual([
      401,
      `Basic realm="https://${server.host}/",service="ecr.amazonaws.com"`,
    ])
    expect((await call('GET', '/v2/')).status).toBe(200)
    expect(
      (await call('GET', '/v2/', { headers: { authorization: `Basic ${btoa('AWS:wrong')}` } })).status,
    ).toBe(401)
  })

  test('a password dies after twelve hours, and says so', async () => {
    now += 12 * 3_600_000
    const answer = await call('GET', '/v2/')
    expect([answer.status, answer.text]).toEqual([
      403,
      expect.stringContaining('Your authorization token has expired'),
    ])
  })

  test('a denied action is a 403 that names it', async () => {
    server.state.deny.push({ action: 'ecr:InitiateLayerUpload', resourcePrefix: 'ml/' })
    const answer = await pushBlob(layer)
    expect([answer.status, answer.code, answer.text]).toEqual([
      403,
      'DENIED',
      expect.stringContaining('ecr:InitiateLayerUpload'),
    ])
  })
})

describe('blobs', () => {
  test('a monolithic upload can be seen and fetched from the storage behind a redirect', async () => {
    expect((await call('HEAD', blobPath(layer))).status).toBe(404)
    const pushed = await pushBlob(layer)
    expect([pushed.status, pushed.headers.get('docker-content-digest')]).toEqual([201, digestOf(layer)])
    const head = await call('HEAD', blobPath(layer))
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(layer.length)])
    const got = await call('GET', blobPath(layer))
    expect(got.text).toBe(layer)
    expect(server.layers.requests).toHaveLength(1)
  })

  test('the storage refuses the registry credentials and an address of yesterday', async () => {
    await pushBlob(layer)
    const redirect = await fetch(server.url + blobPath(layer), {
      headers: { authorization },
      redirect: 'manual',
    })
    const location = redirect.headers.get('location') ?? ''
    expect(redirect.status).toBe(307)
    expect((await call('GET', location)).text).toContain('Only one auth mechanism allowed')
    now += 3_600_001
    expect((await fetch(location)).status).toBe(403)
  })

  test('a chunked upload continues where it stands', async () => {
    const started = await call('POST', '/v2/ml/iris/blobs/uploads/')
    const location = started.headers.get('location') ?? ''
    expect(started.status).toBe(202)
    const first = await call('PATCH', location, { body: 'layer ', headers: { 'content-range': '0-5' } })
    expect([first.status, first.headers.get('range')]).toEqual([202, '0-5'])
    const gap = await call('PATCH', location, { body: 'tes', headers: { 'content-range': '8-10' } })
    expect([gap.status, gap.code]).toEqual([416, 'BLOB_UPLOAD_INVALID'])
    await call('PATCH', location, { body: 'byt', headers: { 'content-range': '6-8' } })
    const status = await call('GET', location)
    expect([status.status, status.headers.get('range')]).toEqual([204, '0-8'])
    expect((await call('PUT', `${location}?digest=${digestOf(layer)}`, { body: 'es' })).status).toBe(201)
    expect((await call('GET', location)).code).toBe('BLOB_UPLOAD_UNKNOWN')
  })

  test('a wrong digest is DIGEST_INVALID and stores nothing', async () => {
    const answer = await call('POST', `/v2/ml/iris/blobs/uploads/?digest=${digestOf('other')}`, {
      body: layer,
    })
    expect([answer.status, answer.code]).toEqual([400, 'DIGEST_INVALID'])
    expect(server.state.repositories.get('ml/iris')?.blobs.size).toBe(0)
  })

  test('a cancelled upload is gone', async () => {
    const location = (await call('POST', '/v2/ml/iris/blobs/uploads/')).headers.get('location') ?? ''
    expect((await call('DELETE', location)).status).toBe(204)
    expect((await call('PUT', `${location}?digest=${digestOf(layer)}`, { body: layer })).status).toBe(404)
  })

  test('a mount works only where the account allows it', async () => {
    addRepository(server.state, 'ml/base', now)
    await pushBlob(layer, 'ml/base')
    const mount = () => call('POST', `/v2/ml/iris/blobs/uploads/?mount=${digestOf(layer)}&from=ml/base`)
    expect((await mount()).status).toBe(202)
    server.state.blobMounting = true
    expect((await mount()).status).toBe(201)
    expect((await call('HEAD', blobPath(layer))).status).toBe(200)
  })

  test('a repository that does not exist is NAME_UNKNOWN, unless a template creates it on push', async () => {
    const missing = await pushBlob(layer, 'ml/new')
    expect([missing.status, missing.code]).toEqual([404, 'NAME_UNKNOWN'])
    server.state.createOnPush = true
    expect((await pushBlob(layer, 'ml/new')).status).toBe(201)
  })
})

describe('manifests', () => {
  test('are kept byte for byte, by tag and by digest', async () => {
    const pushed = await pushImage('v1')
    expect([pushed.status, pushed.headers.get('docker-content-digest')]).toEqual([201, digestOf(manifest)])
    for (const reference of ['v1', digestOf(manifest)]) {
      const got = await call('GET', `/v2/ml/iris/manifests/${reference}`)
      expect([got.text, got.headers.get('content-type'), got.headers.get('docker-content-digest')]).toEqual([
        manifest,
        MEDIA_TYPES.ociManifest,
        digestOf(manifest),
      ])
    }
    const head = await call('HEAD', '/v2/ml/iris/manifests/v1')
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(manifest.length)])
    expect((await call('GET', '/v2/ml/iris/manifests/v2')).code).toBe('MANIFEST_UNKNOWN')
  })

  test.each([
    [
      'blobs that are absent',
      'v1',
      manifestOf({ layers: [{ mediaType: 'x', digest: digestOf('absent'), size: 6 }] }),
      'MANIFEST_BLOB_UNKNOWN',
    ],
    ['a digest that is not its own', digestOf('x'), manifest, 'DIGEST_INVALID'],
    ['something else', 'v1', '{"schemaVersion":1}', 'MANIFEST_INVALID'],
    [
      'an index of unknown images',
      'v1',
      JSON.stringify({
        schemaVersion: 2,
        mediaType: MEDIA_TYPES.ociIndex,
        manifests: [{ mediaType: MEDIA_TYPES.ociManifest, digest: digestOf('absent'), size: 1 }],
      }),
      'MANIFEST_BLOB_UNKNOWN',
    ],
  ])('are refused with %s', async (_name, reference, body, code) => {
    await pushBlob(config)
    await pushBlob(layer)
    const answer = await putManifest(reference, body)
    expect([answer.status, answer.code]).toEqual([400, code])
  })

  test('an index of known images is taken', async () => {
    await pushImage(digestOf(manifest))
    const child = {
      mediaType: MEDIA_TYPES.ociManifest,
      digest: digestOf(manifest),
      size: manifest.length,
      platform: { os: 'linux', architecture: 'amd64' },
    }
    const index = JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPES.ociIndex, manifests: [child] })
    expect((await putManifest('multi', index)).status).toBe(201)
    expect((await call('GET', '/v2/ml/iris/manifests/multi')).headers.get('content-type')).toBe(
      MEDIA_TYPES.ociIndex,
    )
  })

  test('an immutable tag keeps its image', async () => {
    addRepository(server.state, 'ml/fixed', now, { tagMutability: 'IMMUTABLE' })
    await pushImage('v1', 'ml/fixed')
    expect((await pushImage('v1', 'ml/fixed')).status).toBe(201)
    const other = await pushImage('v1', 'ml/fixed', manifestOf({ annotations: { a: 'b' } }))
    expect([other.status, other.code, other.text]).toEqual([
      400,
      'TAG_INVALID',
      expect.stringContaining(
        "The image tag 'v1' already exists in the 'ml/fixed' repository and cannot be overwritten because the repository is immutable.",
      ),
    ])
  })

  test('tags are listed in pages and go with their manifest', async () => {
    for (const tag of ['c', 'a', 'b']) await pushImage(tag)
    const first = await call('GET', '/v2/ml/iris/tags/list?n=2')
    expect([first.text, first.headers.get('link')]).toEqual([
      '{"name":"ml/iris","tags":["a","b"]}',
      '</v2/ml/iris/tags/list?n=2&last=b>; rel="next"',
    ])
    expect((await call('GET', '/v2/ml/iris/tags/list?n=2&last=b')).text).toBe(
      '{"name":"ml/iris","tags":["c"]}',
    )
    expect((await call('DELETE', `/v2/ml/iris/manifests/${digestOf(manifest)}`)).status).toBe(202)
    expect((await call('GET', '/v2/ml/iris/tags/list')).text).toBe('{"name":"ml/iris","tags":[]}')
  })

  test('referrers are found by their subject', async () => {
    await pushImage('v1')
    const subject = { mediaType: MEDIA_TYPES.ociManifest, digest: digestOf(manifest), size: manifest.length }
    await putManifest('sig', manifestOf({ subject, artifactType: 'application/x-signature' }))
    const answer = await call('GET', `/v2/ml/iris/referrers/${digestOf(manifest)}`)
    expect(JSON.parse(answer.text).manifests).toMatchObject([{ artifactType: 'application/x-signature' }])
  })

  test('an unknown path and an unknown method answer as a registry does', async () => {
    expect([
      (await call('GET', '/v3/')).status,
      (await call('POST', '/v2/ml/iris/tags/list')).status,
    ]).toEqual([404, 405])
  })
})

test.each([
  ['MUTABLE', 'v1', false],
  ['IMMUTABLE', 'v1', true],
  ['IMMUTABLE_WITH_EXCLUSION', 'v1', true],
  ['IMMUTABLE_WITH_EXCLUSION', 'build-cache-1', false],
  ['MUTABLE_WITH_EXCLUSION', 'v1', false],
  ['MUTABLE_WITH_EXCLUSION', 'build-cache-1', true],
] as const)('%s makes tag %s immutable: %s', (tagMutability, tag, expected) => {
  const repository = addRepository(server.state, 'x/y', 0, { tagMutability, exclusionFilters: ['*cache*'] })
  expect(isImmutable(repository, tag)).toBe(expected)
})
