import type { JsonValue } from '@mlops-actions/diagnostics'
import { optional, record, unknownValue } from '@mlops-actions/http'

/** Some servers spell it as text: KFServing answered `{"ready": "False"}`. */
const isReadiness = record({ ready: optional(unknownValue) })

/** `{"error": …}` of KServe and MLServer, `{"detail": …}` of FastAPI. */
const isServerError = record({ error: optional(unknownValue), detail: optional(unknownValue) })

/** What the body of a readiness answer says beside its status. */
export function readBody(body: Buffer): { ready: boolean | undefined; serverError: string | undefined } {
  const value = parseJson(decode(body) ?? '')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ready: undefined, serverError: undefined }
  }
  const { ready } = isReadiness(value)
  const { error, detail } = isServerError(value)
  const said = error ?? detail
  return {
    ready: ready === undefined ? undefined : String(ready).toLowerCase() === 'true',
    serverError: said === undefined ? undefined : typeof said === 'string' ? said : JSON.stringify(said),
  }
}

/** The text of a body; undefined where it is not UTF-8. */
export function decode(body: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return undefined
  }
}

/** JSON text as a value; undefined where it is none. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    // JSON.parse makes exactly the values that JsonValue names.
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

/** Whether the value is an object, and so has members. */
export function isJsonObject(
  value: JsonValue | undefined,
): value is { readonly [key: string]: JsonValue | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isJsonList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}
