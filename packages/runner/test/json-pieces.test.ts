import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { jsonPieces, prettyPieces } from '../src/json-pieces.ts'

test('the pieces of a value make the JSON that it is as a whole', () => {
  const leaf = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null))
  const item = fc.oneof(
    leaf,
    fc.array(leaf, { maxLength: 3 }),
    fc.dictionary(fc.string(), leaf, { maxKeys: 3 }),
  )
  const list = fc.array(item, { maxLength: 9 })
  const value = fc.oneof(leaf, list, fc.dictionary(fc.string(), fc.oneof(item, list, fc.constant(undefined))))
  fc.assert(
    fc.property(value, fc.integer({ min: 1, max: 4 }), (given, group) => {
      expect([...jsonPieces(given, group)].join('')).toBe(JSON.stringify(given))
      expect([...prettyPieces(given, group)].join('')).toBe(JSON.stringify(given, undefined, 2))
    }),
  )
})

test('a long list is never one piece, and no item is in two', () => {
  const files = Array.from({ length: 100 }, (_, at) => ({ path: `file-${at}` }))
  const pieces = [...prettyPieces({ verdict: 'pushed', files, problems: [] }, 10)]
  expect(pieces).toHaveLength(10)
  for (const [at, piece] of pieces.entries())
    expect(piece.match(/file-\d+/g)).toEqual(files.slice(at * 10, at * 10 + 10).map(({ path }) => path))
})
