import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import type { Addressing } from './addressing.ts'
import { type AwsOptions, clientConfig } from './client.ts'
import { renewExpiredCredentials } from './renew.ts'
import { addRequestHeaders } from './request.wire.ts'
import type { DirectGets } from './shortcut/direct.wire.ts'
import { addShortcut } from './shortcut/shortcut.wire.ts'

export type { DirectGets, GetTrouble, SignedGet } from './shortcut/direct.wire.ts'

export interface S3Options extends AwsOptions {
  /** URL of an S3-compatible server; undefined is AWS, or what AWS_ENDPOINT_URL_S3 says. */
  readonly endpoint?: string | undefined
  readonly addressing?: Addressing | undefined
  /** Sends requests without a signature, for what everybody may read. */
  readonly anonymous?: boolean | undefined
  /** Says with every request that this account pays for it (x-amz-request-payer). */
  readonly requesterPays?: boolean | undefined
}

/**
 * A client for AWS or an S3-compatible server. The latter is spoken to path-style and without the SDK's default
 * CRC32 trailers, which servers have rejected (R2, Ceph) or stored as part of the object
 * (s3rver 3.7.1, ecr-aws reference section 5): integrity comes from Content-MD5, from checksums of parts where the server
 * knows them, and from looking afterwards. Under TLS bodies are not hashed once more for the signature, which was the
 * largest cost of an upload (ecr-aws reference section 6). AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT choose
 * the endpoint, as everywhere.
 */
export function createS3(options: S3Options): S3Client {
  return createS3WithGets(options).s3
}

/** The same, with what signs requests that are sent over other sockets than the client's. */
export function createS3WithGets(options: S3Options): { readonly s3: S3Client; readonly gets: DirectGets } {
  const endpoint = options.endpoint ?? options.env['AWS_ENDPOINT_URL_S3'] ?? options.env['AWS_ENDPOINT_URL']
  const isCustom = endpoint !== undefined && endpoint !== ''
  const { addressing = 'auto' } = options
  const client = new S3Client({
    ...clientConfig(options),
    followRegionRedirects: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // With agents of our own the SDK does not wait for the 100 anyway.
    expectContinueHeader: false,
    ...(isCustom ? { endpoint } : {}),
    ...(options.env['AWS_USE_FIPS_ENDPOINT'] === 'true' ? { useFipsEndpoint: true } : {}),
    ...(options.env['AWS_USE_DUALSTACK_ENDPOINT'] === 'true' ? { useDualstackEndpoint: true } : {}),
    forcePathStyle: addressing === 'path' || (addressing === 'auto' && isCustom),
    ...(options.anonymous === true ? UNSIGNED : {}),
  })
  // Prepares every request and answer for a log that nobody keeps: a fiftieth of the processor time of ten thousand small ones.
  client.middlewareStack.remove('loggerMiddleware')
  addRequestHeaders(client, ({ protocol, hasBody, operation }) => ({
    ...(options.requesterPays === true ? { 'x-amz-request-payer': 'requester' } : {}),
    ...(protocol === 'https:' && hasBody && PLAIN_BODIES.has(operation)
      ? { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
      : {}),
  }))
  const gets = addShortcut(client, {
    retry: options.retry,
    headers: options.requesterPays === true ? { 'x-amz-request-payer': 'requester' } : {},
  })
  renewExpiredCredentials(client)
  return { s3: client, gets }
}

const PLAIN_BODIES = new Set(['PutObjectCommand', 'UploadPartCommand'])

const UNSIGNED: Pick<S3ClientConfig, 'credentials' | 'signer'> = {
  credentials: { accessKeyId: '', secretAccessKey: '' },
  signer: { sign: (request) => Promise.resolve(request) },
}

export * from '@aws-sdk/client-s3'
