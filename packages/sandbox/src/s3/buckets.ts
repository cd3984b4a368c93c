import type { SandboxResponse } from '../server.ts'
import { authorize, findBucket, type S3Call, xmlResponse } from './context.ts'
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
  findBucket(call.state, name)
  authorize(call, 's3:ListBucket', name)
  return {
    status: 200,
    headers: { 'x-amz-bucket-region': call.state.region, 'content-type': 'application/xml' },
  }
}

/** us-east-1 answers 200 for a bucket that is already yours, every other region 409. */
export function putBucket(call: S3Call, name: string): SandboxResponse {
  authorize(call, 's3:CreateBucket', name)
  if (!NAME.test(name)) throw new S3Error('InvalidBucketName', { BucketName: name })
  assertLocation(call)
  const exists = call.state.buckets.has(name)
  if (exists && call.state.region !== 'us-east-1')
    throw new S3Error('BucketAlreadyOwnedByYou', { BucketName: name })
  if (!exists) call.state.buckets.set(name, createBucket(name, call.now))
  return { status: 200, headers: { location: `/${name}` } }
}

function assertLocation(call: S3Call): void {
  const text = call.request.body.toString('utf8')
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
  authorize(call, 's3:DeleteBucket', name)
  const bucket = findBucket(call.state, name)
  if (bucket.objects.size > 0) throw new S3Error('BucketNotEmpty', { BucketName: name })
  call.state.buckets.delete(name)
  return { status: 204 }
}

/** us-east-1 is written as an empty constraint. */
export function getBucketLocation(call: S3Call, name: string): SandboxResponse {
  authorize(call, 's3:GetBucketLocation', name)
  findBucket(call.state, name)
  return xmlResponse('LocationConstraint', call.state.region === 'us-east-1' ? '' : call.state.region)
}

/** Versioning was never enabled here. */
export function getBucketVersioning(call: S3Call, name: string): SandboxResponse {
  authorize(call, 's3:GetBucketVersioning', name)
  findBucket(call.state, name)
  return xmlResponse('VersioningConfiguration', '')
}
