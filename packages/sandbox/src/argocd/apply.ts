import { type JsonObject, objectAt } from '../kubernetes/json.ts'
import { requireNamespace } from '../kubernetes/namespaces.ts'
import { findKind } from '../kubernetes/resources.ts'
import { keyOf, type ObjectStore } from '../kubernetes/store.ts'
import { LAST_APPLIED, predict } from './compare.ts'

export interface Applied {
  readonly message: string
}

/** Applies one manifest as `kubectl apply` does and says what it did: `created`, `configured` or `unchanged`. */
export function applyManifest(store: ObjectStore, target: JsonObject): Applied {
  const type = findKind(String(target['apiVersion']), String(target['kind']))
  if (!type)
    throw new Error(
      `no matches for kind "${String(target['kind'])}" in version "${String(target['apiVersion'])}"`,
    )
  const key = keyOf(type, target)
  const live = store.get(key)
  const wanted = withLastApplied(predict(live, target), target)
  const name = `${type.kind.toLowerCase()}${type.group === '' ? '' : `.${type.group}`}/${key.name}`
  if (!live) {
    requireNamespace(store, type, key.namespace)
    store.create(type, wanted)
    return { message: `${name} created` }
  }
  const { resourceVersion: _version, ...metadata } = objectAt(wanted, 'metadata')
  const after = store.update(key, { ...wanted, metadata })
  return { message: after === live ? `${name} unchanged` : `${name} configured` }
}

function withLastApplied(object: JsonObject, target: JsonObject): JsonObject {
  const metadata = objectAt(object, 'metadata')
  const annotations = { ...objectAt(metadata, 'annotations'), [LAST_APPLIED]: JSON.stringify(target) }
  return { ...object, metadata: { ...metadata, annotations } }
}

/** Order within a wave: namespaces and configuration first, what runs last (gitops-engine sync_tasks.go). */
export function kindOrder(kind: string): number {
  const order = [
    'Namespace',
    'Secret',
    'ConfigMap',
    'ServiceAccount',
    'ClusterServingRuntime',
    'ServingRuntime',
    'Service',
  ]
  const place = order.indexOf(kind)
  return place === -1 ? order.length : place
}
