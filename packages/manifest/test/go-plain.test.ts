import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { isNumberToGo } from '../src/edit/go-plain.ts'
import { formatScalar } from '../src/edit/scalar.ts'

/** Made by the real reader, see test/go/main.go. */
const MADE: { isText: Record<string, boolean> } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'go/plain.json'), 'utf8'),
)
const values = Object.entries(MADE.isText)

test.each(values.filter(([, isText]) => !isText))(
  '%j is quoted: go-yaml takes it for something else',
  (value) => {
    expect(formatScalar(value, false)).toBe(JSON.stringify(value))
  },
)

test('what is taken for a number is one to go-yaml, but for what is too large for it or starts with _', () => {
  const numbers = values.filter(([value]) => isNumberToGo(value))
  expect(numbers.length).toBeGreaterThan(30)
  const texts = numbers.flatMap(([value, isText]) => (isText ? [value] : []))
  expect(texts).toEqual(['0xffffffffffffffffff', '12e4567', '1e999', '_0x1f', '_1'])
})
