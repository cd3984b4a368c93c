import type { S3Client } from '@aws-sdk/client-s3'

/** What a header may depend on. */
export interface OutgoingRequest {
  /** `https:` */
  readonly protocol: string
  readonly hasBody: boolean
  /** The SDK's name: `PutObjectCommand`. */
  readonly operation: string
}

/** Makes a client send more headers, signed with the rest. */
export function addRequestHeaders(
  client: S3Client,
  headersFor: (request: OutgoingRequest) => Readonly<Record<string, string>>,
): void {
  client.middlewareStack.add(
    (next, context) => (args) => {
      const request = args.request as {
        readonly protocol?: unknown
        readonly body?: unknown
        readonly headers?: Record<string, string>
      }
      const more = headersFor({
        protocol: String(request.protocol),
        hasBody: request.body !== undefined,
        operation: String(context['commandName']),
      })
      Object.assign(request.headers ?? {}, more)
      return next(args)
    },
    { step: 'build', name: 'addRequestHeaders' },
  )
}
