import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
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

/** How programs write a text that they quote, log or send on; each by the rules of the program named. */
const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 behind one byte': (text) => Buffer.from(`u${text}`).toString('base64'),
  'base64 behind two bytes': (text) => Buffer.from(`us${text}`).toString('base64'),
  'base64 between others': (text) => Buffer.from(`user:${text}:more`).toString('base64'),
  'base64 for URLs': (text) => Buffer.from(text).toString('base64url'),
  'base64 for URLs between others': (text) => Buffer.from(`{"k":"${text}"}`).toString('base64url'),
  'base64 in lines of 76 (base64(1), MIME)': (text) =>
    Buffer.from(`${'x'.repeat(50)}${text}`)
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n'),
  'base64 in short lines with an indent': (text) =>
    Buffer.from(text).toString('base64').replace(/.{9}/g, '$&\n    '),
  hex: (text) => Buffer.from(text).toString('hex'),
  HEX: (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'a component of a URL': encodeURIComponent,
  'a URL by RFC 3986': strictly,
  'a URL with small hex digits': (text) => strictly(text).replace(/%../g, (code) => code.toLowerCase()),
  'a form': (text) => strictly(text).replaceAll('%20', '+'),
  'every byte percent-encoded': (text) =>
    Buffer.from(text).toString('hex').replace(/../g, '%$&').toUpperCase(),
  'every byte percent-encoded in small letters': (text) =>
    Buffer.from(text).toString('hex').replace(/../g, '%$&'),
  'twice encoded for a URL': (text) => encodeURIComponent(encodeURIComponent(text)),
  JSON: (text) => JSON.stringify(text),
  'JSON in JSON': (text) => JSON.stringify(JSON.stringify(text)),
  'JSON of Go': (text) =>
    JSON.stringify(text).replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`),
  'JSON of PHP': (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  'HTML of Go': (text) => entities(text, { '"': '&#34;', "'": '&#39;' }),
  XML: (text) => entities(text, { '"': '&quot;', "'": '&apos;' }),
  'HTML of Python': (text) => entities(text, { '"': '&quot;', "'": '&#x27;' }),
  'a word of a shell': (text) => `'${text.replaceAll("'", "'\\''")}'`,
  'repr of Python': (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
  'broken into lines': (text) => text.replace(/.{7}/gs, '$&\n'),
  'broken into lines with blanks around': (text) => text.replace(/.{7}/gs, '$& \r\n\t'),
  'broken into lines of a table of Markdown': (text) => text.replace(/.{7}/gs, '$&<br>'),
  'broken into lines that were joined again': (text) => text.replace(/.{7}/gs, '$&  '),
  'parted by zero-width spaces': (text) => text.replace(/.{3}/gs, '$&\u200b'),
  'parted by soft hyphens': (text) => text.replace(/.{3}/gs, '$&\u00ad'),
  'parted by word joiners and selectors': (text) => text.replace(/.{3}/gs, '$&\u2060\ufe0f'),
  'parted by NUL and backspace': (text) => text.replace(/.{3}/gs, '$&\u0000\b'),
}

/** RFC 3986, 2.3: all but the unreserved characters. */
function strictly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function entities(text: string, quotes: Readonly<Record<string, string>>): string {
  const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', ...quotes }
  return text.replace(/[&<>"']/g, (char) => named[char] ?? char)
}

describe('a secret is hidden where somebody writes it as', () => {
  const printable = fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 12,
    maxLength: 48,
  })

  test.each(Object.entries(ENCODINGS))('%s', (_name, encode) => {
    fc.assert(
      fc.property(printable, (secret) => {
        const redactor = createRedactor()
        redactor.add(secret)
        const written = encode(secret)
        const shown = redactor.redact(`before ${written} after`)
        expect(shown).toMatch(/^before .*after$/s)
        expect(shown).toContain('***')
        // What is left: what stands around every secret, and the few characters that base64 shares with it.
        const left = shown.replaceAll('***', '').length - 'before  after'.length
        expect(left).toBeLessThanOrEqual(encode('').length + 8)
      }),
      { numRuns: 60 },
    )
  })
})

describe('half a secret is hidden', () => {
  const redactor = createRedactor()
  redactor.add('ghs_16C7e42F292c6912E7710c838347Ae178B4a')

  test('where a text is cut behind its beginning', () => {
    expect(redactor.redact('"token ghs_16C7e42F292c69…"')).toBe('"token ***…"')
    expect(redactor.redact('the token ghs_16C7e42F292c69')).toBe('the token ***')
    expect(redactor.redact('token ghs_16C7e42F292c69… (812 more)')).toBe('token ***… (812 more)')
  })

  test('where a text begins in the middle of it', () => {
    expect(redactor.redact('7710c838347Ae178B4a is the token')).toBe('*** is the token')
  })

  test('where two lines that are printed one after the other part it', () => {
    expect(redactor.redact('got ghs_16C7e42F292c69')).toBe('got ***')
    expect(redactor.redact('12E7710c838347Ae178B4a')).toBe('***')
  })

  test('wherever a piece of it ends like a word', () => {
    expect(redactor.redact('token ghs_16C7e42F292c69... refused')).toBe('token ***... refused')
    expect(redactor.redact('(7710c838347Ae178B4a)')).toBe('(***)')
  })

  test('but neither so little of it, nor a longer word that begins or ends like it', () => {
    for (const text of ['words that begin with ghs_16C', 'ghs_16C7e42F292cX', 'X7710c838347Ae178B4a'])
      expect(redactor.redact(text)).toBe(text)
  })
})

test('figures that make a short secret together are none', () => {
  const redactor = createRedactor()
  redactor.add('102030')
  expect(redactor.redact('10 20 30 and 102030')).toBe('10 20 30 and ***')
})

test('what is not secret stays as it is, whatever stands in it', () => {
  const redactor = createRedactor()
  redactor.add('s3cr3t/"k+y=')
  const text = 'one\r\n two\u200b \u0007three… é 🎉\n'
  expect(redactor.redact(text)).toBe(text)
  expect(redactor.redact(`${text}s3cr3t/"k+y=${text}`)).toBe(`${text}***${text}`)
})
