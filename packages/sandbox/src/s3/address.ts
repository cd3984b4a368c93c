import type { RequestHead } from '../server.ts'
import type { S3State } from './state.ts'

/** Which bucket and key a request is for; both empty for the service itself. */
export interface Address {
  readonly bucket: string
  readonly key: string
}

const ENDPOINT =
  /^(?:(?<bucket>.+)\.)?s3(?:-fips)?(?:\.dualstack)?(?:[.-](?<region>[a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com$/
const ACCESS_POINT =
  /^(?<name>.+)-\d{12}\.s3-accesspoint(?:-fips)?(?:\.dualstack)?\.(?<region>[a-z0-9-]+)\.amazonaws\.com$/
const LOCAL = /^(?<bucket>.+)\.localhost$/

/**
 * A bucket in the host name (`bucket.s3.eu-west-1.amazonaws.com`, with dual-stack and FIPS, `bucket.localhost`), an
 * access point, or a bucket in the path (user guide, "Virtual hosting of general purpose buckets").
 */
export function addressOf({ headers, rawPath }: RequestHead, state: Pick<S3State, 'accessPoints'>): Address {
  const host = (headers['host'] ?? '').replace(/:\d+$/, '')
  const point = ACCESS_POINT.exec(host)?.groups?.['name']
  const bucket =
    point === undefined
      ? (ENDPOINT.exec(host)?.groups?.['bucket'] ?? LOCAL.exec(host)?.groups?.['bucket'])
      : (state.accessPoints.get(point) ?? point)
  const path = rawPath.replace(/^\//, '')
  return bucket === undefined ? splitPath(path) : { bucket, key: decodeURIComponent(path) }
}

/** `bucket/key`, each decoded once; the key keeps its slashes. */
function splitPath(path: string): Address {
  const slash = path.indexOf('/')
  const [bucket, key] = slash === -1 ? [path, ''] : [path.slice(0, slash), path.slice(slash + 1)]
  return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key) }
}
