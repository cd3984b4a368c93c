import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type ObjectBody, readBody } from './bodies.ts'
import { createCrc32c, createCrc64Nvme } from './crc.ts'
import { S3Error } from './errors.ts'

export const CHECKSUM_ALGORITHMS = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number]
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE'

export interface DeclaredChecksum {
  readonly algorithm: ChecksumAlgorithm
  /** Base64. */
  readonly value: string
}

const LENGTHS: Readonly<Record<ChecksumAlgorithm, number>> = {
  crc32: 4,
  crc32c: 4,
  crc64nvme: 8,
  sha1: 20,
  sha256: 32,
}

/** A checksum under way. */
export interface RunningChecksum {
  update(piece: Buffer): void
  digest(): Buffer
}

export function startChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  switch (algorithm) {
    case 'crc32':
      return startCrc32()
    case 'crc32c':
      return createCrc32c()
    case 'crc64nvme':
      return createCrc64Nvme()
    default:
      return startHash(algorithm)
  }
}

function startCrc32(): RunningChecksum {
  let value = 0
  return {
    update: (piece) => {
      value = crc32(piece, value)
    },
    digest: () => {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(value >>> 0)
      return bytes
    },
  }
}

function startHash(name: string): RunningChecksum {
  const hash = createHash(name)
  return { update: (piece) => void hash.update(piece), digest: () => hash.digest() }
}

/** Base64 of the checksum of a whole body. */
export async function checksumOf(algorithm: ChecksumAlgorithm, body: ObjectBody): Promise<string> {
  const running = startChecksum(algorithm)
  for await (const piece of readBody(body)) running.update(piece)
  return running.digest().toString('base64')
}

/** MD5 of a whole body, hexadecimal. */
export async function md5Of(body: ObjectBody): Promise<string> {
  const running = startHash('md5')
  for await (const piece of readBody(body)) running.update(piece)
  return running.digest().toString('hex')
}

/**
 * The checksum that a request states in these headers or trailers.
 * @throws S3Error InvalidRequest for more than one or a malformed one
 */
export function declaredChecksum(given: Readonly<Record<string, string>>): DeclaredChecksum | undefined {
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
export function assertChecksum({ algorithm, value }: DeclaredChecksum, computed: string): void {
  if (computed === value) return
  throw new S3Error(
    'BadDigest',
    {},
    `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
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
