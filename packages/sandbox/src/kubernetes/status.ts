import type { SandboxResponse } from '../server.ts'
import { compact, type Json, type JsonObject } from './json.ts'
import { qualified, type ResourceType } from './resources.ts'
import type { StoreError } from './store.ts'

/** A JSON answer of the API server. */
export function answerJson(status: number, body: Json): SandboxResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-cache, private' },
    body: `${JSON.stringify(body)}\n`,
  }
}

/** The Status object that stands for every refusal (apimachinery meta/v1 types.go). */
export function statusObject(
  code: number,
  reason: string,
  message: string,
  details?: JsonObject,
): JsonObject {
  return compact({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    details,
    code,
  })
}

export function refuse(code: number, reason: string, message: string, details?: JsonObject): SandboxResponse {
  return answerJson(code, statusObject(code, reason, message, details))
}

function detailsOf(type: ResourceType, name: string): JsonObject {
  return compact({ name, group: type.group === '' ? undefined : type.group, kind: type.plural })
}

export function notFound(type: ResourceType, name: string): SandboxResponse {
  return refuse(404, 'NotFound', `${qualified(type)} "${name}" not found`, detailsOf(type, name))
}

/** A path that no API serves: plain text, not a Status, as aggregated servers answer it for unknown roots. */
export function unknownPath(): SandboxResponse {
  return {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: '404 page not found\n',
  }
}

export function badRequest(message: string): SandboxResponse {
  return refuse(400, 'BadRequest', message)
}

export function invalid(type: ResourceType, name: string, problem: string): SandboxResponse {
  const message = `${type.kind}${type.group === '' ? '' : `.${type.group}`} "${name}" is invalid: ${problem}`
  return refuse(422, 'Invalid', message, detailsOf(type, name))
}

/** What the store refused. */
export function storeRefusal({ reason, message, key }: StoreError): SandboxResponse {
  return refuse(reason === 'NotFound' ? 404 : 409, reason, message, detailsOf(key.type, key.name))
}

/** A continue token or a resourceVersion that compaction has overtaken. */
export function expired(message: string): JsonObject {
  return statusObject(410, 'Expired', message)
}
