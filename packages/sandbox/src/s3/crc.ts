/** A checksum that grows with what is fed to it. */
export interface Crc {
  update(piece: Buffer): void
  /** Big-endian, as S3 writes it. */
  digest(): Buffer
}

const CASTAGNOLI = 0x82f63b78
const CRC32C = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? CASTAGNOLI ^ (value >>> 1) : value >>> 1
  return value
})

/** RFC 3720, appendix B.4. */
export function createCrc32c(): Crc {
  let value = 0xffffffff
  return {
    update: (piece) => {
      for (const byte of piece) value = (CRC32C[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)
    },
    digest: () => {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(~value >>> 0)
      return bytes
    },
  }
}

/** CRC-64/NVME (NVM Express base specification, "64b CRC"), reflected, in two halves: BigInt would be too slow. */
const NVME = { high: 0x9a6c9329, low: 0xac4bc9b5 }
const HIGH = new Uint32Array(256)
const LOW = new Uint32Array(256)
for (let index = 0; index < 256; index += 1) {
  let [high, low] = [0, index]
  for (let bit = 0; bit < 8; bit += 1) {
    const odd = (low & 1) === 1
    low = ((low >>> 1) | (high << 31)) >>> 0
    high >>>= 1
    if (odd) [high, low] = [(high ^ NVME.high) >>> 0, (low ^ NVME.low) >>> 0]
  }
  HIGH[index] = high
  LOW[index] = low
}

export function createCrc64Nvme(): Crc {
  let [high, low] = [0xffffffff, 0xffffffff]
  return {
    update: (piece) => {
      for (const byte of piece) {
        const index = (low ^ byte) & 0xff
        low = ((low >>> 8) | (high << 24)) ^ (LOW[index] ?? 0)
        high = (high >>> 8) ^ (HIGH[index] ?? 0)
      }
    },
    digest: () => {
      const bytes = Buffer.alloc(8)
      bytes.writeUInt32BE(~high >>> 0, 0)
      bytes.writeUInt32BE(~low >>> 0, 4)
      return bytes
    },
  }
}
