import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type EcrPublicServer, startEcrPublic } from '@mlops-actions/sandbox/ecr-public'
import { addRepository, MEDIA_TYPES } from '@mlops-actions/sandbox/registry'
import { failureOf } from '../../../test/harness/failure.ts'
import { testWorld } from '../../../test/harness/world.ts'
import { closeEcr, findImages, openEcr, openHttp, repositoryAt } from '../src/index.ts'
import { createGallery, type Gallery } from '../src/public/gallery.ts'

const access = { requestTimeout: 5_000, caCert: undefined }
const world = testWorld()
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

describe('the registry of ECR Public', () => {
  /** Good for its manifests; the sandbox lets none get old. */
  let token: string
  let tokens: number
  let challenge: string
  let gallery: Gallery
  let host: string

  beforeEach(async () => {
    token = ''
    tokens = 0
    const server = createServer(answer)
    host = await listen(server)
    challenge = `Bearer realm="http://${host}/token/",service="public.ecr.aws",scope="aws"`
    gallery = createGallery({
      isElsewhere: true,
      open: (registry) => openHttp(world, access, [registry]),
      auth: async () => 'QVdTOnBhc3N3b3Jk',
      mask: world.mask,
    })
    closing.push(() => gallery.close())
  })

  function answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const [status, body] = judge(url, headers.authorization)
    const asks = status === 401 ? { 'www-authenticate': challenge } : {}
    response.writeHead(status, { 'content-type': 'application/json', ...asks }).end(JSON.stringify(body))
  }

  function judge(url: string, authorization: string | undefined): readonly [status: number, body: object] {
    if (url.startsWith('/token/')) {
      tokens += 1
      token = `token-${tokens}`
      return [200, { token }]
    }
    if (token === '' || authorization !== `Bearer ${token}`) return [401, {}]
    const [, tag] = /^\/v2\/a1\/churn\/manifests\/(\w+)$/.exec(url) ?? []
    return [tag === 'v1' ? 200 : 404, { tag }]
  }

  test('gives a manifest, and says of one that is not there that it is not', async () => {
    expect((await gallery.manifest(host, 'a1/churn', 'v1'))?.text).toBe('{"tag":"v1"}')
    expect(await gallery.manifest(host, 'a1/churn', 'v2')).toBeUndefined()
    expect(tokens).toBe(1)
    expect(world.secrets).toContain('token-1')
  })

  test('that no longer takes a token is logged in to once more, for all who had it', async () => {
    await gallery.manifest(host, 'a1/churn', 'v1')
    token = 'of somebody else'
    const again = await Promise.all([1, 2, 3].map(() => gallery.manifest(host, 'a1/churn', 'v1')))
    expect(again.map((manifest) => manifest?.text)).toEqual(Array(3).fill('{"tag":"v1"}'))
    expect(tokens).toBe(2)
  })

  test('is another one where it asks for no token', async () => {
    challenge = 'Basic realm="other"'
    expect(await failureOf(() => gallery.manifest(host, 'a1/churn', 'v1'))).toMatchObject({
      kind: 'upstream',
      code: 'ECR_TOKEN_SHAPE',
      details: { on: host },
    })
  })
})

describe('an image of ECR Public', () => {
  let server: EcrPublicServer
  beforeEach(async () => {
    server = await startEcrPublic()
    closing.push(() => server.close())
  })

  test('that its digest was not made from is refused as one of ECR is', async () => {
    const digest = `sha256:${'0'.repeat(64)}`
    const { manifests, tags } = addRepository(server.state.registry, 'a1b2c3d4/churn', 0)
    const bytes = Buffer.from('{"schemaVersion":2}')
    manifests.set(digest, { digest, mediaType: MEDIA_TYPES.ociManifest, bytes, pushedAt: 0 })
    tags.set('v1', digest)
    for (const reference of ['v1', digest])
      expect(await failureOf(() => find(reference))).toMatchObject({
        kind: 'integrity',
        code: 'ECR_MANIFEST_DAMAGED',
        details: { on: `a1b2c3d4/churn@${digest}` },
      })
  })

  function find(reference: string) {
    const [{ accessKeyId = '', secretAccessKey = '' } = {}] = server.state.principals
    const before = process.env
    process.env = {
      ...before,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_ENDPOINT_URL_ECR_PUBLIC: server.url,
    }
    closing.push(() => {
      process.env = before
    })
    const caller = {
      ...world,
      env: { AWS_ENDPOINT_URL_ECR_PUBLIC: server.url },
      context: { runId: '1' },
      idToken: () => Promise.reject(new Error('no token is needed')),
    }
    const http = openHttp(caller, access)
    const peer = { role: undefined, region: undefined, host: 'public.ecr.aws' }
    const { ecr } = openEcr(caller, access, http, peer)
    closing.push(() => http.close())
    closing.push(() => closeEcr(ecr))
    return findImages(world, { ecr, repository: repositoryAt('public.ecr.aws', 'a1b2c3d4/churn') }, [
      reference,
    ])
  }
})

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  const address = server.address()
  return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}
