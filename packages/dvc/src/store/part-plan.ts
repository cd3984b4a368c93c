/** Bytes; S3's own limits are 5 MiB for a part and 10,000 parts. */
export interface UploadSizes {
  /** From this size on an object is sent in parts. */
  readonly multipartThreshold: number
  readonly partSize: number
}

export const DEFAULT_SIZES: UploadSizes = { multipartThreshold: 16 * 2 ** 20, partSize: 8 * 2 ** 20 }

const MAX_PARTS = 10_000
const MIB = 2 ** 20

/** One part of an object: `number` counts from 1. */
export interface PartPlan {
  readonly number: number
  /** Bytes. */
  readonly length: number
}

/**
 * Pure: how large the parts of an object are. Whole MiB, since the hash of DVC 2 is taken of pieces of 1 MiB; the same size
 * gives the same parts, so that a later run can go on with what an earlier one has sent.
 */
export function partSizeFor(size: number, { partSize }: Pick<UploadSizes, 'partSize'>): number {
  const least = Math.ceil(size / MAX_PARTS)
  return least <= partSize ? partSize : Math.ceil(least / MIB) * MIB
}

/** Pure: the parts of an object, the last of which holds what is left. */
export function planParts(size: number, partSize: number): readonly PartPlan[] {
  return Array.from({ length: Math.ceil(size / partSize) }, (_, at) => ({
    number: at + 1,
    length: Math.min(partSize, size - at * partSize),
  }))
}

/** A part as the server lists it. */
export interface StoredPart {
  readonly number: number
  readonly size: number
  /** Without quotes. */
  readonly etag: string
  /** Base64. */
  readonly crc32: string | undefined
}

/** Pure: whether what an earlier run has sent are parts of this plan. */
export function fitsPlan(stored: readonly StoredPart[], plan: readonly PartPlan[]): boolean {
  return stored.every(({ number, size }) => plan[number - 1]?.length === size)
}
