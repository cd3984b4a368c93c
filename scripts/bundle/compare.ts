import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from '../files.ts'

/** Sentences about every file that is missing, left over or different in `actual`; empty when the bytes are equal. */
export function compareFolders(wanted: string, actual: string): readonly string[] {
  const [want, got] = [listFiles(wanted, '.'), listFiles(actual, '.')]
  return [
    ...want.filter((file) => !got.includes(file)).map((file) => `${clean(file)} is missing`),
    ...got.filter((file) => !want.includes(file)).map((file) => `${clean(file)} is left over`),
    ...want
      .filter((file) => got.includes(file) && !sameBytes(join(wanted, file), join(actual, file)))
      .map((file) => `${clean(file)} differs`),
  ]
}

function sameBytes(a: string, b: string): boolean {
  return readFileSync(a).equals(readFileSync(b))
}

function clean(path: string): string {
  return path.replace(/^\.\//, '')
}
