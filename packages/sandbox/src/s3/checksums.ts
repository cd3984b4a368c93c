import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { S3Error } from './errors.ts'

export const CHECKSUM_ALGORITHMS = ['crc32', 'crc32c', 'sha1', 'sha256'] as const
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number]
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE'

export interface DeclaredChecksum {
  readonly algorithm: ChecksumAlgorithm
  /** Base64. */
  readonly value: string
}

const LENGTHS: Readonly<Record<ChecksumAlgorithm, number>> = { crc32: 4, crc32c: 4, sha1: 20, sha256: 32 }

/** Base64 of the checksum, big-endian for the CRCs. */
export function computeChecksum(algorithm: ChecksumAlgorithm, body: Buffer): string {
  if (algorithm === 'sha1' || algorithm === 'sha256')
    return createHash(algorithm).update(body).digest('base64')
  const value = algorithm === 'crc32' ? crc32(body) : crc32c(body)
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes.toString('base64')
}

/**
 * The checksum that a request states for its body, in its headers or in its trailers.
 * @throws S3Error InvalidRequest for more than one or a malformed one, NotImplemented for crc64nvme
 */
export function declaredChecksum(
  headers: Readonly<Record<string, string>>,
  trailers: Readonly<Record<string, string>>,
): DeclaredChecksum | undefined {
  const given = { ...headers, ...trailers }
  if (given['x-amz-checksum-crc64nvme'] !== undefined)
    throw new S3Error('NotImplemented', { Header: 'x-amz-checksum-crc64nvme' })
  const found = CHECKSUM_ALGORITHMS.flatMap((algorithm) => {
    const value = given[`x-amz-checksum-${algorithm}`]
    return value === undefined ? [] : [{ algorithm, value }]
  })
  if (found.length > 1)
    throw new S3Error(
      'InvalidRequest',
      {},
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    )
  const [checksum] = found
  if (checksum) assertWellFormed(checksum)
  return checksum
}

function assertWellFormed({ algorithm, value }: DeclaredChecksum): void {
  if (Buffer.from(value, 'base64').length === LENGTHS[algorithm]) return
  throw new S3Error('InvalidRequest', {}, `Value for x-amz-checksum-${algorithm} header is invalid.`)
}

/** @throws S3Error BadDigest */
export function assertChecksum(declared: DeclaredChecksum, body: Buffer): void {
  if (computeChecksum(declared.algorithm, body) === declared.value) return
  throw new S3Error(
    'BadDigest',
    {},
    `The ${declared.algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
  )
}

/** `CRC32` -> `crc32`. @throws S3Error InvalidRequest for an unknown algorithm */
export function parseAlgorithm(name: string | undefined): ChecksumAlgorithm | undefined {
  if (name === undefined) return undefined
  const algorithm = CHECKSUM_ALGORITHMS.find((known) => known === name.toLowerCase())
  if (algorithm) return algorithm
  throw new S3Error(
    'InvalidRequest',
    {},
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]`,
  )
}

const CASTAGNOLI = 0x82f63b78
const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? CASTAGNOLI ^ (value >>> 1) : value >>> 1
  return value
})

function crc32c(body: Buffer): number {
  let value = 0xffffffff
  for (const byte of body) value = (TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)
  return ~value
}
