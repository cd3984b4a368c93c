import { S3Error } from './errors.ts'
import type { S3State } from './state.ts'

/** Counts a request of a bucket. @throws S3Error SlowDown for more than `requestsPerSecond` in one second of the clock */
export function countRequest(state: S3State, bucket: string, now: number): void {
  const limit = state.requestsPerSecond
  if (limit === undefined) return
  const second = Math.floor(now / 1000)
  const before = state.rates.get(bucket)
  const count = before?.second === second ? before.count + 1 : 1
  state.rates.set(bucket, { second, count })
  if (count > limit) throw new S3Error('SlowDown')
}
