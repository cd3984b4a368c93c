import { describe, expect, test } from '@jest/globals'
import { addWithLines, createMasker } from '../src/index.ts'

describe('the masker', () => {
  test.each([
    ['as it is', 'say hunter2!', 'say ***!'],
    ['twice', 'hunter2hunter2', '***'],
    ['in base64', Buffer.from('hunter2').toString('base64'), '***'],
    [
      'in base64 behind one byte',
      Buffer.from('u:hunter2').toString('base64'),
      expect.stringContaining('***'),
    ],
    ['nowhere', 'hunter', 'hunter'],
  ])('hides a secret %s', (_, text, masked) => {
    expect(createMasker(['hunter2']).mask(text)).toEqual(masked)
  })

  test('hides what JSON, a URL, XML and an expression make of it', () => {
    const masker = createMasker(['a "b" & \'c\'\nd'])
    for (const form of [
      JSON.stringify('a "b" & \'c\''),
      encodeURIComponent('a "b" & \'c\''),
      "a \"b\" & ''c''",
      'a &quot;b&quot; &amp; &apos;c&apos;',
    ]) {
      expect(masker.mask(form).replaceAll('"', '')).toBe('***')
    }
  })

  test('hides each line of a value of several lines', () => {
    const masker = createMasker()
    addWithLines(masker, 'first line\r\n  second line\n')
    expect(masker.mask('x second line x first line')).toBe('x *** x ***')
  })

  test('makes one mask of secrets that overlap', () => {
    expect(createMasker(['abcd', 'cdef']).mask('xabcdefx')).toBe('x***x')
  })
})
