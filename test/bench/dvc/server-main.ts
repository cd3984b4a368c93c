// The other side of the DVC benches, as a process of its own: node server-main.ts '{"kind":"discard","tls":true}'.
// Prints one line of JSON with its address, and ends with its stdin.
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { createAuthority, createIdentity } from '@mlops-actions/sandbox/faults'
import { answerS3, createS3State } from '@mlops-actions/sandbox/s3'
import { serve } from '@mlops-actions/sandbox/server'
import type { ServerWish } from './servers.ts'

const wish: ServerWish = JSON.parse(process.argv[2] ?? '{}')
process.stdin.on('close', () => process.exit(0)).resume()
let requests = 0
// The count is asked for on stdin, so that asking is no request.
process.stdin.on('data', () => say({ requests }))

function say(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

const authority = createAuthority()
const tls = wish.tls ? createIdentity({ hosts: ['127.0.0.1'] }, authority) : undefined
const url = wish.kind === 'discard' ? await startDiscarding() : await startStoring()
say({ url, ca: wish.tls ? authority.certificate : '' })

/** The sandbox's S3, which checks signatures and sums, behind a line of some length. */
async function startStoring(): Promise<string> {
  const state = createS3State({ buckets: ['data'], region: 'us-east-1' })
  const server = await serve(
    async (request) => {
      requests += 1
      if (wish.latency > 0) await setTimeout(wish.latency)
      return answerS3(request, state, Date.now())
    },
    tls === undefined ? {} : { tls },
  )
  // Nobody asks for them, and 100,000 of them are memory.
  setInterval(() => server.requests.splice(0), 100).unref()
  return server.url
}

/** Takes bytes as fast as a process can and keeps none: the limit is the client, the line and TLS. */
async function startDiscarding(): Promise<string> {
  const sizes = new Map<string, number>()
  const listener: RequestListener = (incoming, outgoing) => {
    requests += 1
    let bytes = 0
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length
    })
    incoming.on('end', () => {
      const { status, headers, body = '' } = answerOf(sizes, incoming, bytes)
      outgoing.writeHead(status, {
        'content-type': 'application/xml',
        'content-length': Buffer.byteLength(body),
        ...headers,
      })
      outgoing.end(body)
    })
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return `${wish.tls ? 'https' : 'http'}://127.0.0.1:${port}`
}

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string | number>>
  readonly body?: string
}

function answerOf(
  sizes: Map<string, number>,
  { method = '', url = '', headers }: IncomingMessage,
  bytes: number,
): Answer {
  const { pathname, searchParams: query } = new URL(url, 'http://x')
  if (method === 'PUT') {
    const md5 = Buffer.from(String(headers['content-md5'] ?? ''), 'base64').toString('hex')
    sizes.set(pathname, (query.has('partNumber') ? (sizes.get(pathname) ?? 0) : 0) + bytes)
    return { status: 200, headers: { etag: `"${md5 === '' ? 'discarded' : md5}"` } }
  }
  if (method === 'POST' && query.has('uploads')) {
    sizes.set(pathname, 0)
    const echoed = headers['x-amz-checksum-algorithm']
    return {
      status: 200,
      headers: echoed === undefined ? {} : { 'x-amz-checksum-algorithm': String(echoed) },
      body: '<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>',
    }
  }
  if (method === 'POST')
    return {
      status: 200,
      body: '<CompleteMultipartUploadResult><ETag>"x-1"</ETag></CompleteMultipartUploadResult>',
    }
  if (query.has('uploads'))
    return { status: 200, body: '<ListMultipartUploadsResult></ListMultipartUploadsResult>' }
  if (query.has('list-type'))
    return {
      status: 200,
      body: '<ListBucketResult><Name>data</Name><IsTruncated>false</IsTruncated></ListBucketResult>',
    }
  const size = sizes.get(pathname)
  if (size === undefined) return { status: 404 }
  return { status: 200, headers: { etag: '"x-1"', 'content-length': size } }
}
