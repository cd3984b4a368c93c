import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DiscardedBody, FileBody, type ObjectBody } from './bodies.ts'

/** Where bodies go while they arrive. */
export interface BodyStore {
  /** False: bodies are neither kept nor looked at, for measuring how fast somebody sends. */
  readonly digests: boolean
  create(): Promise<BodyWriter>
  close(): Promise<void>
}

export interface BodyWriter {
  write(piece: Buffer): Promise<void> | void
  finish(): Promise<ObjectBody>
  /** Nothing of it is to stay. */
  abandon(): Promise<void>
}

/**
 * - `memory`: for tests
 * - `disk`: in a directory of this server alone, which goes when it closes; overwritten objects stay until then
 * - `discard`: counted and thrown away: no digest is checked, an ETag is the Content-MD5 that was stated, and what was
 *   sent cannot be read
 */
export type BodyMode = 'memory' | 'disk' | 'discard'

export function createBodyStore(mode: BodyMode): BodyStore {
  if (mode === 'disk') return createDiskStore()
  return {
    digests: mode === 'memory',
    create: async () => (mode === 'memory' ? memoryWriter() : discardingWriter()),
    close: async () => {},
  }
}

function memoryWriter(): BodyWriter {
  const pieces: Buffer[] = []
  return {
    write: (piece) => {
      pieces.push(piece)
    },
    finish: async () => Buffer.concat(pieces),
    abandon: async () => {},
  }
}

function discardingWriter(): BodyWriter {
  let length = 0
  return {
    write: (piece) => {
      length += piece.length
    },
    finish: async () => new DiscardedBody(length),
    abandon: async () => {},
  }
}

function createDiskStore(): BodyStore {
  let directory: Promise<string> | undefined
  let count = 0
  return {
    digests: true,
    create: async () => {
      directory ??= mkdtemp(join(tmpdir(), 'sandbox-s3-'))
      count += 1
      return fileWriter(join(await directory, String(count)))
    },
    close: async () => {
      if (directory) await rm(await directory, { recursive: true, force: true })
    },
  }
}

const BATCH = 1024 * 1024

async function fileWriter(path: string): Promise<BodyWriter> {
  const file = await open(path, 'w')
  let [length, held] = [0, 0]
  let pieces: Buffer[] = []
  const flush = async (): Promise<void> => {
    const batch = Buffer.concat(pieces)
    pieces = []
    held = 0
    await file.write(batch)
  }
  return {
    write: (piece) => {
      pieces.push(piece)
      length += piece.length
      held += piece.length
      return held < BATCH ? undefined : flush()
    },
    finish: async () => {
      await flush()
      await file.close()
      return new FileBody(path, length)
    },
    abandon: async () => {
      await file.close()
      await rm(path, { force: true })
    },
  }
}
