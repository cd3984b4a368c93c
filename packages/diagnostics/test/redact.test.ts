import { expect, test } from '@jest/globals'
import { createRedactor, secretForms } from '../src/index.ts'

const PEM =
  '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n-----END PRIVATE KEY-----'

test('hides a secret in every form in which it travels', () => {
  const redactor = createRedactor()
  redactor.add('s3cr3t/"k+y=')
  for (const form of [
    's3cr3t/"k+y=',
    Buffer.from('s3cr3t/"k+y=').toString('base64'),
    encodeURIComponent('s3cr3t/"k+y='),
    JSON.stringify('s3cr3t/"k+y='),
  ]) {
    const shown = redactor.redact(`before ${form} after`)
    expect(shown).toMatch(/^before "?\*\*\*"? after$/)
  }
})

test('hides each line of a key, but not its frame', () => {
  const redactor = createRedactor()
  redactor.add(PEM)
  expect(redactor.redact('got MIIEvQIBADANBgkqhkiG9w0B!')).toBe('got ***!')
  expect(redactor.redact('-----BEGIN PRIVATE KEY-----')).toBe('-----BEGIN PRIVATE KEY-----')
})

test.each(['', 'a', '12345', 'token', 'Password'])('%j is too short or too common to hide', (value) => {
  expect(secretForms(value)).toEqual([])
})

test('hides the longer of two secrets that overlap', () => {
  const redactor = createRedactor()
  redactor.add('abcdef')
  redactor.add('abcdefghij')
  expect(redactor.redact('abcdefghij')).toBe('***')
})

test('says only once what must be hidden', () => {
  const redactor = createRedactor()
  expect(redactor.add('abcdefgh').length).toBeGreaterThan(0)
  expect(redactor.add('abcdefgh')).toEqual([])
})
