import { chmodSync, cpSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Copies a folder so that its owner may write to the copy, however the original is protected. */
export function copyWritable(from: string, to: string, filter: (path: string) => boolean): void {
  cpSync(from, to, { recursive: true, filter: (path) => filter(path) })
  // Its own folder first: what cannot be entered cannot be read either.
  allowOwner(to)
  for (const entry of readdirSync(to, { recursive: true, encoding: 'utf8' })) allowOwner(join(to, entry))
}

function allowOwner(path: string): void {
  chmodSync(path, statSync(path).mode | 0o200)
}
