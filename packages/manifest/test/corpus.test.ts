import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { applyPlan, type Change, decodeManifest, planEdits } from '../src/index.ts'

const CORPUS = join(import.meta.dirname, 'corpus')

interface Case {
  readonly file: string
  readonly changes: readonly Change[]
}

/** Manifests as they stand in repositories, with the bytes that have to come out, all written by hand. */
describe('exactly the value changes in', () => {
  const cases = readdirSync(CORPUS, { withFileTypes: true }).filter((entry) => entry.isDirectory())

  test.each(cases.map(({ name }) => name))('%s', (name) => {
    const read = (file: string): Buffer => readFileSync(join(CORPUS, name, file))
    const { file, changes }: Case = JSON.parse(read('changes.json').toString())
    const bump = (bytes: Buffer): Buffer =>
      Buffer.from(applyPlan(planEdits(decodeManifest(file, bytes), changes)))
    const edited = bump(read('given'))
    expect(edited.toString()).toBe(read('expected').toString())
    expect(edited).toEqual(read('expected'))
    expect(bump(edited)).toEqual(edited)
  })
})
