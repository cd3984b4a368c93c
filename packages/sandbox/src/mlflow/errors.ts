import type { SandboxResponse } from '../server.ts'

/** mlflow/exceptions.py ERROR_CODE_TO_HTTP_STATUS. RESOURCE_ALREADY_EXISTS really is 400. */
const STATUS = {
  INVALID_PARAMETER_VALUE: 400,
  BAD_REQUEST: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  RESOURCE_DOES_NOT_EXIST: 404,
} as const

export type ErrorCode = keyof typeof STATUS

/** The second name that 3.17 gives the same thing. */
const CLASS: Record<ErrorCode, string> = {
  INVALID_PARAMETER_VALUE: 'INVALID_PARAMETER_VALUE',
  BAD_REQUEST: 'INVALID_PARAMETER_VALUE',
  RESOURCE_ALREADY_EXISTS: 'RESOURCE_ALREADY_EXISTS',
  RESOURCE_DOES_NOT_EXIST: 'RESOURCE_NOT_FOUND',
}

/** Ends a handler; becomes `{"error_code","message",…}`. */
export class MlflowError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

export function invalid(message: string): MlflowError {
  return new MlflowError('INVALID_PARAMETER_VALUE', message)
}

export function absent(message: string): MlflowError {
  return new MlflowError('RESOURCE_DOES_NOT_EXIST', message)
}

export function respondError(error: MlflowError): SandboxResponse {
  const body = {
    error_code: error.code,
    message: error.message,
    sqlstate: 'KAM00',
    error_class: CLASS[error.code],
  }
  return {
    status: STATUS[error.code],
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}
