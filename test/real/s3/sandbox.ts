import { bytesOf, createBucket, startS3 } from '@mlops-actions/sandbox/s3'
import { factsOf, S3_REGION, type S3Peer } from './server.ts'

/** The S3 of the sandbox, which checks signatures and checksums, beside the real ones. */
export async function startSandboxS3(): Promise<S3Peer> {
  const server = await startS3({ region: S3_REGION })
  const { buckets } = server.state
  return {
    name: 'sandbox',
    url: server.url,
    createBucket: async (name) => {
      buckets.set(name, createBucket(name, 0))
    },
    objects: async (bucket, prefix = '') => {
      const all = [...(buckets.get(bucket)?.objects.values() ?? [])]
      const below = all.filter(({ key }) => key.startsWith(prefix))
      const facts = below.map(
        async ({ key, body }) => [key.slice(prefix.length), factsOf(await bytesOf(body))] as const,
      )
      return Object.fromEntries(await Promise.all(facts))
    },
    removeObject: async (bucket, key) => {
      const found = buckets.get(bucket)
      found?.objects.delete(key)
      if (found !== undefined) found.sortedKeys = undefined
    },
    [Symbol.asyncDispose]: server.close,
  }
}
