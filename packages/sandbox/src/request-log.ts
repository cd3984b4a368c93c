import type { RecordedRequest, RequestHead, SandboxResponse, Tally } from './server.ts'

/** What a server was asked: the requests themselves, and how many of each operation. */
export interface RequestLog {
  readonly requests: RecordedRequest[]
  readonly tally: ReadonlyMap<string, Tally>
  add(record: RecordedRequest): void
  /** Puts the operation down; the status is written when the answer is sent. */
  answered(record: RecordedRequest, response: SandboxResponse): void
}

/** @param keep so many of the newest requests stay; default: all */
export function createRequestLog(keep = Number.POSITIVE_INFINITY): RequestLog {
  const requests: RecordedRequest[] = []
  const tally = new Map<string, Tally>()
  return {
    requests,
    tally,
    add: (record) => {
      requests.push(record)
      if (requests.length > keep) requests.splice(0, requests.length - keep)
    },
    answered: (record, { operation, status }) => {
      if (operation === undefined) return
      record.operation = operation
      const count = tally.get(operation) ?? { requests: 0, failed: 0, bytes: 0 }
      tally.set(operation, {
        requests: count.requests + 1,
        failed: count.failed + Number(status >= 400),
        bytes: count.bytes + record.bytes,
      })
    },
  }
}

export function recordOf({ method, path, rawQuery, headers }: RequestHead): RecordedRequest {
  return { method, path, query: rawQuery, headers, status: 0, bytes: 0 }
}
