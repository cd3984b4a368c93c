import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { applyPlan, type Change, decodeManifest, planEdits } from '../src/index.ts'
import { readCorpus } from './corpus.ts'

const CASES = readCorpus()

function bump(file: string, bytes: Uint8Array, changes: readonly Change[]): Buffer {
  return Buffer.from(applyPlan(planEdits(decodeManifest(file, bytes), changes)))
}

describe('exactly the value changes in', () => {
  test.each(CASES)('$name', ({ file, changes, given, expected }) => {
    const edited = bump(file, given, changes)
    expect(edited.toString()).toBe(expected.toString())
    expect(edited).toEqual(expected)
    expect(bump(file, edited, changes)).toEqual(edited)
  })
})

const DAMAGE = [
  '\n',
  ' ',
  '- ',
  ': ',
  '{',
  ']',
  ',',
  '&a ',
  '*a',
  '<<: *a',
  '|',
  '"',
  "'",
  '#',
  '!!str ',
  '!x ',
]
const RARE = [
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  '\t',
  '? ',
  '\u2028',
  '\ufeff',
  '\r',
  '~',
  '{{ x }}',
  '\\',
  'a: b\n',
]

test('whatever is damaged in a manifest, it is refused by a rule, or edited so that a second run changes nothing', () => {
  const damage = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...DAMAGE, ...RARE, ''))
  fc.assert(
    fc.property(
      fc.constantFrom(...CASES),
      fc.array(damage, { minLength: 1, maxLength: 3 }),
      (one, damages) => {
        const text = damages.reduce((whole, [where, what]) => {
          const at = Math.floor(where * whole.length)
          return whole.slice(0, at) + what + whole.slice(what === '' ? at + 3 : at)
        }, one.given.toString())
        try {
          const edited = bump(one.file, Buffer.from(text), one.changes)
          expect(bump(one.file, edited, one.changes)).toEqual(edited)
        } catch (error) {
          if (!/^MANIFEST_/.test(String(Reflect.get(Object(error), 'code')))) throw error
        }
      },
    ),
    { numRuns: 200 },
  )
})
