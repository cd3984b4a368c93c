import type { SandboxResponse } from '../server.ts'

/** gRPC codes that the API server uses, and what grpc-gateway makes of them. */
const CODES = {
  InvalidArgument: { code: 3, status: 400, prefix: 'Invalid input error: ' },
  NotFound: { code: 5, status: 404, prefix: 'ResourceNotFoundError: ' },
  AlreadyExists: { code: 6, status: 409, prefix: 'Already exist error: ' },
  Internal: { code: 13, status: 500, prefix: 'InternalServerError: ' },
  Unimplemented: { code: 12, status: 501, prefix: '' },
} as const

export type KfpCode = keyof typeof CODES

/** An error of the API server: `short` is what a person should read, `context` the wrapping sentences, outermost first. */
export class KfpError extends Error {
  readonly code: KfpCode
  readonly context: readonly string[]
  constructor(code: KfpCode, short: string, ...context: readonly string[]) {
    super(short)
    this.code = code
    this.context = context
  }

  /** The same error, wrapped once more, as util.Wrap does. */
  wrap(sentence: string): KfpError {
    return new KfpError(this.code, this.message, sentence, ...this.context)
  }
}

/** `message` is the internal chain; `details[0].message` the short text (common/util/error.go ToRpcStatus). */
export function respondError(error: KfpError): SandboxResponse {
  const { code, status, prefix } = CODES[error.code]
  const chain = [...error.context, `${prefix}${error.message}`].join(': ')
  const detail = { '@type': 'type.googleapis.com/google.rpc.Status', code, message: error.message }
  return respondJson(status, { code, message: chain, details: [detail] })
}

/** The gateway's own complaint about a body that does not fit the message: no details. */
export function respondMalformed(message: string): SandboxResponse {
  return respondJson(400, { code: 3, message, details: [] })
}

/** Upload, artifact and log endpoints have another shape (pipeline_upload_server.go). */
export function respondPlainError(status: number, message: string, details: string): SandboxResponse {
  return respondJson(status, { error_message: message, error_details: details })
}

export function respondJson(status: number, body: unknown): SandboxResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
