import type { World } from '@mlops-actions/diagnostics'
import { createHttp, type HttpClient, type HttpRequest } from '@mlops-actions/http'
import type { Connection } from './connection.ts'
import { aboutCluster, explainer, type Intent, whatOf } from './explain.ts'

export interface ClientOptions {
  /** Milliseconds that one request may take. Default 30 s. */
  readonly requestTimeout?: number
  /** Attempts after the first of one request. Default 2: whoever polls asks again anyway. */
  readonly retries?: number
  /** When the step must be done, in milliseconds since the epoch. */
  readonly deadline?: number
}

/** The connection with its identity: requests know who we are and how to explain themselves. */
export interface Transport {
  readonly host: string
  readonly http: HttpClient
  /** Runs a request for an intent; failures are told in its words. */
  send<T>(
    intent: Intent,
    path: string,
    run: (request: HttpRequest & { readonly url: string }) => Promise<T>,
  ): Promise<T>
}

/** @throws Failure `config` for a server that is no URL or certificates that cannot be read */
export function createTransport(world: World, connection: Connection, options: ClientOptions): Transport {
  const { caCert, clientCertificate, serverName, server, token } = connection
  const http = createHttp(world, {
    trustedOrigins: [server],
    retries: options.retries ?? 2,
    ...(options.requestTimeout === undefined ? {} : { requestTimeout: options.requestTimeout }),
    ...(options.deadline === undefined ? {} : { deadline: options.deadline }),
    ...(caCert === undefined ? {} : { caCert }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    ...(serverName === undefined ? {} : { serverName }),
  })
  const { host } = new URL(server)
  const authorization = async (): Promise<Record<string, string>> => {
    const value = typeof token === 'function' ? await token() : token
    return value === undefined ? {} : { authorization: `Bearer ${value}` }
  }
  return {
    host,
    http,
    send: async (intent, path, run) => {
      const headers = await authorization()
      const request = { url: `${server}${path}`, what: whatOf(intent), headers, explain: explainer(intent) }
      return aboutCluster(host, intent, run(request))
    },
  }
}
