import { createHash } from 'node:crypto'
import { createEcr } from '@mlops-actions/aws/ecr'
import { createHttp } from '@mlops-actions/http'
import type { EcrServer } from '@mlops-actions/sandbox/ecr'
import { type EcrAccounts, startEcrAccounts } from '@mlops-actions/sandbox/ecr-accounts'
import { addRepository, type EcrRepository, MEDIA_TYPES } from '@mlops-actions/sandbox/registry'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { createLogin, type Place, registryUrl } from '../src/index.ts'

export const STAGING = {
  arn: 'arn:aws:iam::111111111111:user/staging',
  accessKeyId: 'AKIASTAGING',
  secretAccessKey: 'staging',
}
export const PROD = {
  arn: 'arn:aws:iam::222222222222:user/prod',
  accessKeyId: 'AKIAPROD',
  secretAccessKey: 'prod',
}

export const digestOf = (bytes: string | Buffer): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`

/** Two accounts in two regions: an image goes from the first to the second. */
export interface CopyFixture {
  readonly accounts: EcrAccounts
  readonly world: TestWorld
  readonly from: EcrServer
  readonly to: EcrServer
  readonly source: EcrRepository
  readonly target: EcrRepository
  /** An end of a copy, at the first or the second account. */
  place(server: EcrServer, name?: string): Place
  close(): Promise<void>
}

export async function startCopyFixture(): Promise<CopyFixture> {
  const accounts = await startEcrAccounts(
    [
      { accountId: '111111111111', region: 'eu-west-1' },
      { accountId: '222222222222', region: 'us-east-1' },
    ],
    { principals: [STAGING, PROD] },
  )
  const [from, to] = accounts.servers
  if (from === undefined || to === undefined) throw new Error('two servers were asked for')
  const world = testWorld()
  // The SDK reads it when a client is asked for the first time.
  process.env['AWS_ENDPOINT_URL_ECR'] = accounts.url
  const origins = [accounts.url, from.registryServer.url, to.registryServer.url]
  const http = createHttp(world, { trustedOrigins: origins, requestTimeout: 5_000 })
  return {
    accounts,
    world,
    from,
    to,
    source: addRepository(from.state.registry, 'ml/churn', 0),
    target: addRepository(to.state.registry, 'ml/churn', 0),
    place(server, name = 'ml/churn') {
      const { region, accountId } = server.state.registry
      const credentials = async () => (server === from ? STAGING : PROD)
      const client = createEcr({
        http,
        region,
        credentials,
        requestTimeout: 5_000,
        env: {},
        retry: { world },
      })
      const ecr = { client, patience: 10_000 }
      const { host } = server.registryServer
      return {
        ecr,
        http,
        host: new URL(registryUrl(host)).host,
        repository: { name, account: accountId },
        login: createLogin(world, ecr, host, 'registry'),
        roleInput: server === from ? 'source-role-to-assume' : 'role-to-assume',
      }
    },
    close: async () => {
      delete process.env['AWS_ENDPOINT_URL_ECR']
      http.close()
      await accounts.close()
    },
  }
}

/** Puts blobs into a repository and returns their descriptors. */
export function storeBlob(
  repository: EcrRepository,
  bytes: string | Buffer,
  mediaType: string = MEDIA_TYPES.ociLayer,
) {
  const digest = digestOf(bytes)
  repository.blobs.set(digest, Buffer.from(bytes))
  return { mediaType, digest, size: Buffer.byteLength(bytes) }
}

/** Puts a manifest into a repository just as it is written here, and returns its descriptor. */
export function storeManifest(repository: EcrRepository, manifest: object, tag?: string) {
  // Not as JSON.stringify would: a copy that writes it anew has another digest.
  const text = `${JSON.stringify(manifest, undefined, 3)}\n`
  const mediaType = 'manifests' in manifest ? MEDIA_TYPES.ociIndex : MEDIA_TYPES.ociManifest
  const digest = digestOf(text)
  repository.manifests.set(digest, { digest, mediaType, bytes: Buffer.from(text), pushedAt: 0 })
  if (tag !== undefined) repository.tags.set(tag, digest)
  return { mediaType, digest, size: Buffer.byteLength(text) }
}

export interface ImageOptions {
  readonly layers?: readonly (string | Buffer)[]
  readonly architecture?: string
  readonly more?: object
  readonly tag?: string
}

/** One image with its configuration and layers. */
export function storeImage(repository: EcrRepository, options: ImageOptions = {}) {
  const { layers = ['layer of the model'], architecture = 'amd64', more = {}, tag } = options
  const config = JSON.stringify({ os: 'linux', architecture })
  const manifest = {
    schemaVersion: 2,
    config: storeBlob(repository, config, MEDIA_TYPES.ociConfig),
    layers: layers.map((layer) => storeBlob(repository, layer)),
    ...more,
  }
  return storeManifest(repository, manifest, tag)
}

/** An index of two platforms and an attestation, as BuildKit pushes it. */
export function storeIndex(repository: EcrRepository, tag?: string) {
  const children = ['amd64', 'arm64'].map((architecture) => ({
    ...storeImage(repository, { architecture, layers: ['base', `layer for ${architecture}`] }),
    platform: { os: 'linux', architecture },
  }))
  const attestation = {
    ...storeImage(repository, { architecture: 'unknown', layers: ['{"predicateType":"https://slsa.dev"}'] }),
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
  }
  return storeManifest(repository, { schemaVersion: 2, manifests: [...children, attestation] }, tag)
}
