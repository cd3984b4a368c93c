import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** Path of a file below the runner's temporary folder that no other step uses; the folder is made. */
export function keptFile(folder: string, action: string, what: string): string {
  mkdirSync(folder, { recursive: true })
  return join(folder, `${action}-${process.pid}-${what}.json`)
}
