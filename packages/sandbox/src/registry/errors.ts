import type { SandboxResponse } from '../server.ts'

/** OCI distribution-spec, "Error codes". */
export type RegistryErrorCode =
  | 'BLOB_UNKNOWN'
  | 'BLOB_UPLOAD_INVALID'
  | 'BLOB_UPLOAD_UNKNOWN'
  | 'DENIED'
  | 'DIGEST_INVALID'
  | 'MANIFEST_BLOB_UNKNOWN'
  | 'MANIFEST_INVALID'
  | 'MANIFEST_UNKNOWN'
  | 'NAME_UNKNOWN'
  | 'SIZE_INVALID'
  | 'TAG_INVALID'
  | 'UNSUPPORTED'

/** Thrown by the handlers, turned into the error document in one place. */
export class RegistryError extends Error {
  readonly status: number
  readonly code: RegistryErrorCode
  readonly detail: unknown

  constructor(status: number, code: RegistryErrorCode, message: string, detail?: unknown) {
    super(message)
    this.name = 'RegistryError'
    this.status = status
    this.code = code
    this.detail = detail
  }
}

export function formatRegistryError(error: RegistryError): SandboxResponse {
  const entry = {
    code: error.code,
    message: error.message,
    ...(error.detail !== undefined && { detail: error.detail }),
  }
  const body = `${JSON.stringify({ errors: [entry] })}\n`
  return { status: error.status, headers: { 'content-type': 'application/json; charset=utf-8' }, body }
}
