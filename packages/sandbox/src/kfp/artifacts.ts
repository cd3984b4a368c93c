import { createHash } from 'node:crypto'
import { bytesOf } from '../s3/bodies.ts'
import { type S3State, sortedKeys, storeObject } from '../s3/state.ts'

/** Relative path -> content; the path is empty for an object whose key is the URI itself. */
export type ArtifactFiles = ReadonlyMap<string, Buffer>

/** Where the launcher downloads input artifacts from and uploads outputs to. */
export interface ArtifactStore {
  /** Empty when nothing lies there. Throws when the bucket does not exist. */
  read(uri: string): Promise<ArtifactFiles>
  write(uri: string, files: ArtifactFiles): Promise<void>
}

/** Keeps artifacts in memory, by URI. */
export function createMemoryArtifacts(stored: Map<string, Buffer> = new Map()): ArtifactStore {
  return {
    read: async (uri) => selectBelow(uri, stored),
    write: async (uri, files) => {
      for (const [path, content] of files) stored.set(joinUri(uri, path), content)
    },
  }
}

/** Keeps artifacts in the sandbox's S3, past its front door: the launcher's own credentials are not the subject. */
export function createS3Artifacts(s3: S3State, now: () => number = Date.now): ArtifactStore {
  return {
    read: async (uri) => {
      const [bucket, name, key] = locate(s3, uri)
      const found = new Map<string, Buffer>()
      for (const each of sortedKeys(bucket)) {
        const object = bucket.objects.get(each)
        if (object && each.startsWith(key)) found.set(`s3://${name}/${each}`, await bytesOf(object.body))
      }
      return selectBelow(uri, found)
    },
    write: async (uri, files) => {
      const [bucket, , key] = locate(s3, uri)
      for (const [path, body] of files) {
        const etag = createHash('md5').update(body).digest('hex')
        const shared = { lastModified: now(), checksum: undefined, headers: {}, metadata: {} }
        storeObject(bucket, { key: joinUri(key, path), body, etag, ...shared })
      }
    },
  }
}

function locate(
  s3: S3State,
  uri: string,
): [NonNullable<ReturnType<S3State['buckets']['get']>>, string, string] {
  const [, name = '', key = ''] = /^(?:s3|minio):\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? []
  const bucket = s3.buckets.get(name)
  if (!bucket) throw new Error(`failed to open bucket "${name}": NoSuchBucket`)
  return [bucket, name, key]
}

function selectBelow(uri: string, stored: ReadonlyMap<string, Buffer>): ArtifactFiles {
  const prefix = uri.endsWith('/') ? uri : `${uri}/`
  const found = [...stored].flatMap(([key, content]): [string, Buffer][] => {
    if (key === uri) return [['', content]]
    return key.startsWith(prefix) ? [[key.slice(prefix.length), content]] : []
  })
  return new Map(found)
}

function joinUri(base: string, path: string): string {
  if (path === '') return base
  return base.endsWith('/') ? base + path : `${base}/${path}`
}
