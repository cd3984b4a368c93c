import { createHash, createHmac } from 'node:crypto'
import { request as httpRequest, STATUS_CODES } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { ModelStorage } from './options.ts'

/** An error of S3 in botocore's words: `An error occurred (AccessDenied) when calling the … operation: …`. */
export class S3Error extends Error {
  readonly code: string
  /** What S3 said itself. */
  readonly detail: string
  constructor(code: string, operation: string, detail: string) {
    super(`An error occurred (${code}) when calling the ${operation} operation: ${detail}`)
    this.code = code
    this.detail = detail
  }
}

/** Who reads which bucket. */
export interface BucketReader {
  readonly storage: ModelStorage
  readonly bucket: string
  readonly now: number
  readonly signal: AbortSignal
}

const EMPTY = createHash('sha256').update('').digest('hex')

export interface Ask {
  readonly method: 'GET' | 'HEAD'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly operation: string
}

/** One request, signed by AWS Signature Version 4 (AWS General Reference, "Create a signed request"). */
export async function signedRequest({ storage, now, signal }: BucketReader, ask: Ask): Promise<Buffer> {
  const path = ask.path.split('/').map(encode).join('/')
  const pairs = Object.entries(ask.query ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  const query = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
  const url = new URL(`${path}${query === '' ? '' : `?${query}`}`, storage.endpoint)
  const headers = sign(storage, { method: ask.method, host: url.host, path, query }, now)
  const answer = await send(ask.method, url, headers, signal)
  if (answer.status >= 200 && answer.status < 300) return answer.body
  const text = answer.body.toString('utf8')
  throw new S3Error(
    tagText(text, 'Code') ?? String(answer.status),
    ask.operation,
    unescapeXml(tagText(text, 'Message') ?? STATUS_CODES[answer.status] ?? 'Unknown'),
  )
}

function sign(
  storage: ModelStorage,
  { method, host, path, query }: { method: string; host: string; path: string; query: string },
  now: number,
): Record<string, string> {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const scope = `${stamp.slice(0, 8)}/${storage.region}/s3/aws4_request`
  const names = 'host;x-amz-content-sha256;x-amz-date'
  const canonical = `${method}\n${path}\n${query}\nhost:${host}\nx-amz-content-sha256:${EMPTY}\nx-amz-date:${stamp}\n\n${names}\n${EMPTY}`
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
  method: string,
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<{ status: number; body: Buffer }> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, signal, agent: false }, async (incoming) => {
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

export function tagText(xml: string, tag: string): string | undefined {
  return new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1]
}

export function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
