import { createBroadcast } from './broadcast.ts'
import { type JsonObject, objectAt, sameJson, textAt } from './json.ts'
import { drafted, isFinished, isGraceful, replaced, timestamp } from './lifecycle.ts'
import { asKubeObject, type KubeObject } from './object.wire.ts'
import { qualified, type ResourceType } from './resources.ts'

/** Names one object. `namespace` is ignored for cluster-scoped types. */
export interface ObjectKey {
  readonly type: ResourceType
  readonly namespace: string
  readonly name: string
}

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED'

/** One change, as a watch tells it; `before` decides whether a selector stops or starts to match. */
export interface StoreChange {
  readonly change: ChangeType
  readonly type: ResourceType
  readonly object: KubeObject
  readonly before: KubeObject | undefined
  readonly revision: number
}

type Refusal = 'NotFound' | 'AlreadyExists' | 'Conflict'

/** A refusal of the store in the words of the API server (apimachinery api/errors), which answers it as a Status. */
export class StoreError extends Error {
  readonly reason: Refusal
  readonly key: ObjectKey
  constructor(reason: Refusal, key: ObjectKey) {
    super(refusalText(reason, key))
    this.reason = reason
    this.key = key
  }
}

function refusalText(reason: Refusal, { type, name }: ObjectKey): string {
  const object = `${qualified(type)} "${name}"`
  if (reason === 'NotFound') return `${object} not found`
  if (reason === 'AlreadyExists') return `${object} already exists`
  return (
    `Operation cannot be fulfilled on ${object}: the object has been modified; ` +
    'please apply your changes to the latest version and try again'
  )
}

/** The cluster's objects: plain data with uid, resourceVersion, generation and a history for watches. */
export interface ObjectStore {
  /** Key (`group/plural/namespace/name`) to object. Read it freely, change it only through the methods. */
  readonly objects: ReadonlyMap<string, KubeObject>
  /** Changes still known; a watch that starts before the first of them gets 410. */
  readonly history: readonly StoreChange[]
  /** The newest resourceVersion given out. */
  revision(): number
  get(key: ObjectKey): KubeObject | undefined
  /** Sorted by namespace and name. */
  list(type: ResourceType, namespace?: string): KubeObject[]
  /** @throws StoreError AlreadyExists */
  create(type: ResourceType, object: JsonObject): KubeObject
  /**
   * Replaces an object. A resourceVersion in the metadata must be the stored one.
   * With `part: 'status'` only the status is taken, otherwise everything but it (where the type has that split).
   * @throws StoreError NotFound, Conflict
   */
  update(key: ObjectKey, object: JsonObject, part?: 'main' | 'status'): KubeObject
  /**
   * Marks an object that has finalizers, or a pod that runs on a node, with a deletionTimestamp; removes any other.
   * `force` removes at once: the kubelet's last word about a pod.
   * @throws StoreError NotFound
   */
  remove(key: ObjectKey, options?: { force?: boolean }): KubeObject
  /** Every listener sees every change, in the order of revisions, also those that a listener makes. */
  subscribe(listener: (change: StoreChange) => void): () => void
  /** Forgets all but the newest `keep` changes, as etcd's compaction does. */
  compact(keep?: number): void
}

export function keyOf(type: ResourceType, object: JsonObject): ObjectKey {
  return {
    type,
    namespace: type.namespaced ? (textAt(object, 'metadata', 'namespace') ?? 'default') : '',
    name: textAt(object, 'metadata', 'name') ?? '',
  }
}

function pathOf(key: ObjectKey): string {
  return `${key.type.group}/${key.type.plural}/${key.type.namespaced ? key.namespace : ''}/${key.name}`
}

const HISTORY_LIMIT = 10_000

/** @param options.now milliseconds since the epoch */
export function createObjectStore(options: { now?: () => number } = {}): ObjectStore {
  const now = options.now ?? Date.now
  const objects = new Map<string, KubeObject>()
  const history: StoreChange[] = []
  const changes = createBroadcast<StoreChange>()
  let revision = 1000

  const commit = (change: ChangeType, key: ObjectKey, draft: JsonObject): KubeObject => {
    revision += 1
    const meta = { ...objectAt(draft, 'metadata'), resourceVersion: String(revision) }
    const object = asKubeObject({ ...draft, metadata: meta })
    const before = objects.get(pathOf(key))
    if (change === 'DELETED') objects.delete(pathOf(key))
    else objects.set(pathOf(key), object)
    const entry: StoreChange = { change, type: key.type, object, before, revision }
    history.push(entry)
    if (history.length > HISTORY_LIMIT) history.shift()
    changes.tell(entry)
    return object
  }
  const existing = (key: ObjectKey): KubeObject => {
    const found = objects.get(pathOf(key))
    if (!found) throw new StoreError('NotFound', key)
    return found
  }

  return {
    objects,
    history,
    revision: () => revision,
    get: (key) => objects.get(pathOf(key)),
    list: (type, namespace) => {
      const prefix = `${type.group}/${type.plural}/${namespace === undefined ? '' : `${namespace}/`}`
      const found = [...objects].filter(([path]) => path.startsWith(prefix))
      return found.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object)
    },
    create: (type, object) => {
      const draft = drafted(type, object, revision + 1, now())
      const key = keyOf(type, draft)
      if (objects.has(pathOf(key))) throw new StoreError('AlreadyExists', key)
      return commit('ADDED', key, draft)
    },
    update: (key, object, part = 'main') => {
      const before = existing(key)
      const draft = replaced(key.type, before, object, part)
      const wanted = textAt(object, 'metadata', 'resourceVersion')
      if (wanted !== undefined && wanted !== '' && wanted !== before.metadata.resourceVersion) {
        throw new StoreError('Conflict', key)
      }
      // An update that changes nothing is not written: watchers must not see it (apiserver no-op rule).
      if (sameJson(draft, before)) return before
      return isFinished(draft) ? commit('DELETED', key, draft) : commit('MODIFIED', key, draft)
    },
    remove: (key, removal = {}) => {
      const before = existing(key)
      const graceful = isGraceful(key.type, before) && removal.force !== true
      if (!graceful) return commit('DELETED', key, before)
      if (before.metadata.deletionTimestamp !== undefined) return before
      const meta = { ...before.metadata, deletionTimestamp: timestamp(now()) }
      return commit('MODIFIED', key, { ...before, metadata: meta })
    },
    subscribe: changes.subscribe,
    compact: (keep = 0) => {
      history.splice(0, Math.max(0, history.length - keep))
    },
  }
}
