import type { SandboxResponse } from '../server.ts'
import { authorize, findBucket, regionOf, type S3Call, xmlResponse } from './context.ts'
import { readDocument } from './document.ts'
import { S3Error } from './errors.ts'
import { createBucket } from './state.ts'
import { childText, parseXml, tag } from './xml.ts'

const NAME = /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

export function listBuckets(call: S3Call): SandboxResponse {
  authorize(call, 's3:ListAllMyBuckets', '*')
  const buckets = [...call.state.buckets.values()].map((bucket) => {
    const created = new Date(bucket.createdAt).toISOString()
    return `<Bucket>${tag('Name', bucket.name)}${tag('CreationDate', created)}</Bucket>`
  })
  const owner = `<Owner>${tag('ID', call.auth.principal.arn)}</Owner>`
  return xmlResponse('ListAllMyBucketsResult', `${owner}<Buckets>${buckets.join('')}</Buckets>`)
}

export function headBucket(call: S3Call, name: string): SandboxResponse {
  const bucket = findBucket(call, name)
  authorize(call, 's3:ListBucket', name)
  return { status: 200, headers: { ...regionOf(call.state, bucket), 'content-type': 'application/xml' } }
}

/** us-east-1 answers 200 for a bucket that is already yours, every other region 409. */
export async function putBucket(call: S3Call, name: string): Promise<SandboxResponse> {
  authorize(call, 's3:CreateBucket', name)
  if (!NAME.test(name)) throw new S3Error('InvalidBucketName', { BucketName: name })
  assertLocation(call, await readDocument(call))
  const exists = call.state.buckets.has(name)
  if (exists && call.state.region !== 'us-east-1')
    throw new S3Error('BucketAlreadyOwnedByYou', { BucketName: name })
  if (!exists) call.state.buckets.set(name, createBucket(name, call.now))
  return { status: 200, headers: { location: `/${name}` } }
}

function assertLocation(call: S3Call, body: Buffer): void {
  const text = body.toString('utf8')
  const root = text === '' ? undefined : parseXml(text)
  if (text !== '' && !root) throw new S3Error('MalformedXML')
  const location = root && childText(root, 'LocationConstraint')
  if (location === undefined || location === call.state.region) return
  throw new S3Error(
    'InvalidArgument',
    { ArgumentName: 'LocationConstraint', ArgumentValue: location },
    `The ${location} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  )
}

export function deleteBucket(call: S3Call, name: string): SandboxResponse {
  const bucket = findBucket(call, name)
  authorize(call, 's3:DeleteBucket', name)
  if (bucket.objects.size > 0) throw new S3Error('BucketNotEmpty', { BucketName: name })
  call.state.buckets.delete(name)
  return { status: 204 }
}

/** us-east-1 is written as an empty constraint. */
export function getBucketLocation(call: S3Call, name: string): SandboxResponse {
  const region = findBucket(call, name).region ?? call.state.region
  authorize(call, 's3:GetBucketLocation', name)
  return xmlResponse('LocationConstraint', region === 'us-east-1' ? '' : region)
}

/** Versioning was never enabled here. */
export function getBucketVersioning(call: S3Call, name: string): SandboxResponse {
  findBucket(call, name)
  authorize(call, 's3:GetBucketVersioning', name)
  return xmlResponse('VersioningConfiguration', '')
}
