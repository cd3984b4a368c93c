import { apiVersionOf, findResource, type ResourceType } from './resources.ts'
import type { Verb } from './state.ts'

/** What a request asks for, read from its path. */
export interface Target {
  readonly type: ResourceType
  /** Undefined: all namespaces, or a cluster-scoped type. */
  readonly namespace: string | undefined
  readonly name: string | undefined
  /** `status`, `log`, `proxy`; undefined for the object itself. */
  readonly subresource: string | undefined
  /** What follows the subresource (`proxy/…`), still encoded as sent; starts with `/` when not empty. */
  readonly rest: string
}

/**
 * Reads `/api/v1/…` and `/apis/{group}/{version}/…` (kubernetes/apiserver endpoints/request/requestinfo.go).
 * Undefined for a path that no resource serves.
 */
export function parseTarget(rawPath: string): Target | undefined {
  const match = /^\/(?:api\/(?<core>v1)|apis\/(?<group>[^/]+)\/(?<version>[^/]+))\/(?<path>.+)$/.exec(rawPath)
  if (!match?.groups) return undefined
  const { core, group = '', version = '', path = '' } = match.groups
  const segments = path.split('/')
  const scoped = segments[0] === 'namespaces' && segments.length > 2
  const namespace = scoped ? decode(segments[1]) : undefined
  const [plural, name, subresource, ...rest] = scoped ? segments.slice(2) : segments
  const type = findResource(core === undefined ? group : '', core ?? version, plural ?? '')
  if (!type || (scoped && !type.namespaced)) return undefined
  return {
    type,
    namespace,
    name: name === undefined || name === '' ? undefined : decode(name),
    subresource: subresource === undefined || subresource === '' ? undefined : subresource,
    rest: rest.length === 0 ? '' : `/${rest.join('/')}`,
  }
}

function decode(segment: string | undefined): string {
  try {
    return decodeURIComponent(segment ?? '')
  } catch {
    return segment ?? ''
  }
}

/** The RBAC verb of a request; a POST through a proxy is `create`, a watch of one name is `watch`. */
export function verbOf(method: string, target: Target, query: URLSearchParams): Verb | undefined {
  if (method === 'GET' || method === 'HEAD') {
    if (target.subresource !== undefined) return 'get'
    if (isWatch(query)) return 'watch'
    return target.name === undefined ? 'list' : 'get'
  }
  const verbs: Readonly<Record<string, Verb>> = {
    POST: 'create',
    PUT: 'update',
    PATCH: 'patch',
    DELETE: 'delete',
  }
  return verbs[method]
}

export function isWatch(query: URLSearchParams): boolean {
  const value = query.get('watch')
  return value === '1' || value === 'true'
}

/** `InferenceServiceList` and so on. */
export function listHead(type: ResourceType): { kind: string; apiVersion: string } {
  return { kind: `${type.kind}List`, apiVersion: apiVersionOf(type) }
}
