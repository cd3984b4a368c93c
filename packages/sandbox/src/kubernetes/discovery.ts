import type { SandboxRequest, SandboxResponse } from '../server.ts'
import type { JsonObject } from './json.ts'
import { apiGroups, resourcesOf } from './resources.ts'
import type { KubernetesState } from './state.ts'
import { answerJson } from './status.ts'

/** Paths that need no token: version and health (ClusterRole system:public-info-viewer). */
export function publicInfo(request: SandboxRequest, state: KubernetesState): SandboxResponse | undefined {
  if (request.path === '/version') return answerJson(200, { ...state.version, platform: 'linux/amd64' })
  if (['/healthz', '/livez', '/readyz'].includes(request.path)) {
    return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'ok' }
  }
  return undefined
}

/** `/api`, `/apis`, `/api/v1`, `/apis/{group}` and `/apis/{group}/{version}`; undefined for any other path. */
export function discovery(
  request: SandboxRequest,
  { absentGroups }: KubernetesState,
): SandboxResponse | undefined {
  const path = request.path.replace(/\/$/, '')
  if (path === '/api') return answerJson(200, { kind: 'APIVersions', versions: ['v1'] })
  if (path === '/apis') {
    const there = [...apiGroups()].filter(([name]) => !absentGroups.has(name))
    const groups = there.map(([name, versions]) => groupOf(name, versions))
    return answerJson(200, { kind: 'APIGroupList', apiVersion: 'v1', groups })
  }
  const [, group, version] = /^\/apis\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? []
  if (path === '/api/v1') return resourceList('', 'v1')
  if (group === undefined || absentGroups.has(group)) return undefined
  const versions = apiGroups().get(group)
  if (!versions) return undefined
  if (version === undefined) {
    return answerJson(200, { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group, versions) })
  }
  return versions.includes(version) ? resourceList(group, version) : undefined
}

function groupOf(name: string, versions: readonly string[]): JsonObject {
  const named = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }))
  return { name, versions: named, preferredVersion: named[0] ?? {} }
}

function resourceList(group: string, version: string): SandboxResponse {
  const resources = resourcesOf(group, version).map((type) => ({
    name: type.plural,
    singularName: type.kind.toLowerCase(),
    namespaced: type.namespaced,
    kind: type.kind,
    verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  }))
  const groupVersion = group === '' ? version : `${group}/${version}`
  return answerJson(200, { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources })
}
