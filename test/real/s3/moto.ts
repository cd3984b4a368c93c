import { join } from 'node:path'
import { pythonEnvironment } from '../../../scripts/real/python.ts'
import { startService } from '../../../scripts/real/service.ts'
import { factsOf, type S3Peer } from './server.ts'

/** moto, which imitates AWS in memory and asks nobody for a signature: github.com/getmoto/moto. */
export function installMoto(): Promise<string> {
  return pythonEnvironment('moto', ['moto[server,s3]>=5,<6'])
}

/** One that takes objects from anybody. */
export interface OpenS3Peer extends S3Peer {
  putObject(bucket: string, key: string, body: Buffer): Promise<void>
  /** How an object is kept, whatever its bytes are. */
  keeping(bucket: string, key: string): Promise<Keeping>
}

/** What a remote's options ask for. */
export interface Keeping {
  /** By its headers, such as `x-amz-server-side-encryption`. */
  readonly encryption: Readonly<Record<string, string>>
  /** What others than the owner may do with it: `READ` and an id, or the URI of a group. */
  readonly grants: readonly string[]
}

const GRANT = /<Grantee\b.*?<(?:ID|URI)>([^<]*)<.*?<Permission>([^<]*)</gs

/** Of everything in moto. */
const OWNER = '75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a'

export async function startMoto(): Promise<OpenS3Peer> {
  const programs = await installMoto()
  const service = await startService({
    program: join(programs, 'moto_server'),
    args: (port) => ['--host', '127.0.0.1', '--port', String(port)],
    isReady: async (url) => (await fetch(`${url}/moto-api/`)).ok,
  })
  const { url } = service
  const objectUrl = (bucket: string, key: string) => `${url}/${bucket}/${encodeURI(key)}`
  return {
    name: 'moto',
    url,
    createBucket: async (bucket) => {
      await call(`${url}/${bucket}`, 'PUT')
    },
    objects: async (bucket, prefix = '') => {
      const keys = await listKeys(`${url}/${bucket}`, prefix)
      const facts = keys.map(async (key) => {
        const body = await (await call(objectUrl(bucket, key))).bytes()
        return [key.slice(prefix.length), factsOf(body)] as const
      })
      return Object.fromEntries(await Promise.all(facts))
    },
    removeObject: async (bucket, key) => {
      await call(objectUrl(bucket, key), 'DELETE')
    },
    putObject: async (bucket, key, body) => {
      await call(objectUrl(bucket, key), 'PUT', body)
    },
    keeping: async (bucket, key) => {
      const head = await call(objectUrl(bucket, key), 'HEAD')
      // moto 5 has no list for an object of parts that nobody gave one, and fails.
      const answer = await fetch(`${objectUrl(bucket, key)}?acl`, { headers: UNVERIFIED })
      const acl = answer.status === 500 ? '' : await answer.text()
      return {
        encryption: Object.fromEntries(
          [...head.headers].filter(([name]) => name.startsWith('x-amz-server-side-encryption')),
        ),
        grants: [...acl.matchAll(GRANT)]
          .flatMap(([, who, right]) => (who === OWNER ? [] : `${right} ${who}`))
          .sort(),
      }
    },
    [Symbol.asyncDispose]: service[Symbol.asyncDispose],
  }
}

/** Keys here are prefixes and hex digits: nothing in them needs an escape. */
async function listKeys(bucketUrl: string, prefix: string): Promise<string[]> {
  const keys: string[] = []
  for (let after = ''; ; after = keys.at(-1) ?? '') {
    const query = new URLSearchParams({ 'list-type': '2', prefix, 'start-after': after })
    const text = await (await call(`${bucketUrl}?${query}`)).text()
    keys.push(...[...text.matchAll(/<Key>([^<]*)<\/Key>/g)].flatMap(([, key]) => key ?? []))
    if (!text.includes('<IsTruncated>true</IsTruncated>')) return keys
  }
}

/** It wants to see a signature and verifies none. */
const UNVERIFIED = { authorization: 'AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/s3/aws4_request' }

async function call(url: string, method = 'GET', body: Buffer | null = null): Promise<Response> {
  const response = await fetch(url, { method, headers: UNVERIFIED, body })
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`)
  return response
}
