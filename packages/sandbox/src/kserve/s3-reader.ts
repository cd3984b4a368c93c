import { type BucketReader, signedRequest, tagText, unescapeXml } from './s3-request.ts'

export class NoCredentialsError extends Error {
  constructor() {
    super('Unable to locate credentials')
  }
}

export interface S3Object {
  readonly key: string
  /** Bytes. */
  readonly size: number
}

/** @throws S3Error with the status as its code, as HEAD has no body */
export async function headBucket(reader: BucketReader): Promise<void> {
  await signedRequest(reader, { method: 'HEAD', path: `/${reader.bucket}`, operation: 'HeadBucket' })
}

/** Every object below a prefix, page by page, as boto3's `bucket.objects.filter(Prefix=…)` does it (ListObjects v1). */
export async function listObjects(reader: BucketReader, prefix: string): Promise<S3Object[]> {
  const found: S3Object[] = []
  for (let marker = ''; ; ) {
    const query = { 'encoding-type': 'url', marker, prefix }
    const path = `/${reader.bucket}`
    const body = await signedRequest(reader, { method: 'GET', path, query, operation: 'ListObjects' })
    const page = parseListing(body.toString('utf8'))
    found.push(...page.objects)
    const last = page.objects.at(-1)
    if (!page.truncated || last === undefined) return found
    marker = last.key
  }
}

/** boto3's `download_file` asks for the size first: whoever may not read hears of HeadObject, without a message. */
export async function downloadObject(reader: BucketReader, key: string): Promise<Buffer> {
  const path = `/${reader.bucket}/${key}`
  await signedRequest(reader, { method: 'HEAD', path, operation: 'HeadObject' })
  return signedRequest(reader, { method: 'GET', path, operation: 'GetObject' })
}

function parseListing(xml: string): { objects: S3Object[]; truncated: boolean } {
  const encoded = tagText(xml, 'EncodingType') === 'url'
  const objects = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, entry = '']) => {
    const key = unescapeXml(tagText(entry, 'Key') ?? '')
    return {
      key: encoded ? decodeURIComponent(key.replaceAll('+', ' ')) : key,
      size: Number(tagText(entry, 'Size') ?? '0'),
    }
  })
  return { objects, truncated: tagText(xml, 'IsTruncated') === 'true' }
}
