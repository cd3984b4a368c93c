import { timerOf } from '@mlops-actions/diagnostics'
import type { HttpClient } from '@mlops-actions/http'
import type { CredentialProvider } from './credentials.ts'
import { createRetryStrategy, type RetryOptions } from './retry.ts'

export interface AwsOptions {
  readonly http: HttpClient
  readonly region: string | undefined
  readonly credentials: CredentialProvider | undefined
  /** The longest one attempt may take, in milliseconds. */
  readonly requestTimeout: number
  readonly env: Readonly<Record<string, string | undefined>>
  /** How failed attempts are tried again; without it the SDK does that, on the real clock. */
  readonly retry?: RetryOptions | undefined
}

/** What every client of the SDK is made with. */
export function clientConfig({ http, region, credentials, requestTimeout, retry }: AwsOptions) {
  return {
    ...(region === undefined ? {} : { region }),
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: 6,
    ...(retry === undefined ? {} : { retryStrategy: createRetryStrategy(retry) }),
    requestHandler: requestHandler(http, requestTimeout),
    customUserAgent: 'mlops-actions',
  }
}

/**
 * Our transport for a client of the SDK. The SDK has no deadlines of its own: against a server that accepts and stays
 * silent it waits for ever (peers-reliability 0.3), so each attempt gets connect and request deadlines.
 */
export function requestHandler({ agents }: HttpClient, requestTimeout: number) {
  const connectionTimeout = Math.min(10_000, requestTimeout)
  // The SDK adds one to the other, and a timer that is too long ends at once.
  const longest = timerOf(requestTimeout + connectionTimeout) - connectionTimeout
  return {
    httpAgent: agents.http,
    httpsAgent: agents.https,
    connectionTimeout,
    requestTimeout: longest,
    socketTimeout: longest,
    throwOnRequestTimeout: true,
  }
}
