import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** A folder that only we may look into (mkdtemp gives it mode 0700), and that is gone when this process is. */
export interface PrivateFolder {
  readonly path: string
  close(): Promise<void>
}

const folders = new Set<string>()

/** A cancelled step may end before its `finally` has run. One listener for all: Node counts more than ten as a leak. */
function removeAll(): void {
  for (const path of folders) rmSync(path, { recursive: true, force: true })
}

/** @param below the folder that the runner empties after the job: for what even a KILL leaves behind */
export async function privateFolder(below: string): Promise<PrivateFolder> {
  await mkdir(below, { recursive: true })
  const path = await mkdtemp(join(below, 'buildkit-'))
  if (folders.size === 0) process.on('exit', removeAll)
  folders.add(path)
  return {
    path,
    async close() {
      await rm(path, { recursive: true, force: true, maxRetries: 3 })
      folders.delete(path)
      if (folders.size === 0) process.off('exit', removeAll)
    },
  }
}
