import type { SandboxResponse } from '../server.ts'
import { authorize, chargedHeaders, findBucket, type S3Call, throwNoSuchKey } from './context.ts'
import { S3Error } from './errors.ts'
import type { S3Object } from './state.ts'
import { childText, parseXml, type XmlElement } from './xml.ts'

export const STORAGE_CLASSES = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
]

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How long a restore takes (user guide, "Understanding archive retrieval options"): the longest that is promised. */
const TAKES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  GLACIER: { Expedited: HOUR / 12, Standard: 5 * HOUR, Bulk: 12 * HOUR },
  DEEP_ARCHIVE: { Standard: 12 * HOUR, Bulk: 48 * HOUR },
}

export function storageClassOf({ headers }: S3Object): string {
  return headers['x-amz-storage-class'] ?? 'STANDARD'
}

/** Archived, and no restored copy is there now. @throws S3Error InvalidObjectState */
export function assertNotArchived(object: S3Object, now: number): void {
  const storageClass = storageClassOf(object)
  if (TAKES[storageClass] === undefined) return
  const { restore } = object
  if (restore && now >= restore.readyAt && now < restore.expiresAt) return
  throw new S3Error('InvalidObjectState', { StorageClass: storageClass })
}

/** `x-amz-restore`, as long as a restore is under way or its copy is there. */
export function restoreHeader({ restore }: S3Object, now: number): Record<string, string> {
  if (!restore || now >= restore.expiresAt) return {}
  const state =
    now < restore.readyAt
      ? 'ongoing-request="true"'
      : `ongoing-request="false", expiry-date="${new Date(restore.expiresAt).toUTCString()}"`
  return { 'x-amz-restore': state }
}

/** RestoreObject: 202 when it begins, 200 when the copy is there and stays longer. */
export function restoreObject(call: S3Call, bucketName: string, key: string): SandboxResponse {
  const bucket = findBucket(call, bucketName)
  authorize(call, 's3:RestoreObject', `${bucketName}/${key}`)
  const object = bucket.objects.get(key)
  if (!object) throwNoSuchKey(call, bucketName, key)
  const { days, tier } = readWish(parseXml(call.request.body.toString('utf8')))
  const storageClass = storageClassOf(object)
  const takes = TAKES[storageClass]
  if (takes === undefined)
    throw new S3Error(
      'InvalidObjectState',
      { StorageClass: storageClass },
      "Restore is not allowed for the object's current storage class",
    )
  const time = takes[tier]
  if (time === undefined) throw new S3Error('InvalidArgument', { ArgumentName: 'Tier', ArgumentValue: tier })
  const { restore } = object
  if (restore && call.now < restore.readyAt) throw new S3Error('RestoreAlreadyInProgress')
  const isThere = restore !== undefined && call.now < restore.expiresAt
  const readyAt = isThere ? restore.readyAt : call.now + time
  object.restore = { readyAt, expiresAt: midnightAfter(Math.max(readyAt, call.now) + days * DAY) }
  return { status: isThere ? 200 : 202, headers: chargedHeaders(call, bucket) }
}

function readWish(root: XmlElement | undefined): { days: number; tier: string } {
  const days = Number(root && childText(root, 'Days'))
  if (root?.name !== 'RestoreRequest' || !(Number.isInteger(days) && days >= 1))
    throw new S3Error('MalformedXML')
  const parameters = root.children.find((child) => child.name === 'GlacierJobParameters')
  return { days, tier: (parameters && childText(parameters, 'Tier')) ?? 'Standard' }
}

/** A copy goes at the first midnight (UTC) after its days. */
function midnightAfter(time: number): number {
  return Math.ceil(time / DAY) * DAY
}
