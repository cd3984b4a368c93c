import { createHash } from 'node:crypto'
import { createEcr } from '@mlops-actions/aws/ecr'
import type { EcrApi } from '@mlops-actions/ecr'
import { createHttp } from '@mlops-actions/http'
import { type EcrServer, startEcr } from '@mlops-actions/sandbox/ecr'
import { addRepository, type EcrRepository } from '@mlops-actions/sandbox/registry'
import { type TestWorld, testWorld } from './world.ts'

/** A registry with one repository that is scanned on push, on the clock of a world. */
export interface ScanFixture {
  readonly server: EcrServer
  readonly repository: EcrRepository
  readonly world: TestWorld
  readonly ecr: EcrApi
  /** Stores an image with this configuration, or an index of these; returns the digest. */
  image(config?: string): string
  index(children: readonly object[]): string
  /** How often the scan of any image was asked for. */
  looks(): number
  close(): Promise<void>
}

export const REPOSITORY = { name: 'ml/churn', account: undefined }

function digestOf(content: string | Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

export async function startScanFixture(): Promise<ScanFixture> {
  // Signatures are dated by the real clock, and may be fifteen minutes off.
  const world = testWorld({ start: Date.now() })
  const server = await startEcr({ now: world.now })
  const repository = addRepository(server.state.registry, 'ml/churn', world.now(), { scanOnPush: true })
  process.env['AWS_ENDPOINT_URL_ECR'] = server.url
  const [{ accessKeyId = '', secretAccessKey = '' } = {}] = server.state.principals
  const http = createHttp(world, { trustedOrigins: [server.url] })
  const credentials = async () => ({ accessKeyId, secretAccessKey })
  const client = createEcr({
    http,
    region: 'us-east-1',
    credentials,
    requestTimeout: 5_000,
    env: {},
    retry: { world },
  })
  const store = (mediaType: string, content: object): string => {
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, ...content }))
    const digest = digestOf(bytes)
    repository.manifests.set(digest, { digest, mediaType, bytes, pushedAt: world.now() })
    return digest
  }
  return {
    server,
    repository,
    world,
    ecr: { client, patience: 10_000 },
    image: (config = 'c') =>
      store('application/vnd.oci.image.manifest.v1+json', {
        config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(config), size: 1 },
        layers: [],
      }),
    index: (manifests) => store('application/vnd.oci.image.index.v1+json', { manifests }),
    looks: () =>
      server.requests.filter(({ headers }) => headers['x-amz-target']?.endsWith('.DescribeImageScanFindings'))
        .length,
    close: async () => {
      delete process.env['AWS_ENDPOINT_URL_ECR']
      client.destroy()
      http.close()
      await server.close()
    },
  }
}

export const child = (digest: string, architecture: string, more: object = {}) => ({
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest,
  size: 1,
  platform: { os: 'linux', architecture },
  ...more,
})
