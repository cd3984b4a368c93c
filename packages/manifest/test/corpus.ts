import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Change } from '../src/index.ts'

/** A manifest as it stands in a repository, and the bytes that the changes have to leave, both written by hand. */
export interface CorpusCase {
  readonly name: string
  readonly file: string
  readonly changes: readonly Change[]
  readonly given: Buffer
  readonly expected: Buffer
}

const CORPUS = join(import.meta.dirname, 'corpus')

export function readCorpus(): CorpusCase[] {
  const folders = readdirSync(CORPUS, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return folders.map(({ name }) => {
    const read = (file: string): Buffer => readFileSync(join(CORPUS, name, file))
    return {
      name,
      ...JSON.parse(read('changes.json').toString()),
      given: read('given'),
      expected: read('expected'),
    }
  })
}
