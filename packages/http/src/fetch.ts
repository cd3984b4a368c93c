import type { HttpRequest, HttpResponse } from './client.ts'

/** Sends a request and returns every answer, error statuses included, after the retries that they allow. */
export type SendAny = (request: HttpRequest) => Promise<HttpResponse>

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])
/** Statuses of which `Response` accepts no body (Fetch, "null body status"). */
const BODILESS = new Set([101, 103, 204, 205, 304])

/**
 * The global `fetch`'s shape over our transport, as far as octokit uses it: whole bodies, no streams,
 * redirects always followed. Rejects with a Failure for network errors, as fetch does with a TypeError.
 */
export function createFetch(send: SendAny): typeof globalThis.fetch {
  return async (input, init) => {
    const request = input instanceof Request ? input : undefined
    const url = new URL(request?.url ?? String(input))
    const method = parseMethod(init?.method ?? request?.method ?? 'GET')
    const signal = init?.signal ?? request?.signal
    const body = await encodeBody(init?.body, request)
    const response = await send({
      method,
      url,
      headers: Object.fromEntries(new Headers(init?.headers ?? request?.headers)),
      what: `Cannot ${method} ${url.pathname}`,
      ...(body === undefined ? {} : { body }),
      ...(signal === null || signal === undefined ? {} : { signal }),
    })
    return toFetchResponse(response)
  }
}

function parseMethod(method: string): NonNullable<HttpRequest['method']> {
  const upper = method.toUpperCase()
  if (isMethod(upper)) return upper
  throw new TypeError(`the method ${JSON.stringify(method)} is not supported`)
}

function isMethod(method: string): method is NonNullable<HttpRequest['method']> {
  return METHODS.has(method)
}

async function encodeBody(
  body: RequestInit['body'],
  request: Request | undefined,
): Promise<string | Buffer | undefined> {
  if (body === null || body === undefined) {
    return request === undefined || request.body === null
      ? undefined
      : Buffer.from(await request.arrayBuffer())
  }
  if (typeof body === 'string') return body
  if (body instanceof URLSearchParams) return body.toString()
  if (body instanceof ArrayBuffer) return Buffer.from(body)
  if (ArrayBuffer.isView(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  throw new TypeError('only text and bytes can be sent')
}

function toFetchResponse({ status, headers, body, url }: HttpResponse): Response {
  const content = BODILESS.has(status) ? null : new Uint8Array(body)
  const response = new Response(content, { status, headers: { ...headers } })
  Object.defineProperty(response, 'url', { value: url })
  return response
}
