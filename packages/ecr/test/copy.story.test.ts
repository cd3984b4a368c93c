import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { addRepository } from '@mlops-actions/sandbox/registry'
import type { RecordedRequest } from '@mlops-actions/sandbox/server'
import { failureOf } from '../../../test/harness/failure.ts'
import {
  applyCopy,
  assertPlatforms,
  type CopyWish,
  parsePlatforms,
  prepareCopy,
  requireImage,
  verifyImage,
} from '../src/index.ts'
import {
  type CopyFixture,
  digestOf,
  startCopyFixture,
  storeBlob,
  storeImage,
  storeIndex,
  storeManifest,
} from './copy-fixture.ts'

let fixture: CopyFixture
beforeEach(async () => {
  fixture = await startCopyFixture()
})
afterEach(() => fixture.close())

async function promote(more: Partial<CopyWish> = {}) {
  const { world, place, from, to } = fixture
  const wish = {
    source: place(from),
    target: place(to),
    reference: 'v1',
    tags: ['prod'],
    referrers: true,
    ...more,
  }
  const prepared = await prepareCopy(world, wish)
  let bytes = 0
  const result = await applyCopy(world, prepared, {
    onBytes: (count) => {
      bytes += count
    },
    onTag: () => {},
  })
  await verifyImage(world, wish.target, { digest: prepared.root.digest, tags: wish.tags, did: 'promoted' })
  return { ...result, prepared, bytes }
}

const inOneRegistry = (): Partial<CopyWish> => ({ target: fixture.place(fixture.from, 'ml/prod') })

function sent(requests: readonly RecordedRequest[], ...methods: string[]): string[] {
  return requests
    .filter(({ method }) => methods.includes(method))
    .map(({ method, path }) => `${method} ${path}`)
}

describe('an image', () => {
  test('is in the other account and region, byte for byte, under the tag', async () => {
    const { source, target } = fixture
    const { digest } = storeImage(source, { tag: 'v1', layers: ['one', 'two'] })
    const { prepared, arrivals, bytes } = await promote()
    expect(target.tags).toEqual(new Map([['prod', digest]]))
    expect(target.manifests.get(digest)?.bytes).toEqual(source.manifests.get(digest)?.bytes)
    expect(target.blobs).toEqual(source.blobs)
    expect(prepared.before.size).toBe(0)
    expect([...arrivals.values()]).toEqual(['copied', 'copied', 'copied'])
    expect(bytes).toBe([...source.blobs.values()].reduce((sum, blob) => sum + blob.length, 0))
  })

  test('of one registry needs no token and moves nothing but a tag', async () => {
    const { from, source, accounts } = fixture
    const { digest } = storeImage(source, { tag: 'v1' })
    await promote({ target: fixture.place(from) })
    expect(source.tags.get('prod')).toBe(digest)
    const operations = accounts.requests.map(({ headers }) => headers['x-amz-target']?.split('.')[1])
    expect(operations).toEqual(['BatchGetImage', 'BatchGetImage', 'PutImage', 'BatchGetImage'])
    expect(from.registryServer.requests).toEqual([])
  })

  test('that is a reference by digest needs no tag', async () => {
    const { digest } = storeImage(fixture.source)
    await promote({ reference: digest })
    expect(fixture.target.tags.get('prod')).toBe(digest)
  })

  test('is there with everything that an index names, the attestation too', async () => {
    const { source, target } = fixture
    const { digest } = storeIndex(source, 'v1')
    await promote()
    expect(target.tags.get('prod')).toBe(digest)
    expect(new Set(target.manifests.keys())).toEqual(new Set(source.manifests.keys()))
    expect(target.blobs).toEqual(source.blobs)
  })

  test('of an index is for the platforms of its images, and an attestation is none', async () => {
    const { digest } = storeIndex(fixture.source, 'v1')
    const place = fixture.place(fixture.from)
    const root = await requireImage(fixture.world, place, digest)
    await assertPlatforms(place, root, parsePlatforms('linux/amd64,linux/arm64/v8'))
    const failure = await failureOf(() => assertPlatforms(place, root, ['unknown/unknown']))
    expect(failure).toMatchObject({ kind: 'gate', code: 'ECR_NO_PLATFORM' })
    expect(failure.details.seen).not.toMatch(/it is for .*unknown/)
  })

  test('is for no platform that a damaged configuration names', async () => {
    const { source, from, world } = fixture
    const { digest } = storeImage(source, { tag: 'v1' })
    const place = fixture.place(from)
    from.registryServer.layers.faults.push({
      match: ({ path }) => path.endsWith(digestOf('{"os":"linux","architecture":"amd64"}').slice(7)),
      times: 99,
      respond: { status: 200, body: '{"os":"linux","architecture":"arm64"}' },
    })
    const root = await requireImage(world, place, digest)
    expect(await failureOf(() => assertPlatforms(place, root, ['linux/arm64']))).toMatchObject({
      kind: 'integrity',
      code: 'ECR_BLOB_DAMAGED',
      details: { what: 'The configuration of an image came damaged' },
    })
  })

  test('brings what refers to it, and what refers to that', async () => {
    const { source, target } = fixture
    const image = storeImage(source, { tag: 'v1' })
    const sbom = storeImage(source, { layers: ['sbom'], more: { subject: image, artifactType: 'x/sbom' } })
    const signature = storeImage(source, { layers: ['sig'], more: { subject: sbom, artifactType: 'x/sig' } })
    await promote()
    expect([...target.manifests.keys()]).toEqual([image.digest, sbom.digest, signature.digest])
  })

  test('can be brought without what refers to it, and then asks for no right to list that', async () => {
    const { source, target, from } = fixture
    const image = storeImage(source, { tag: 'v1' })
    storeImage(source, { layers: ['sig'], more: { subject: image, artifactType: 'x/sig' } })
    from.state.registry.deny.push({ action: 'ecr:ListImageReferrers' })
    await promote({ referrers: false })
    expect([...target.manifests.keys()]).toEqual([image.digest])
  })

  test('that is there already is only looked at', async () => {
    storeIndex(fixture.source, 'v1')
    await promote()
    const { to } = fixture
    const before = to.registryServer.requests.length
    const { tagged, arrivals } = await promote()
    expect({ tagged, copied: arrivals.size, asked: to.registryServer.requests.length - before }).toEqual({
      tagged: [],
      copied: 0,
      asked: 0,
    })
  })

  test('takes only the layers that are not there', async () => {
    const { source, target, to } = fixture
    storeImage(source, { tag: 'v1', layers: ['base', 'model'] })
    storeBlob(target, 'base')
    const { arrivals } = await promote()
    expect(arrivals.has(digestOf('base'))).toBe(false)
    expect(sent(to.registryServer.requests, 'PATCH')).toHaveLength(2)
  })

  test('leaves layers that no registry holds where they are', async () => {
    const { source, target } = fixture
    const layer = {
      mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
      digest: digestOf('windows'),
      size: 7,
      urls: ['https://mcr.microsoft.com/windows'],
    }
    const config = storeBlob(source, '{}')
    // The registry of the sandbox wants every layer; the one of ECR does not want these.
    target.blobs.set(layer.digest, Buffer.from('windows'))
    storeManifest(source, { schemaVersion: 2, config, layers: [layer] }, 'v1')
    const { arrivals } = await promote()
    expect([...arrivals.keys()]).toEqual([config.digest])
  })

  test('an empty layer is a layer', async () => {
    storeImage(fixture.source, { tag: 'v1', layers: [''] })
    await promote()
    expect(fixture.target.blobs.get(digestOf(''))).toEqual(Buffer.alloc(0))
  })

  test('whose layer is a web page is copied like any other', async () => {
    storeImage(fixture.source, { tag: 'v1', layers: ['<!DOCTYPE html><html>a report</html>'] })
    await promote()
    expect(fixture.target.blobs).toEqual(fixture.source.blobs)
  })
})

describe('within one registry', () => {
  beforeEach(() => {
    addRepository(fixture.from.state.registry, 'ml/prod', 0)
    storeImage(fixture.source, { tag: 'v1' })
  })

  test('layers are mounted where the account allows it: none is sent', async () => {
    const { from } = fixture
    from.state.registry.blobMounting = true
    const { arrivals, bytes } = await promote(inOneRegistry())
    expect([...arrivals.values()]).toEqual(['mounted', 'mounted'])
    expect({ bytes, sent: sent(from.registryServer.requests, 'GET', 'PATCH', 'PUT') }).toEqual({
      bytes: 0,
      sent: [],
    })
  })

  test('layers are sent where it does not, in the upload that the mount began', async () => {
    const { from } = fixture
    const { arrivals } = await promote(inOneRegistry())
    expect([...arrivals.values()]).toEqual(['copied', 'copied'])
    expect(sent(from.registryServer.requests, 'POST')).toHaveLength(2)
    expect(sent(from.registryServer.requests, 'PATCH')).toHaveLength(2)
  })

  test('a mount that is forbidden is an upload', async () => {
    const { from } = fixture
    from.registryServer.faults.push({
      match: ({ method, query }) => method === 'POST' && query.has('mount'),
      times: 9,
      respond: { status: 403, headers: { 'content-type': 'application/json' }, body: '{"errors":[]}' },
    })
    const { arrivals } = await promote(inOneRegistry())
    expect([...arrivals.values()]).toEqual(['copied', 'copied'])
  })
})

describe('tokens', () => {
  test('go to the registry that they are for, and never to its storage', async () => {
    const { from, to, world, source } = fixture
    storeImage(source, { tag: 'v1' })
    await promote()
    const tokensOf = (requests: readonly RecordedRequest[]) =>
      new Set(requests.map(({ headers }) => headers['authorization']))
    const [one, other] = [tokensOf(from.registryServer.requests), tokensOf(to.registryServer.requests)]
    expect([one.size, other.size]).toEqual([1, 1])
    expect(one).not.toEqual(other)
    expect(tokensOf(from.registryServer.layers.requests)).toEqual(new Set([undefined]))
    for (const token of [...one, ...other]) expect(world.secrets).toContain(token?.replace('Basic ', ''))
  })

  test('that have expired are got anew, once for all the layers', async () => {
    const { to, source, accounts } = fixture
    storeImage(source, { tag: 'v1', layers: ['one', 'two', 'three'] })
    let old: string | undefined
    to.registryServer.faults.push({
      match: ({ headers }) => {
        old ??= headers['authorization']
        return headers['authorization'] === old
      },
      times: 99,
      respond: {
        status: 403,
        headers: { 'content-type': 'application/json' },
        body: '{"errors":[{"code":"DENIED","message":"Your authorization token has expired. Reauthenticate and try again."}]}',
      },
    })
    await promote()
    const tokens = accounts.requests.filter(({ headers }) =>
      headers['x-amz-target']?.endsWith('GetAuthorizationToken'),
    )
    expect(tokens).toHaveLength(3)
  })
})

describe('what breaks on the way', () => {
  const throttled = {
    status: 429,
    headers: { 'content-type': 'application/json' },
    body: '{"errors":[{"code":"TOOMANYREQUESTS","message":"Rate exceeded"}]}',
  }
  const busy = { status: 503, body: '' }

  test.each([
    ['an upload that is not begun', 'POST', 'to', busy],
    ['an upload that is cut off', 'PATCH', 'to', 'reset'],
    ['an upload whose answer is lost', 'PATCH', 'to', 'reset-after'],
    ['an upload whose end is lost', 'PUT', 'to', 'reset-after'],
    ['an upload that is throttled', 'PATCH', 'to', throttled],
    ['a download that is refused', 'GET', 'from', busy],
    ['a download that is cut off', 'GET', 'storage', 'truncate'],
    ['a download that is reset', 'GET', 'storage', 'reset'],
    ['storage that is busy', 'GET', 'storage', busy],
  ] as const)('%s is begun anew', async (_name, method, where, respond) => {
    const { from, to, source, target } = fixture
    const { digest } = storeImage(source, { tag: 'v1', layers: ['x'.repeat(300_000)] })
    const servers = { from: from.registryServer, to: to.registryServer, storage: from.registryServer.layers }
    servers[where].faults.push({ match: (request) => request.method === method, times: 1, respond })
    const { bytes } = await promote()
    expect(target.tags.get('prod')).toBe(digest)
    // The registry has counted the digests itself.
    expect(new Set(target.blobs.keys())).toEqual(new Set(source.blobs.keys()))
    // What was sent twice is counted once; of what arrived in spite of a lost answer nobody knows.
    expect(bytes).toBeLessThanOrEqual([...source.blobs.values()].reduce((sum, blob) => sum + blob.length, 0))
  })

  test('a layer that comes damaged never arrives, and nothing is tagged', async () => {
    const { from, source, target } = fixture
    storeImage(source, { tag: 'v1', layers: ['weights'] })
    from.registryServer.layers.faults.push({
      match: ({ path }) => path.endsWith(digestOf('weights').slice(7)),
      times: 99,
      respond: { status: 200, body: 'WEIGHTS' },
    })
    const failure = await failureOf(() => promote())
    expect(failure).toMatchObject({ kind: 'integrity', code: 'ECR_BLOB_DAMAGED' })
    expect(failure.message).toContain(digestOf('WEIGHTS'))
    expect([target.tags.size, target.manifests.size, target.blobs.has(digestOf('WEIGHTS'))]).toEqual([
      0,
      0,
      false,
    ])
  })

  test('that stays is said with how often it was tried', async () => {
    const { to, source, target } = fixture
    storeImage(source, { tag: 'v1' })
    to.registryServer.faults.push({
      match: ({ method }) => method === 'PATCH',
      times: 99,
      respond: throttled,
    })
    const failure = await failureOf(() => promote())
    expect(failure).toMatchObject({ kind: 'rate-limit', code: 'ECR_THROTTLED', retryable: true })
    expect(failure.message).toContain('(5 times)')
    expect(target.tags.size).toBe(0)
  })

  test('ends the other layers as well', async () => {
    const { to, source } = fixture
    storeImage(source, { tag: 'v1', layers: ['denied', 'hangs'] })
    const isAbout =
      (text: string) =>
      ({ query }: { query: URLSearchParams }) =>
        query.get('digest') === digestOf(text)
    to.registryServer.faults.push(
      { match: isAbout('hangs'), times: 9, respond: 'hang' },
      { match: isAbout('denied'), times: 9, respond: { status: 403, body: '' } },
    )
    expect(await failureOf(() => promote())).toMatchObject({
      code: 'ECR_ACCESS_DENIED',
      message: expect.stringContaining('`ecr:CompleteLayerUpload`'),
    })
  })

  test('a step that is cancelled ends at once, with nothing tagged', async () => {
    const { to, source, target, world } = fixture
    storeImage(source, { tag: 'v1' })
    to.registryServer.faults.push({
      match: ({ method }) => {
        if (method === 'PATCH') world.cancel()
        return method === 'PATCH'
      },
      times: 9,
      respond: 'hang',
    })
    await expect(promote()).rejects.toThrow('cancelled')
    expect([target.tags.size, target.manifests.size]).toEqual([0, 0])
  })
})

describe('where an upload goes on', () => {
  const located = (location: string) => ({ status: 202, headers: { location } })

  test('may be a whole URL with a query of its own', async () => {
    const { to, source, target } = fixture
    storeImage(source, { tag: 'v1', layers: [] })
    const { state, url } = to.registryServer
    to.registryServer.faults.push({
      match: ({ method }) => {
        if (method !== 'POST') return false
        state.uploads.set('mine', { id: 'mine', repository: 'ml/churn', bytes: Buffer.alloc(0) })
        return true
      },
      times: 1,
      respond: located(`${url}/v2/ml/churn/blobs/uploads/mine?_state=a%2Fb%3D`),
    })
    await promote()
    expect(target.blobs.size).toBe(1)
    const [patch] = to.registryServer.requests.filter(({ method }) => method === 'PATCH')
    expect(patch?.query).toBe('_state=a%2Fb%3D')
  })

  test('is never another host: the token stays here', async () => {
    const { to, source } = fixture
    storeImage(source, { tag: 'v1' })
    to.registryServer.faults.push({
      match: ({ method }) => method === 'POST',
      times: 99,
      respond: located('https://evil.example/upload'),
    })
    const failure = await failureOf(() => promote())
    expect(failure).toMatchObject({
      code: 'ECR_UPLOAD_LOCATION',
      message: expect.stringContaining('evil.example'),
    })
  })
})

describe('failures', () => {
  test('an image that is not there is named with its repository and account', async () => {
    const failure = await failureOf(() => promote({ reference: 'v9' }))
    expect(failure).toMatchObject({ kind: 'not-found', code: 'ECR_NO_IMAGE' })
    expect(failure.details.seen).toBe('the repository ml/churn in account 111111111111 has no such image')
    expect(failure.details.on).toMatch(/\/ml\/churn:v9$/)
  })

  test.each([
    ['source', () => ({ source: fixture.place(fixture.from, 'ml/none') }), '111111111111'],
    ['target', () => ({ target: fixture.place(fixture.to, 'ml/none') }), '222222222222'],
  ])('a %s repository that is not there is named with its account', async (_side, wish, account) => {
    storeImage(fixture.source, { tag: 'v1' })
    const failure = await failureOf(() => promote(wish()))
    expect(failure).toMatchObject({ kind: 'not-found', code: 'ECR_NO_REPOSITORY' })
    expect(failure.details.seen).toContain(`account ${account} has no repository ml/none`)
  })

  test('an index that names what is not there fails before anything is sent', async () => {
    const { source, to } = fixture
    const child = storeImage(source)
    storeManifest(source, { schemaVersion: 2, manifests: [child] }, 'v1')
    source.manifests.delete(child.digest)
    expect(await failureOf(() => promote())).toMatchObject({
      code: 'ECR_NO_IMAGE',
      message: expect.stringContaining(child.digest),
    })
    expect(to.registryServer.requests).toEqual([])
  })

  test('a manifest that its digest was not made from is refused', async () => {
    const { source } = fixture
    const { digest, mediaType } = storeImage(source, { tag: 'v1' })
    source.manifests.set(digest, {
      digest,
      mediaType,
      bytes: Buffer.from('{"schemaVersion":2}'),
      pushedAt: 0,
    })
    expect(await failureOf(() => promote())).toMatchObject({
      kind: 'integrity',
      code: 'ECR_MANIFEST_DAMAGED',
    })
  })

  test('what is no image of today is refused in words', async () => {
    storeManifest(fixture.source, { schemaVersion: 1, fsLayers: [] }, 'v1')
    expect(await failureOf(() => promote())).toMatchObject({
      kind: 'config',
      code: 'ECR_MANIFEST',
      message: expect.stringContaining('schemaVersion 2'),
    })
  })

  test.each([
    ['from', 'ecr:BatchGetImage'],
    ['from', 'ecr:GetAuthorizationToken'],
    ['from', 'ecr:GetDownloadUrlForLayer'],
    ['from', 'ecr:ListImageReferrers'],
    ['to', 'ecr:BatchGetImage'],
    ['to', 'ecr:BatchCheckLayerAvailability'],
    ['to', 'ecr:GetAuthorizationToken'],
    ['to', 'ecr:InitiateLayerUpload'],
    ['to', 'ecr:UploadLayerPart'],
    ['to', 'ecr:CompleteLayerUpload'],
    ['to', 'ecr:PutImage'],
  ] as const)('a right that is missing at the end it goes %s is named: %s', async (side, action) => {
    storeImage(fixture.source, { tag: 'v1' })
    fixture[side].state.registry.deny.push({ action })
    const failure = await failureOf(() => promote())
    expect({ kind: failure.kind, names: failure.details.next.includes(`\`${action}\``) }).toEqual({
      kind: 'auth',
      names: true,
    })
    expect(fixture.target.tags.size).toBe(0)
  })

  test('a bare 403 is told by its request, and by the role that made it', async () => {
    storeImage(fixture.source, { tag: 'v1' })
    fixture.to.registryServer.faults.push({
      match: ({ method }) => method === 'PATCH',
      times: 9,
      respond: { status: 403 },
    })
    const { next } = (await failureOf(() => promote())).details
    expect(next).toContain('the role of `role-to-assume` `ecr:UploadLayerPart` on the repository ml/churn')
  })

  test('a layer in the archive says how to get it out', async () => {
    storeImage(fixture.source, { tag: 'v1' })
    const layers = [{ layerDigest: digestOf('layer of the model'), layerAvailability: 'ARCHIVED' }]
    fixture.accounts.faults.push({
      match: ({ headers }) => headers['x-amz-target']?.endsWith('BatchCheckLayerAvailability') === true,
      times: 1,
      respond: {
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify({ layers }),
      },
    })
    expect(await failureOf(() => promote())).toMatchObject({
      kind: 'policy',
      code: 'ECR_ARCHIVED',
      message: expect.stringContaining('update-image-storage-class'),
    })
  })

  test('an image in the archive says how to get it out', async () => {
    const failures = [
      { imageId: { imageTag: 'v1' }, failureCode: 'ImageInaccessible', failureReason: 'Image is archived' },
    ]
    fixture.accounts.faults.push({
      match: ({ headers }) => headers['x-amz-target']?.endsWith('BatchGetImage') === true,
      times: 1,
      respond: {
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify({ failures }),
      },
    })
    expect((await failureOf(() => promote())).code).toBe('ECR_ARCHIVED')
  })
})

describe('tags', () => {
  test('that name another image move, and what they named is known', async () => {
    const { source, target } = fixture
    const old = storeImage(target, { layers: ['old'], tag: 'prod' })
    const { digest } = storeImage(source, { tag: 'v1' })
    const { prepared } = await promote({ tags: ['prod', 'v1'] })
    expect(prepared.before).toEqual(new Map([['prod', old.digest]]))
    expect(target.tags).toEqual(
      new Map([
        ['prod', digest],
        ['v1', digest],
      ]),
    )
  })

  test('that are immutable and another image stay; both digests are told', async () => {
    const { source, target } = fixture
    const old = storeImage(target, { layers: ['old'], tag: 'prod' })
    target.tagMutability = 'IMMUTABLE'
    const { digest } = storeImage(source, { tag: 'v1' })
    const failure = await failureOf(() => promote())
    expect(failure).toMatchObject({ kind: 'conflict', code: 'ECR_TAG_IMMUTABLE', retryable: false })
    expect(failure.details.seen).toBe(`it is ${old.digest}; promoted is ${digest}`)
    expect(target.tags.get('prod')).toBe(old.digest)
  })

  test('that are immutable and this very image are a success', async () => {
    const { source, target } = fixture
    storeImage(source, { tag: 'v1' })
    target.tagMutability = 'IMMUTABLE'
    await promote()
    expect((await promote()).tagged).toEqual([])
  })

  test('that somebody moves in the same moment fail the step', async () => {
    const { source, target, place, to, world } = fixture
    const { digest } = storeImage(source, { tag: 'v1' })
    const other = storeImage(target, { layers: ['other'], tag: 'prod' })
    const failure = await failureOf(() =>
      verifyImage(world, place(to), { digest, tags: ['prod'], did: 'promoted' }),
    )
    expect(failure).toMatchObject({ kind: 'integrity', code: 'ECR_DIGEST' })
    expect(failure.details.seen).toContain(other.digest)
  })
})
