import type { SandboxResponse } from '../server.ts'
import { bytesOf } from './bodies.ts'
import { createBodyStore } from './body-store.ts'
import { authorize, chargedHeaders, findBucket, mayDo, type S3Call, xmlResponse } from './context.ts'
import { S3Error } from './errors.ts'
import { readPayload } from './payload.ts'
import { type Bucket, removeObject } from './state.ts'
import { childrenNamed, childText, parseXml, tag } from './xml.ts'

const MAX_OBJECTS = 1000
const MEMORY = createBodyStore('memory')

/** DeleteObjects: a refusal of one key is reported for that key, the others go. */
export async function deleteObjects(call: S3Call, bucketName: string): Promise<SandboxResponse> {
  if (call.state.quirks.batchDelete === 'refused') throw new S3Error('NotImplemented', { Header: '?delete' })
  const bucket = findBucket(call, bucketName)
  const { body, checksum } = await readPayload(call, MEMORY)
  if (call.request.headers['content-md5'] === undefined && !checksum) {
    throw new S3Error(
      'InvalidRequest',
      {},
      'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
    )
  }
  const { keys, quiet } = parseDelete(await bytesOf(body))
  const results = keys.map((key) => deleteOne(call, bucket, key, quiet))
  return xmlResponse('DeleteResult', results.join(''), chargedHeaders(call, bucket))
}

function parseDelete(body: Buffer): { keys: string[]; quiet: boolean } {
  const root = parseXml(body.toString('utf8'))
  const objects = root?.name === 'Delete' ? childrenNamed(root, 'Object') : []
  if (objects.some((object) => childText(object, 'ETag') !== undefined))
    throw new S3Error('NotImplemented', { Header: 'ETag of an Object in Delete' })
  if (!root || objects.length === 0 || objects.length > MAX_OBJECTS) throw new S3Error('MalformedXML')
  const keys = objects.flatMap((object) => childrenNamed(object, 'Key').map((key) => key.text))
  if (keys.length !== objects.length) throw new S3Error('MalformedXML')
  return { keys, quiet: childText(root, 'Quiet') === 'true' }
}

function deleteOne(call: S3Call, bucket: Bucket, key: string, quiet: boolean): string {
  if (!mayDo(call, 's3:DeleteObject', `${bucket.name}/${key}`))
    return `<Error>${tag('Key', key)}${refusal(call, bucket, key)}</Error>`
  removeObject(call.state, bucket, key)
  return quiet ? '' : `<Deleted>${tag('Key', key)}</Deleted>`
}

function refusal(call: S3Call, bucket: Bucket, key: string): string {
  try {
    authorize(call, 's3:DeleteObject', `${bucket.name}/${key}`)
    return ''
  } catch (error) {
    return (
      tag('Code', 'AccessDenied') + tag('Message', error instanceof Error ? error.message : 'Access Denied')
    )
  }
}
