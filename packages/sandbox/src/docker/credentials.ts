import { isRecord, parseJson, recordField, stringField } from '../registry/json.ts'
import { BuildRefusal } from './refusal.ts'

/**
 * Registry host -> base64 `user:password` from DOCKER_AUTH_CONFIG, the only place this stand-in looks at.
 * Source: docker/cli cli/config/configfile/file.go: unknown fields are an error, and only `auth` may stand in an entry.
 * @throws BuildRefusal
 */
export function parseAuthConfig(text: string | undefined): ReadonlyMap<string, string> {
  if (text === undefined || text === '') return new Map()
  const json = parseJson(text)
  const auths = isRecord(json) ? recordField(json, 'auths') : undefined
  if (!isRecord(json) || !auths || Object.keys(json).length > 1) {
    throw new BuildRefusal(
      'DOCKER_AUTH_CONFIG: want {"auths":{"<host>":{"auth":"<base64>"}}} and no other field',
    )
  }
  return new Map(Object.entries(auths).map(([host, entry]) => [host, readAuth(host, entry)]))
}

function readAuth(host: string, entry: unknown): string {
  const auth = isRecord(entry) ? stringField(entry, 'auth') : undefined
  if (!isRecord(entry) || auth === undefined || Object.keys(entry).length > 1) {
    throw new BuildRefusal(`DOCKER_AUTH_CONFIG: the entry of ${host} must hold "auth" and no other field`)
  }
  return auth
}
