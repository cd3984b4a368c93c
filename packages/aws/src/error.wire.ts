/** What the SDK's errors carry; every field is optional because proxies and login pages answer too. */
export interface AwsError {
  readonly name: string
  readonly message: string
  readonly status: number | undefined
  readonly requestId: string | undefined
  /** Node's code of a socket error, also where the SDK wrapped it. */
  readonly networkCode: string | undefined
  /** The clock here was wrong, and the SDK has taken the server's: the same request can succeed now. */
  readonly clockCorrected: boolean
  /** Where the bucket lies, when S3 was asked in another region. */
  readonly region: string | undefined
}

/** Reads whatever an SDK call threw. */
export function readAwsError(thrown: unknown): AwsError {
  const error = record(thrown)
  const metadata = record(error['$metadata'])
  const cause = record(error['cause'])
  return {
    name: text(error['name']) ?? text(error['Code']) ?? 'Error',
    message: text(error['message']) ?? String(thrown),
    status: typeof metadata['httpStatusCode'] === 'number' ? metadata['httpStatusCode'] : undefined,
    requestId: text(metadata['requestId']) ?? text(error['RequestId']),
    networkCode: text(error['code']) ?? text(cause['code']),
    clockCorrected: metadata['clockSkewCorrected'] === true,
    region: ELSEWHERE.has(metadata['httpStatusCode']) ? regionOf(error) : undefined,
  }
}

/** Of a redirect, and of a signature for another region (S3's error codes PermanentRedirect, AuthorizationHeaderMalformed). */
const ELSEWHERE = new Set<unknown>([301, 307, 400])

/** In the body, in a header where there is none (HEAD), or in words. */
function regionOf(error: Record<string, unknown>): string | undefined {
  // Every refusal of a HEAD has the header, but only a redirect is one for the region.
  const isRedirect = record(error['$metadata'])['httpStatusCode'] !== 400
  const header = isRedirect ? record(record(error['$response'])['headers'])['x-amz-bucket-region'] : undefined
  const inWords = / expecting '([a-z0-9-]+)'/.exec(text(error['message']) ?? '')?.[1]
  const region = text(error['Region']) ?? text(header) ?? inWords
  return region !== undefined && /^[a-z0-9-]{1,40}$/.test(region) ? region : undefined
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
