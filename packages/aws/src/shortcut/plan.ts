/** A request in the words of HTTP. */
export interface PlainRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT'
  readonly bucket: string
  readonly key: string
  readonly query: Readonly<Record<string, string>>
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
}

const METHODS = {
  PutObjectCommand: 'PUT',
  UploadPartCommand: 'PUT',
  GetObjectCommand: 'GET',
  HeadObjectCommand: 'HEAD',
} as const

/** Where S3 wants the members of the SDK's inputs (PutObject, UploadPart, GetObject, HeadObject in the API reference). */
const HEADERS: Readonly<Record<string, string>> = {
  ContentMD5: 'content-md5',
  ChecksumCRC32: 'x-amz-checksum-crc32',
  Range: 'range',
  IfMatch: 'if-match',
  IfNoneMatch: 'if-none-match',
  ACL: 'x-amz-acl',
  GrantRead: 'x-amz-grant-read',
  GrantReadACP: 'x-amz-grant-read-acp',
  GrantWriteACP: 'x-amz-grant-write-acp',
  GrantFullControl: 'x-amz-grant-full-control',
  ServerSideEncryption: 'x-amz-server-side-encryption',
  SSEKMSKeyId: 'x-amz-server-side-encryption-aws-kms-key-id',
  SSECustomerAlgorithm: 'x-amz-server-side-encryption-customer-algorithm',
  SSECustomerKey: 'x-amz-server-side-encryption-customer-key',
  SSECustomerKeyMD5: 'x-amz-server-side-encryption-customer-key-md5',
}
const QUERY: Readonly<Record<string, string>> = { UploadId: 'uploadId', PartNumber: 'partNumber' }

/** Pure: the request of a command, or undefined for a command, or a member of one, that is left to the SDK. */
export function planRequest(
  operation: string,
  input: Readonly<Record<string, unknown>>,
): PlainRequest | undefined {
  const method = Object.entries(METHODS).find(([name]) => name === operation)?.[1]
  const { Bucket: bucket, Key: key, Body: body, ...rest } = input
  if (method === undefined || typeof bucket !== 'string' || typeof key !== 'string') return undefined
  if (method === 'PUT' ? !Buffer.isBuffer(body) : body !== undefined) return undefined
  const headers: Record<string, string> = {}
  const query: Record<string, string> = {}
  for (const [name, value] of Object.entries(rest)) {
    if (value === undefined) continue
    const [header, parameter] = [HEADERS[name], QUERY[name]]
    if (header !== undefined && typeof value === 'string') headers[header] = value
    else if (parameter !== undefined) query[parameter] = String(value)
    else return undefined
  }
  if (Buffer.isBuffer(body)) {
    headers['content-type'] = 'application/octet-stream'
    return { method, bucket, key, query, headers, body }
  }
  return { method, bucket, key, query, headers, body: undefined }
}
