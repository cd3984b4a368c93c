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
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
