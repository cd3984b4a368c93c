import { timerOf } from '@mlops-actions/diagnostics'
import type { HttpClient } from '@mlops-actions/http'
import type { CredentialProvider } from './credentials.ts'

export interface AwsOptions {
  readonly http: HttpClient
  readonly region: string | undefined
  readonly credentials: CredentialProvider | undefined
  /** The longest one attempt may take, in milliseconds. */
  readonly requestTimeout: number
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * What every client of the SDK is made with. The SDK has no deadlines of its own: against a server that accepts
 * and stays silent it waits for ever (peers-reliability 0.3), so each attempt gets connect and request deadlines.
 */
export function clientConfig({ http, region, credentials, requestTimeout }: AwsOptions) {
  return {
    ...(region === undefined ? {} : { region }),
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: 6,
    requestHandler: {
      httpAgent: http.agents.http,
      httpsAgent: http.agents.https,
      connectionTimeout: Math.min(10_000, requestTimeout),
      requestTimeout: timerOf(requestTimeout),
      socketTimeout: timerOf(requestTimeout),
      throwOnRequestTimeout: true,
    },
    customUserAgent: 'mlops-actions',
  }
}
