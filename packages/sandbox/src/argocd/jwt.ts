import { createHmac } from 'node:crypto'
import { isObject, type JsonObject } from '../kubernetes/json.ts'
import { readJson } from '../kubernetes/object.wire.ts'

/** A token as Argo CD and Dex issue them; the real Dex signs with RS256 and publishes its keys. */
export function issueJwt(claims: JsonObject, key: string): string {
  const part = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
}

export function claimsOf(token: string): JsonObject {
  const claims = readJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  return isObject(claims) ? claims : {}
}
