import { createHash, createHmac } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { ModelStorage } from './options.ts'

/** An error of S3 in botocore's words: `An error occurred (AccessDenied) when calling the … operation: …`. */
export class S3Error extends Error {
  readonly code: string
  constructor(code: string, operation: string, message: string) {
    super(`An error occurred (${code}) when calling the ${operation} operation: ${message}`)
    this.code = code
  }
}

export interface S3Object {
  readonly key: string
  /** Bytes. */
  readonly size: number
}

const EMPTY = createHash('sha256').update('').digest('hex')

/** Every object below a prefix, page by page, as boto3's `bucket.objects.filter(Prefix=…)` does it (ListObjects v1). */
export async function listObjects(
  storage: ModelStorage,
  bucket: string,
  prefix: string,
  now: number,
  signal: AbortSignal,
): Promise<S3Object[]> {
  const found: S3Object[] = []
  for (let marker = ''; ; ) {
    const query = { 'encoding-type': 'url', marker, prefix }
    const body = await signedGet({
      storage,
      path: `/${bucket}`,
      query,
      operation: 'ListObjects',
      now,
      signal,
    })
    const page = parseListing(body.toString('utf8'))
    found.push(...page.objects)
    const last = page.objects.at(-1)
    if (!page.truncated || last === undefined) return found
    marker = last.key
  }
}

export function getObject(
  storage: ModelStorage,
  bucket: string,
  key: string,
  now: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const path = `/${bucket}/${key}`
  return signedGet({ storage, path, query: {}, operation: 'GetObject', now, signal })
}

function parseListing(xml: string): { objects: S3Object[]; truncated: boolean } {
  const encoded = tagText(xml, 'EncodingType') === 'url'
  const objects = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, entry = '']) => {
    const key = unescapeXml(tagText(entry, 'Key') ?? '')
    return {
      key: encoded ? decodeURIComponent(key.replaceAll('+', ' ')) : key,
      size: Number(tagText(entry, 'Size') ?? '0'),
    }
  })
  return { objects, truncated: tagText(xml, 'IsTruncated') === 'true' }
}

function tagText(xml: string, tag: string): string | undefined {
  return new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1]
}

function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

interface SignedGet {
  readonly storage: ModelStorage
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly operation: string
  readonly now: number
  readonly signal: AbortSignal
}

/** One GET, signed by AWS Signature Version 4 (AWS General Reference, "Create a signed request"). */
async function signedGet({ storage, path, query, operation, now, signal }: SignedGet): Promise<Buffer> {
  const encodedPath = path.split('/').map(encode).join('/')
  const pairs = Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1))
  const encodedQuery = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
  const url = new URL(`${encodedPath}${encodedQuery === '' ? '' : `?${encodedQuery}`}`, storage.endpoint)
  const headers = sign(storage, url.host, encodedPath, encodedQuery, now)
  const answer = await send(url, headers, signal)
  if (answer.status === 200) return answer.body
  const text = answer.body.toString('utf8')
  throw new S3Error(
    tagText(text, 'Code') ?? String(answer.status),
    operation,
    unescapeXml(tagText(text, 'Message') ?? 'Unknown'),
  )
}

function sign(
  storage: ModelStorage,
  host: string,
  path: string,
  query: string,
  now: number,
): Record<string, string> {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const scope = `${stamp.slice(0, 8)}/${storage.region}/s3/aws4_request`
  const names = 'host;x-amz-content-sha256;x-amz-date'
  const canonical = `GET\n${path}\n${query}\nhost:${host}\nx-amz-content-sha256:${EMPTY}\nx-amz-date:${stamp}\n\n${names}\n${EMPTY}`
  const digest = createHash('sha256').update(canonical).digest('hex')
  const key = [stamp.slice(0, 8), storage.region, 's3', 'aws4_request'].reduce<Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    Buffer.from(`AWS4${storage.secretAccessKey}`),
  )
  const text = `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${digest}`
  const signature = createHmac('sha256', key).update(text).digest('hex')
  return {
    host,
    'x-amz-content-sha256': EMPTY,
    'x-amz-date': stamp,
    authorization: `AWS4-HMAC-SHA256 Credential=${storage.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    'user-agent': 'Boto3/1.40 md/Botocore storage-initializer',
  }
}

function send(
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<{ status: number; body: Buffer }> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { headers, signal, agent: false }, async (incoming) => {
      try {
        const chunks: Buffer[] = []
        for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
        resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks) })
      } catch (error) {
        reject(error)
      }
    })
    outgoing.on('error', (error) =>
      reject(
        new Error(`Could not connect to the endpoint URL: "${url.origin}${url.pathname}" (${error.message})`),
      ),
    )
    outgoing.end()
  })
}

/** RFC 3986 unreserved characters stay; everything else is percent-encoded. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
