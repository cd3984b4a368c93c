import { createHash } from 'node:crypto'
import { numberAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import { type Cluster, nowText, objectReference } from './cluster.ts'

export interface EventText {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  readonly component: string
}

/** Writes an Event; the same text about the same object raises `count` (client-go tools/record, aggregation). */
export function recordEvent(cluster: Cluster, object: KubeObject, event: EventText): void {
  const { store } = cluster.state
  const { name, namespace = 'default', uid } = object.metadata
  const digest = createHash('sha256')
    .update(`${uid}/${event.reason}/${event.message}`)
    .digest('hex')
    .slice(0, 16)
  const key = { type: RESOURCES.events, namespace, name: `${name}.${digest}` }
  const now = nowText(cluster)
  const before = store.get(key)
  if (before) {
    store.update(key, { ...before, count: (numberAt(before, 'count') ?? 1) + 1, lastTimestamp: now })
    return
  }
  store.create(RESOURCES.events, {
    metadata: { name: key.name, namespace },
    involvedObject: objectReference(object),
    reason: event.reason,
    message: event.message,
    type: event.type,
    source: { component: event.component },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  })
}
