import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes a file of all of its bytes, or none; what a killed run left there may be a link, or not writable. */
export function writeWhole(path: string, bytes: Buffer): void {
  try {
    writeFileSync(path, bytes, { flag: 'wx' })
  } catch {
    mkdirSync(dirname(path), { recursive: true })
    rmSync(path, { force: true })
    try {
      writeFileSync(path, bytes, { flag: 'wx' })
    } catch (error) {
      rmSync(path, { force: true })
      throw error
    }
  }
}
