import { createHash } from 'node:crypto'
import type { Sandbox } from '@mlops-actions/sandbox'

/** Puts an object into the bucket past S3's front door: what somebody did before the story begins. */
export function putObject({ s3, bucket: name }: Sandbox, key: string, body: Buffer): void {
  const bucket = s3.state.buckets.get(name)
  if (bucket === undefined) throw new Error(`the sandbox has no bucket ${name}`)
  const etag = createHash('md5').update(body).digest('hex')
  const shared = { lastModified: Date.now(), checksum: undefined, headers: {}, metadata: {} }
  bucket.objects.set(key, { key, body, etag, ...shared })
  bucket.sortedKeys = undefined
}

/** Keys below a prefix, in order. */
export function keysBelow({ s3, bucket }: Sandbox, prefix: string): readonly string[] {
  const objects = s3.state.buckets.get(bucket)?.objects ?? new Map()
  return [...objects.keys()].filter((key) => key.startsWith(prefix)).sort()
}

/** The text of an object; undefined when there is none. */
export function readObject({ s3, bucket }: Sandbox, key: string): string | undefined {
  return s3.state.buckets.get(bucket)?.objects.get(key)?.body.toString('utf8')
}
