import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonValue, Redactor } from '@mlops-actions/diagnostics'
import { prettyPieces } from './json-pieces.ts'

/** Path of a file below the runner's temporary folder that no other step uses; the folder is made. */
function keptFile(folder: string, action: string, what: string): string {
  mkdirSync(folder, { recursive: true })
  return join(folder, `${action}-${process.pid}-${what}.json`)
}

/** Where a value is kept whole. */
export interface Keeping {
  readonly action: string
  /** The runner's temporary folder. */
  readonly temp: string
  readonly redactor: Redactor
}

/** Writes a value as JSON into a file of its own, without secrets, piece by piece, and returns its path. */
export function keepJson(what: string, value: JsonValue, { action, temp, redactor }: Keeping): string {
  const path = keptFile(temp, action, what)
  const file = openSync(path, 'w', 0o600)
  try {
    for (const piece of prettyPieces(value)) writeAll(file, redactor.redact(piece))
    writeAll(file, '\n')
    return path
  } finally {
    closeSync(file)
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}
