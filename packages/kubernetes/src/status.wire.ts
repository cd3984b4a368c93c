import { number, optional, record, string, unknownValue, withDefault } from '@mlops-actions/http'

/** meta/v1 Status: how the API server refuses. */
const isStatus = record({
  kind: string,
  message: withDefault(string, ''),
  reason: withDefault(string, ''),
  code: withDefault(number, 0),
})

export interface Refusal {
  readonly message: string
  /** `Forbidden`, `NotFound`, `Expired`, … */
  readonly reason: string
  readonly code: number
}

/** The Status in a body, or undefined where it is something else: a proxy's page, a plain text. */
export function readStatus(body: Buffer | unknown): Refusal | undefined {
  try {
    const value: unknown = Buffer.isBuffer(body) ? JSON.parse(body.toString('utf8')) : body
    const status = isStatus(value)
    return status.kind === 'Status' ? status : undefined
  } catch {
    return undefined
  }
}

/** One line of a watch (meta/v1 WatchEvent); what the object is depends on the type. */
export const isWatchEvent = record({ type: string, object: unknownValue })

export const isListHead = record({
  metadata: withDefault(record({ resourceVersion: withDefault(string, ''), continue: optional(string) }), {
    resourceVersion: '',
  }),
})
