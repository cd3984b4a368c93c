import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { S3Client, type S3ClientConfig, S3ServiceException } from '@aws-sdk/client-s3'
import { SignatureV4 } from '@smithy/signature-v4'
import { DEFAULT_PRINCIPAL, type Principal, type S3Server } from '../src/s3/index.ts'

/** The SDK's client for a server on loopback, as a principal that it knows. */
export function connect(
  server: S3Server,
  { as = DEFAULT_PRINCIPAL, ...more }: Partial<S3ClientConfig> & { readonly as?: Principal } = {},
): S3Client {
  const { accessKeyId, secretAccessKey, sessionToken } = as
  return new S3Client({
    endpoint: server.url,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    ...more,
  })
}

/** `code status` of a refusal, or that there was none. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'accepted'
  } catch (error) {
    if (error instanceof S3ServiceException) return `${error.name} ${error.$metadata.httpStatusCode}`
    throw error
  }
}

export interface RawRequest {
  readonly method?: string
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** What is signed; default: the SHA-256 of the body. */
  readonly sha256?: string
  readonly body?: string | Buffer
  readonly region?: string
  /** Host header, for a server that looks at it; the connection goes to loopback all the same. */
  readonly host?: string
  readonly as?: Principal
  /** Milliseconds since the epoch. */
  readonly now?: number
}

export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** Of an error document. */
  readonly code: string
}

/** A request with exactly these headers, signed by the SDK's signer. */
export async function sendRaw(server: S3Server, wanted: RawRequest): Promise<RawAnswer> {
  const { body = '', method = 'GET', path, query = {}, host = new URL(server.url).host } = wanted
  const sha256 = wanted.sha256 ?? createHash('sha256').update(body).digest('hex')
  const signed = await signerOf(wanted.as, wanted.region).sign(
    {
      method,
      protocol: 'http:',
      hostname: host,
      path,
      query: { ...query },
      headers: { host, 'x-amz-content-sha256': sha256, ...wanted.headers },
    },
    { signingDate: new Date(wanted.now ?? Date.now()) },
  )
  return exchange(server.url, { method, path, query, headers: signed.headers, body })
}

interface Exchange {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

function exchange(url: string, { method, path, query, headers, body }: Exchange): Promise<RawAnswer> {
  const target = new URL(url)
  const search = new URLSearchParams(query).toString().replaceAll('+', '%20')
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        host: target.hostname,
        port: target.port,
        method,
        path: search === '' ? path : `${path}?${search}`,
        headers,
        agent: false,
      },
      async (incoming) => {
        const chunks: Buffer[] = []
        for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
        const text = Buffer.concat(chunks).toString('latin1')
        const code = /<Code>([\w.]+)</.exec(text)?.[1] ?? ''
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, code })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

export function signerOf(
  { accessKeyId, secretAccessKey, sessionToken }: Principal = DEFAULT_PRINCIPAL,
  region = 'us-east-1',
): SignatureV4 {
  return new SignatureV4({
    service: 's3',
    region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    uriEscapePath: false,
    applyChecksum: false,
    sha256: Sha256,
  })
}

/** The hash constructor that the SDK's signer wants, on node:crypto. */
class Sha256 {
  readonly #hash: Hash | Hmac
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(secret))
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(toBytes(data))
  }
  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest())
  }
  reset(): void {}
}

function toBytes(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data)
  return data instanceof ArrayBuffer
    ? Buffer.from(data)
    : Buffer.from(data.buffer, data.byteOffset, data.byteLength)
}
