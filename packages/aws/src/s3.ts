import { S3Client } from '@aws-sdk/client-s3'
import { type AwsOptions, clientConfig } from './client.ts'

export interface S3Options extends AwsOptions {
  /** URL of an S3-compatible server; undefined is AWS, or what AWS_ENDPOINT_URL_S3 says. */
  readonly endpoint?: string | undefined
}

/**
 * A client for AWS or an S3-compatible server. The latter is spoken to path-style and without the SDK's default
 * CRC32 trailers, which servers have rejected (R2, Ceph) or stored as part of the object
 * (s3rver 3.7.1, ecr-aws reference section 5): integrity comes from Content-MD5 and from looking afterwards.
 */
export function createS3(options: S3Options): S3Client {
  const endpoint = options.endpoint ?? options.env['AWS_ENDPOINT_URL_S3'] ?? options.env['AWS_ENDPOINT_URL']
  return new S3Client({
    ...clientConfig(options),
    followRegionRedirects: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint === undefined || endpoint === '' ? {} : { endpoint, forcePathStyle: true }),
  })
}

export * from '@aws-sdk/client-s3'
