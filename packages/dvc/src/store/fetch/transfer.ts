import { hash as hashAtOnce } from 'node:crypto'
import { writeWhole } from '../../objects/write-whole.ts'
import { type OpenFile, writeAt } from './file.ts'
import type { FetchAnswer, FetchRequest, SmallFile } from './job.ts'
import type { Head } from './response-head.ts'

/** One range on its way. */
export interface Transfer {
  /** Where the bytes go as they come, or the file that they become. */
  readonly to: OpenFile | SmallFile
  readonly request: FetchRequest
  readonly resolve: (answer: FetchAnswer) => void
  /** Told of bytes of a large object as they are written. */
  readonly onBytes: (bytes: number) => void
  /** Undefined until the head of the answer has come and is right. */
  head: Head | undefined
  got: number
  told: number
  deadline: NodeJS.Timeout | undefined
}

/** Bytes between two reports. */
const REPORT = 2 ** 20

/** @returns whether they may be what they should; of a large object the hash will tell. */
export function keep(transfer: Transfer, bytes: Buffer): boolean {
  const { to, request } = transfer
  if (!isSmall(to)) {
    append(transfer, to, bytes)
    return true
  }
  if (bytes.length !== request.wanted.length || hashAtOnce('md5', bytes) !== to.md5) return false
  writeWhole(to.path, bytes)
  transfer.got = bytes.length
  return true
}

export function isSmall(to: Transfer['to']): to is SmallFile {
  return 'path' in to
}

function append(transfer: Transfer, file: OpenFile, bytes: Buffer): void {
  writeAt(file, transfer.request.wanted.start + transfer.got, bytes)
  transfer.got += bytes.length
  if (transfer.got - transfer.told >= REPORT) report(transfer)
}

/** Tells of the bytes that have come since the last time. */
export function report(transfer: Transfer): void {
  transfer.onBytes(transfer.got - transfer.told)
  transfer.told = transfer.got
}
