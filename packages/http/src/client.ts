import type { Agent as HttpAgent } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'
import type { DirectLine } from './direct.ts'

/** A body that is made while it is sent, and of which nobody keeps a copy: a request with one goes out once. */
export interface StreamedBody {
  readonly pieces: AsyncIterable<Buffer>
  /** Bytes in all; fewer or more end the request. */
  readonly length: number
}

/** One exchange. What is not given follows from the client's options. */
export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | undefined
  readonly url: string | URL
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** An object is sent as JSON with `Content-Type: application/json`, exactly (KServe compares it literally). */
  readonly body?: string | Buffer | { readonly json: unknown } | StreamedBody | undefined
  /** What this request is for, as the first part of a failure: "Cannot read the Application". */
  readonly what: string
  /** Whether it may be sent again after an ambiguous end. Default: true for GET, HEAD, PUT and DELETE. */
  readonly idempotent?: boolean | undefined
  /** Error statuses that are an answer here rather than a failure, such as 404 while a thing is being created. */
  readonly tolerate?: readonly number[] | undefined
  /** Whether `stream` may follow a redirect to another host, as storage behind a registry is; it gets no credentials. */
  readonly anyHost?: boolean | undefined
  /** Bounds in milliseconds and bytes; the defaults are the client's. A stream, up or down, has no `totalTimeout` but its own. */
  readonly headersTimeout?: number | undefined
  readonly idleTimeout?: number | undefined
  readonly totalTimeout?: number | undefined
  readonly maxBytes?: number | undefined
  /** 0 sends once. Default: the client's. */
  readonly retries?: number | undefined
  /** In addition to the client's own signal. */
  readonly signal?: AbortSignal | undefined
  /** Failure text for a status, for clients that know their server's error shape. */
  readonly explain?: (
    response: HttpResponse,
  ) => { seen?: string; next?: string; kind?: import('@mlops-actions/diagnostics').FailureKind } | undefined
}

export interface HttpResponse {
  readonly status: number
  /** Lower-case names; repeated headers are joined by ", ". */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** The URL that answered, after redirects. */
  readonly url: string
}

/** A body that arrives over time: server-sent events, watches, large objects. */
export interface HttpStream {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Can be read once. Fails with a Failure when the body ends badly. */
  readonly chunks: AsyncIterable<Buffer>
  /** Needed where `chunks` is not read to its end by a loop; ends such a loop quietly. */
  close(): void
}

/** Gives outside data its type, or throws with what is wrong: `(value) => Application`. */
export type Validate<T> = (value: unknown) => T

export interface HttpClient {
  /** The whole response; throws a Failure for network errors and for statuses >= 400 that are not tolerated. */
  request(request: HttpRequest): Promise<HttpResponse>
  /**
   * The validated JSON body; `undefined` for a tolerated status. HTML, empty and truncated bodies are failures
   * (and with a tolerated status any body but JSON or none: then a proxy answered, not the API), and so is a redirect to another host: it is a login.
   */
  json<T>(request: HttpRequest, validate: Validate<T>): Promise<T>
  json<T>(
    request: HttpRequest & { readonly tolerate: readonly number[] },
    validate: Validate<T>,
  ): Promise<T | undefined>
  /** Response headers are waited for, then the body is handed on as it comes, under the idle deadline. No retries. */
  stream(request: HttpRequest): Promise<HttpStream>
  /** The same transport in the shape of the global `fetch`, for octokit. */
  readonly fetch: typeof globalThis.fetch
  /** The same transport's sockets, for the AWS SDK's request handler. */
  readonly agents: { readonly http: HttpAgent; readonly https: HttpsAgent }
  /** For who has sockets of its own; undefined where only these agents know the way. */
  readonly direct: DirectLine | undefined
  /** Closes idle sockets. */
  close(): void
}

export interface HttpOptions {
  /** PEM certificates trusted in addition to the system's. */
  readonly caCert?: string | undefined
  /** Sent with every request to a configured origin: Cloudflare Access, IAP. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** The longest one attempt may take in all, body included, in milliseconds. Default 30 s. */
  readonly requestTimeout?: number | undefined
  /** Until the connection stands, TLS included, in milliseconds. Default 10 s. */
  readonly connectTimeout?: number | undefined
  /** From the request being sent to the response headers, in milliseconds. Default 30 s. */
  readonly headersTimeout?: number | undefined
  /** Between two pieces of a body, that of the request included, in milliseconds. Default 30 s. */
  readonly idleTimeout?: number | undefined
  /** Attempts after the first. Default 5. */
  readonly retries?: number | undefined
  /** When the step must be done, in milliseconds since the epoch: no attempt is planned beyond it. */
  readonly deadline?: number | undefined
  /** The largest body that is read, decompressed, in bytes. Default 16 MiB. */
  readonly maxBytes?: number | undefined
  /**
   * Origins the user configured (`https://argocd.example.com`): http and loopback are fine there, and the
   * client's own `headers` are sent there. Every other URL needs https and a host that is no special address.
   */
  readonly trustedOrigins?: readonly string[] | undefined
  /** The name that certificates must carry where it is not the host's, as kubeconfig's `tls-server-name`. */
  readonly serverName?: string | undefined
  /** PEM client certificate and key for mutual TLS. */
  readonly clientCertificate?: { readonly certificate: string; readonly key: string } | undefined
  /** How names are resolved. Default: the system's resolver. */
  readonly lookup?: import('node:net').LookupFunction | undefined
  readonly userAgent?: string | undefined
}
