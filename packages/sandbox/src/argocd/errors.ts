import type { Json } from '../kubernetes/json.ts'
import type { SandboxResponse } from '../server.ts'

/** gRPC codes that Argo CD answers with, and the HTTP status that grpc-gateway makes of each. */
const HTTP_STATUS: Readonly<Record<number, number>> = {
  1: 408,
  2: 500,
  3: 400,
  4: 504,
  5: 404,
  6: 409,
  7: 403,
  8: 429,
  9: 400,
  10: 409,
  11: 400,
  12: 501,
  13: 500,
  14: 503,
  15: 500,
  16: 401,
}

/** A refusal; thrown by handlers, answered in one place. */
export class ApiError extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

export function refusal({ code, message }: ApiError): SandboxResponse {
  return answer(HTTP_STATUS[code] ?? 500, { error: message, code, message })
}

export function answer(status: number, body: Json): SandboxResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** The body of an error inside a stream. */
export function streamError({ code, message }: ApiError): Json {
  const status = HTTP_STATUS[code] ?? 500
  return { error: { grpc_code: code, http_code: status, message, http_status: String(status), details: [] } }
}
