import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseObjectName } from '../src/values.ts'

/** As RFC 1123 says it: labels of letters, digits and dashes, none of which begins or ends with a dash. */
function isSubdomain(text: string): boolean {
  const isLabel = (label: string): boolean =>
    label !== '' &&
    !label.startsWith('-') &&
    !label.endsWith('-') &&
    [...label].every((character) => 'abcdefghijklmnopqrstuvwxyz0123456789-'.includes(character))
  return text.length <= 253 && text.split('.').every(isLabel)
}

function isName(text: string): boolean {
  try {
    return parseObjectName(text) === text
  } catch {
    return false
  }
}

test('the name of an object is what RFC 1123 calls a subdomain, and nothing else', () => {
  const near = fc.string({ unit: fc.constantFrom(...'az09-.A_/ \n'), maxLength: 8 })
  const long = fc.integer({ min: 250, max: 256 }).map((length) => 'a'.repeat(length))
  fc.assert(
    fc.property(fc.oneof({ arbitrary: near, weight: 9 }, long, fc.string()), (text) => {
      expect(isName(text)).toBe(isSubdomain(text))
    }),
    { numRuns: 1_000 },
  )
})
