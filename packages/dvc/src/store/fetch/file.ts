import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { createMd5Lanes, QUEUE, type RunningSum } from '../../md5/lanes.ts'

/** A file into which ranges come. */
export interface OpenFile {
  readonly fd: number
  /** Undefined where another thread hashes it. */
  readonly hash: RunningSum | undefined
  /** Bytes that the hash has seen. */
  hashed: number
}

/** Those of the files of this thread. */
const lanes = createMd5Lanes()
/** What is read again goes on from here at once to its hash, before anybody else has his turn. */
const piece = Buffer.allocUnsafeSlow(QUEUE)

/** Bytes of one write: as much as can lie in one piece of the disk's cache without asking for long stretches of free memory. */
const WRITE = 64 * 1024

export function openFile(path: string, isHashed: boolean): OpenFile {
  const fd = openSync(path, constants.O_RDWR | constants.O_NOFOLLOW)
  return { fd, hash: isHashed ? lanes.open() : undefined, hashed: 0 }
}

export function closeFile({ fd, hash }: OpenFile): void {
  hash?.close()
  closeSync(fd)
}

/** Hashes what is in the file already, as far as `to`; the others have their turn after each piece. */
export async function skipTo(file: OpenFile, to: number, isOpen: () => boolean): Promise<number> {
  while (file.hashed < to && isOpen()) {
    const read = readSync(file.fd, piece, 0, Math.min(QUEUE, to - file.hashed), file.hashed)
    if (read === 0) break
    file.hash?.update(piece.subarray(0, read))
    file.hashed += read
    await setImmediate()
  }
  return file.hashed
}

/** Writes bytes where they belong; the hash takes them where it has seen everything before. */
export function writeAt(file: OpenFile, position: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(file.fd, bytes, done, Math.min(WRITE, bytes.length - done), position + done)
  if (file.hashed !== position) return
  file.hash?.update(bytes)
  file.hashed += bytes.length
}
