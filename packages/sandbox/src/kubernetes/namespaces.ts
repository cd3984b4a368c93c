import { RESOURCES, type ResourceType } from './resources.ts'
import { type ObjectStore, StoreError } from './store.ts'

/** What every cluster begins with. */
const BUILT_IN = ['default', 'kube-node-lease', 'kube-public', 'kube-system']

/** Makes the namespaces that are missing. */
export function addNamespaces(store: ObjectStore, names: readonly string[] = BUILT_IN): void {
  for (const name of names) {
    const key = { type: RESOURCES.namespaces, namespace: '', name }
    if (!store.get(key)) store.create(RESOURCES.namespaces, { metadata: { name } })
  }
}

/**
 * Admission NamespaceLifecycle: nothing is created in a namespace that nobody has made.
 * A test that writes into the store goes past it, as etcd does.
 * @throws StoreError NotFound
 */
export function requireNamespace(store: ObjectStore, type: ResourceType, namespace: string): void {
  if (!type.namespaced) return
  const key = { type: RESOURCES.namespaces, namespace: '', name: namespace }
  if (!store.get(key)) throw new StoreError('NotFound', key)
}
