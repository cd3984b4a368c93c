/**
 * What stores that call themselves S3-compatible do otherwise. All as AWS by default; a test sets what it is about.
 * `ignored` means that the request is taken as if the header were not there.
 */
export interface Quirks {
  /** If-Match and If-None-Match of writes; `refused`: 501 NotImplemented. */
  conditionalWrites: 'enforced' | 'ignored' | 'refused'
  /** x-amz-checksum-*, x-amz-sdk-checksum-algorithm and trailers; `refused`: 501. */
  checksums: 'verified' | 'ignored' | 'refused'
  contentMd5: 'verified' | 'ignored'
  /** `opaque`: 32 hexadecimal digits that are no MD5; `none`: no ETag anywhere; `dashed`: an MD5 with `-1` behind it. */
  etags: 'md5' | 'opaque' | 'none' | 'dashed'
  /** aws-chunked: `kept`: the framing becomes part of the object; `refused`: 501. */
  chunkedBodies: 'decoded' | 'kept' | 'refused'
  /** `v1-only`: `list-type=2` is answered like ListObjects; `no-extras`: start-after and fetch-owner are passed over. */
  listObjectsV2: 'full' | 'no-extras' | 'v1-only'
  /** encoding-type=url */
  listEncoding: 'honoured' | 'ignored'
  /** DeleteObjects; `refused`: 501. */
  batchDelete: 'answered' | 'refused'
  /** UploadPartCopy; `refused`: 501. */
  partCopy: 'answered' | 'refused'
  /** x-amz-bucket-region */
  bucketRegion: 'told' | 'untold'
}

export function asAws(): Quirks {
  return {
    conditionalWrites: 'enforced',
    checksums: 'verified',
    contentMd5: 'verified',
    etags: 'md5',
    chunkedBodies: 'decoded',
    listObjectsV2: 'full',
    listEncoding: 'honoured',
    batchDelete: 'answered',
    partCopy: 'answered',
    bucketRegion: 'told',
  }
}
