import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure } from '@mlops-actions/diagnostics'
import { formatSize } from '@mlops-actions/text'

/** Bytes that a folder will take. */
export interface Demand {
  readonly folder: string
  readonly bytes: number
}

/** Left free on purpose: a disk that is full to the last byte breaks everything else that runs there. */
const RESERVE = 64 * 2 ** 20

/** What a step says that does not begin. */
export interface Refusal {
  /** What has not been done, as the end of a sentence. */
  readonly undone: string
  /** What makes it fit, besides a larger disk. */
  readonly next: string
}

/**
 * Refuses what cannot fit, before its first byte. Folders on one disk share its space.
 * @throws Failure `quota` with what is needed and what is there
 */
export async function assertSpace(demands: readonly Demand[], { undone, next }: Refusal): Promise<void> {
  const byDisk = new Map<number, { folder: string; bytes: number }>()
  for (const { folder, bytes } of demands) {
    const there = await existing(folder)
    const { dev } = await stat(there)
    byDisk.set(dev, { folder: there, bytes: (byDisk.get(dev)?.bytes ?? 0) + bytes })
  }
  for (const { folder, bytes } of byDisk.values()) {
    const { bavail, bsize } = await statfs(folder)
    const free = bavail * bsize
    if (bytes === 0 || bytes + RESERVE <= free) continue
    throw new Failure({
      kind: 'quota',
      code: 'DISK_FULL',
      what: 'The data does not fit onto the disk',
      on: folder,
      seen: `it takes ${formatSize(bytes)}, ${formatSize(RESERVE)} have to stay free, and ${formatSize(free)} are free; ${undone}`,
      next: `${next}, or use a runner with a larger disk`,
    })
  }
}

async function existing(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => undefined)
  return found === undefined && dirname(folder) !== folder ? existing(dirname(folder)) : folder
}
