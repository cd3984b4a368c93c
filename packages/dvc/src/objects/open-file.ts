import { hash as hashAtOnce } from 'node:crypto'
import { closeSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import { createMd5Lanes, QUEUE, type RunningSum } from '../md5/lanes.ts'
import { asHashed, PIECE } from './dos2unix.ts'
import type { FileToHash, HashAnswer, HashedFile, PartSum } from './hash-job.ts'
import { fill, openFile } from './read-now.ts'

/** A file that is read once, from start to end, and hashed on the way. */
export interface OpenFile extends HashedFile {
  /** The next bytes, as many as the buffer holds unless the file ends, and their sum. */
  read(buffer: Buffer, sum: PartSum): Promise<{ readonly length: number; readonly sum?: string }>
  /** Goes on as far as `to` or the end of the file, without giving the bytes away. */
  skip(to: number): Promise<void>
  close(): void
}

// Files of one thread go side by side. The piece is not from the pool that Buffer shares: it is as large as this thread ever
// needs, and used again for every file; nobody else has his turn between its reading and its hashing.
const lanes = createMd5Lanes()
const piece = Buffer.allocUnsafeSlow(PIECE)

/** After each piece the others have their turn, so that the lanes are full when they are hashed. */
function giveWay(): Promise<void> | undefined {
  return lanes.count > 1 ? setImmediate() : undefined
}

/** @throws what the file system says */
export function openHashed(
  { path, name }: FileToHash,
  { fd, size: length } = openFile(path),
): OpenFile & { readonly length: number } {
  const md5 = lanes.open()
  // The hash of DVC 2 depends on where pieces end.
  const most = name === 'md5' ? QUEUE : PIECE
  let size = 0
  const take = (bytes: Buffer): void => {
    md5.update(asHashed(bytes, name))
    size += bytes.length
  }
  return {
    length,
    get size() {
      return size
    },
    get md5() {
      return md5.digest()
    },
    read: async (buffer, kind) => {
      const sum = openSum(kind)
      try {
        let length = 0
        while (length < buffer.length) {
          const part = buffer.subarray(length, length + most)
          const read = fill(fd, part)
          take(part.subarray(0, read))
          sum?.update(part.subarray(0, read))
          length += read
          if (read < part.length) break
          await giveWay()
        }
        return { length, ...(sum === undefined ? {} : { sum: sum.digest() }) }
      } finally {
        sum?.close()
      }
    },
    skip: async (to) => {
      while (size < to) {
        const read = fill(fd, piece.subarray(0, Math.min(most, to - size)))
        take(piece.subarray(0, read))
        if (read === 0) break
        await giveWay()
      }
    },
    close: () => {
      md5.close()
      closeSync(fd)
    },
  }
}

/** The hash of a whole file; a small one is not worth a lane. */
export async function hashWholeFile(file: FileToHash): Promise<HashedFile> {
  const opened = openFile(file.path)
  if (opened.size >= PIECE) return hashLarge(openHashed(file, opened))
  return hashSmall(file, opened.fd) ?? hashLarge(openHashed(file))
}

/** Reads a whole file and hashes it beside others. `size` is more than `length` where it does not fit. */
export async function loadLarge(file: FileToHash, bytes: ArrayBuffer): Promise<HashAnswer> {
  const open = openHashed(file)
  try {
    const { length } = await open.read(Buffer.from(bytes), 'none')
    const { md5 } = open
    await open.skip(length + 1)
    return { bytes, length, md5, sum: md5, size: open.size }
  } finally {
    open.close()
  }
}

/** @returns undefined where it has become larger meanwhile */
function hashSmall({ name }: FileToHash, fd: number): HashedFile | undefined {
  try {
    const size = fill(fd, piece)
    return size < PIECE
      ? { md5: hashAtOnce('md5', asHashed(piece.subarray(0, size), name)), size }
      : undefined
  } finally {
    closeSync(fd)
  }
}

async function hashLarge(file: OpenFile): Promise<HashedFile> {
  try {
    await file.skip(Number.POSITIVE_INFINITY)
    return { md5: file.md5, size: file.size }
  } finally {
    file.close()
  }
}

function openSum(kind: PartSum): RunningSum | undefined {
  if (kind === 'none') return undefined
  return kind === 'md5' ? lanes.open() : openCrc32()
}

/** As S3 writes it: Base64 of the big-endian value. */
function openCrc32(): RunningSum {
  let value = 0
  return {
    update: (bytes) => {
      value = crc32(bytes, value)
    },
    digest: () => {
      const bytes = Buffer.allocUnsafe(4)
      bytes.writeUInt32BE(value)
      return bytes.toString('base64')
    },
    close: () => {},
  }
}
