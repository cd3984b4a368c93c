/** What S3 said, in the members of the SDK's outputs that anybody here reads. */
export type PlainOutput = Readonly<Record<string, string | number | undefined>>

const MEMBERS: Readonly<Record<string, string>> = {
  etag: 'ETag',
  'content-range': 'ContentRange',
  'x-amz-server-side-encryption': 'ServerSideEncryption',
  'x-amz-server-side-encryption-customer-algorithm': 'SSECustomerAlgorithm',
  'x-amz-storage-class': 'StorageClass',
  'x-amz-archive-status': 'ArchiveStatus',
  'x-amz-restore': 'Restore',
  'x-amz-checksum-crc32': 'ChecksumCRC32',
}

/**
 * Pure: the output of a request that has succeeded beyond doubt: with an ETag, and for what reads with a length. Undefined
 * for everything else, an answer of another server with status 200 included.
 */
export function readOutput(
  method: string,
  status: number,
  headers: Readonly<Record<string, string | undefined>>,
): PlainOutput | undefined {
  if (status !== 200 && !(status === 206 && method === 'GET')) return undefined
  if ((headers['etag'] ?? '') === '') return undefined
  const length = headers['content-length']
  if (method !== 'PUT' && (length === undefined || !/^\d+$/.test(length))) return undefined
  const output: Record<string, string | number | undefined> = {}
  for (const [name, member] of Object.entries(MEMBERS)) {
    if (headers[name] !== undefined) output[member] = headers[name]
  }
  return method === 'PUT' ? output : { ...output, ContentLength: Number(length) }
}
