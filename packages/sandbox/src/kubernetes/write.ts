import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { isObject, type Json, type JsonObject, objectAt, textAt } from './json.ts'
import { requireNamespace } from './namespaces.ts'
import { type KubeObject, readJson, readYaml } from './object.wire.ts'
import { applyPatch, jsonPatch, mergePatch } from './patch.ts'
import { apiVersionOf, qualified } from './resources.ts'
import type { KubernetesState } from './state.ts'
import { answerJson, badRequest, invalid, notFound, refuse } from './status.ts'
import { keyOf, type ObjectKey } from './store.ts'
import type { Target } from './target.ts'

const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/

/** POST to a collection. @throws StoreError AlreadyExists, NotFound for the namespace */
export function createOne(request: SandboxRequest, target: Target, state: KubernetesState): SandboxResponse {
  const body = bodyOf(request, target)
  if ('refused' in body) return body.refused
  const object = inNamespace(target, body.object)
  const name = textAt(object, 'metadata', 'name')
  if (name === undefined && textAt(object, 'metadata', 'generateName') === undefined) {
    return invalid(target.type, '', 'metadata.name: Required value: name or generateName is required')
  }
  if (name !== undefined && !NAME.test(name)) {
    const rule = 'a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters'
    return invalid(target.type, name, `metadata.name: Invalid value: "${name}": ${rule}, '-' or '.'`)
  }
  requireNamespace(state.store, target.type, target.namespace ?? '')
  return answerJson(201, isDryRun(request) ? object : state.store.create(target.type, object))
}

/** PUT of a whole object. @throws StoreError NotFound, Conflict */
export function replaceOne(
  request: SandboxRequest,
  target: Target,
  name: string,
  state: KubernetesState,
): SandboxResponse {
  const body = bodyOf(request, target)
  if ('refused' in body) return body.refused
  const given = textAt(body.object, 'metadata', 'name')
  if (given !== name) {
    return badRequest(`the name of the object (${given ?? ''}) does not match the name on the URL (${name})`)
  }
  const object = inNamespace(target, body.object)
  const unversioned = (textAt(object, 'metadata', 'resourceVersion') ?? '') === ''
  if (target.type.custom && unversioned) {
    return invalid(
      target.type,
      name,
      'metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    )
  }
  if (isDryRun(request)) return answerJson(200, object)
  return answerJson(200, state.store.update(keyFor(target, name), object, partOf(target)))
}

/** PATCH: merge, apply (creates what is not there), strategic merge for built-in kinds, JSON patch. */
export function patchOne(
  request: SandboxRequest,
  target: Target,
  name: string,
  state: KubernetesState,
): SandboxResponse {
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? ''
  const key = keyFor(target, name)
  const before = state.store.get(key)
  const patch = patchBody(request.body.toString('utf8'), mediaType)
  if (patch === undefined) return badRequest('the patch body could not be read as JSON or YAML')
  if (mediaType === 'application/apply-patch+yaml') return applyOne(request, target, key, patch, state)
  if (!before) return notFound(target.type, name)
  const after = patched(target, before, patch, mediaType)
  if (after === 'unsupported') return unsupported(target)
  if (!isObject(after)) return invalid(target.type, name, 'the patch does not fit the object')
  if (isDryRun(request)) return answerJson(200, after)
  return answerJson(200, state.store.update(key, withVersionOf(patch, after), partOf(target)))
}

function applyOne(
  request: SandboxRequest,
  target: Target,
  key: ObjectKey,
  patch: Json,
  state: KubernetesState,
): SandboxResponse {
  if ((request.query.get('fieldManager') ?? '') === '') {
    return badRequest(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    )
  }
  if (!isObject(patch) || textAt(patch, 'kind') !== target.type.kind) {
    return badRequest('the applied object must carry the apiVersion and kind of the resource in the URL')
  }
  const before = state.store.get(key)
  const merged = applyPatch(before ?? {}, patch)
  const object = inNamespace(target, isObject(merged) ? merged : {})
  const named = { ...object, metadata: { ...objectAt(object, 'metadata'), name: key.name } }
  if (!before) requireNamespace(state.store, target.type, key.namespace)
  if (isDryRun(request)) return answerJson(before ? 200 : 201, named)
  if (before) return answerJson(200, state.store.update(key, withVersionOf(patch, named), partOf(target)))
  return answerJson(201, state.store.create(target.type, named))
}

function patched(target: Target, before: KubeObject, patch: Json, mediaType: string): Json | undefined {
  if (mediaType === 'application/merge-patch+json') return mergePatch(before, patch)
  if (mediaType === 'application/json-patch+json') return jsonPatch(before, Array.isArray(patch) ? patch : [])
  if (mediaType === 'application/strategic-merge-patch+json' && !target.type.custom)
    return applyPatch(before, patch)
  return 'unsupported'
}

/** DELETE of one object: the answer is the object while it lingers, a Status once it is gone. */
export function removeOne(target: Target, name: string, state: KubernetesState): SandboxResponse {
  const key = keyFor(target, name)
  const object = state.store.remove(key)
  if (state.store.get(key)) return answerJson(200, object)
  const details = { name, group: target.type.group, kind: target.type.plural, uid: object.metadata.uid }
  return answerJson(200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details })
}

function bodyOf(
  request: SandboxRequest,
  target: Target,
): { object: JsonObject } | { refused: SandboxResponse } {
  const value = patchBody(request.body.toString('utf8'), request.headers['content-type'] ?? '')
  if (!isObject(value))
    return { refused: badRequest('the body of the request could not be read as an object') }
  const wanted = { apiVersion: apiVersionOf(target.type), kind: target.type.kind }
  for (const [field, text] of Object.entries(wanted)) {
    const given = value[field] ?? text
    if (given !== text) {
      const seen = `${textAt(value, 'apiVersion') ?? ''}, Kind=${textAt(value, 'kind') ?? ''}`
      return {
        refused: badRequest(`the object provided is unrecognized (${seen} is not ${qualified(target.type)})`),
      }
    }
  }
  return { object: value }
}

function patchBody(text: string, mediaType: string): Json | undefined {
  if (!mediaType.includes('yaml')) return readJson(text)
  try {
    return readYaml(text)[0]
  } catch {
    return undefined
  }
}

function unsupported(target: Target): SandboxResponse {
  const builtIn = target.type.custom ? '' : ', application/strategic-merge-patch+json'
  const accepted = `application/json-patch+json, application/merge-patch+json${builtIn}, application/apply-patch+yaml`
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted}`
  return refuse(415, 'UnsupportedMediaType', message)
}

/** A patch is checked against the stored version only when it names one itself. */
function withVersionOf(patch: Json, object: JsonObject): JsonObject {
  const { resourceVersion: _merged, ...meta } = objectAt(object, 'metadata')
  const version = textAt(patch, 'metadata', 'resourceVersion')
  return { ...object, metadata: version === undefined ? meta : { ...meta, resourceVersion: version } }
}

function inNamespace(target: Target, object: JsonObject): JsonObject {
  if (target.namespace === undefined) return object
  return { ...object, metadata: { ...objectAt(object, 'metadata'), namespace: target.namespace } }
}

function keyFor(target: Target, name: string): ObjectKey {
  return keyOf(target.type, { metadata: { name, namespace: target.namespace ?? '' } })
}

function partOf(target: Target): 'main' | 'status' {
  return target.subresource === 'status' ? 'status' : 'main'
}

function isDryRun(request: SandboxRequest): boolean {
  return request.query.get('dryRun') === 'All'
}
