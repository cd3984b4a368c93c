import { type Checked, number, optional, record, string, withDefault } from '@mlops-actions/http'
import { isMetadata } from './metadata.wire.ts'
import type { ResourceType } from './resource.ts'

const isEvent = record({
  metadata: isMetadata,
  type: withDefault(string, ''),
  reason: withDefault(string, ''),
  message: withDefault(string, ''),
  count: withDefault(number, 1),
  lastTimestamp: optional(string),
  eventTime: optional(string),
  involvedObject: record({ kind: withDefault(string, ''), name: withDefault(string, '') }),
})

/** v1 Event, older and newer form: one of the two times is absent. */
export type KubernetesEvent = Checked<typeof isEvent>

export const EVENTS: ResourceType<KubernetesEvent> = {
  group: '',
  version: 'v1',
  plural: 'events',
  kind: 'Event',
  check: isEvent,
}

/** When it was last seen, for sorting; RFC 3339. */
export function lastSeen({ lastTimestamp, eventTime, metadata }: KubernetesEvent): string {
  return lastTimestamp ?? eventTime ?? metadata.creationTimestamp
}
