import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  Expected,
  formatCount,
  formatDuration,
  formatSize,
  nearestName,
  parseAwsRegion,
  parseBoolean,
  parseDuration,
  parseEnum,
  parseHeaders,
  parseHttpUrl,
  parseInteger,
  parseKeyValues,
  parseLines,
  parseList,
  parseNumber,
  parseSize,
  parseStoreRegion,
} from '../src/index.ts'

function want(parse: () => unknown): string {
  try {
    parse()
  } catch (error) {
    if (error instanceof Expected) return error.want
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('regions', () => {
  test.each([
    'us-east-1',
    'ap-southeast-7',
    'il-central-1',
    'cn-north-1',
    'us-gov-west-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'eu-isoe-west-1',
    'eusc-de-east-1',
  ])('of AWS: %s', (region) => {
    expect([parseAwsRegion(region), parseStoreRegion(region)]).toEqual([region, region])
  })

  test.each(['auto', 'fr-par', 'garage', 'gra'])('of another server that speaks S3: %s', (region) => {
    expect(parseStoreRegion(region)).toBe(region)
    expect(want(() => parseAwsRegion(region))).toBe('a region of AWS, such as eu-west-1')
  })

  test.each(['Europe', '', 'eu west-1', 'eu-west-1.evil.example/', 'a@b/x', '-x', 'x-', 'x'.repeat(41)])(
    'are not %j',
    (text) => {
      expect(() => parseAwsRegion(text)).toThrow(Expected)
      expect(() => parseStoreRegion(text)).toThrow(Expected)
    },
  )
})

describe('durations', () => {
  test.each([
    ['90s', 90_000],
    ['10m', 600_000],
    ['1h30m', 5_400_000],
    ['500ms', 500],
    ['1.5h', 5_400_000],
    ['7d', 604_800_000],
    ['0', 0],
    ['0s', 0],
  ])('%s is %i ms', (text, ms) => expect(parseDuration(text)).toBe(ms))

  test.each([
    '',
    '10',
    '10 m',
    '-5s',
    '5x',
    'm',
    '1h 30m',
    '1e3s',
    '∞',
    '10M',
    's5',
    '5m5m',
    '30m1h',
    '1h\n30m',
    '٣s',
  ])('%j is refused', (text) => {
    expect(want(() => parseDuration(text))).toBe('a duration such as 90s, 10m or 1h30m')
  })

  test.each([
    [400, '0.4 s'],
    [9_949, '9.9 s'],
    [12_400, '12 s'],
    [372_000, '6 min 12 s'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 min'],
  ])('%i ms reads %s', (ms, text) => expect(formatDuration(ms)).toBe(text))
})

describe('sizes', () => {
  test.each([
    ['8MiB', 8_388_608],
    ['1.5GB', 1_500_000_000],
    ['512B', 512],
    ['10 kB', 10_000],
  ])('%s is %i bytes', (text, bytes) => expect(parseSize(text)).toBe(bytes))

  test.each([
    '8',
    '8mb',
    'MiB',
    '-1MB',
    '1e3MB',
    '9999999999TiB',
    '8\nMiB',
    '8\tMiB',
    '8\u00a0MiB',
    '8  MiB',
    '8MiB\n',
    '８MiB',
  ])('%j is refused', (text) => {
    expect(want(() => parseSize(text))).toContain('a size such as')
  })

  test('bytes are shown as storage is sold', () => {
    expect([999, 18_200_000, 2_500, 1_230_000_000, 999_960, 999_960_000].map(formatSize)).toEqual([
      '999 B',
      '18.2 MB',
      '2.5 kB',
      '1.23 GB',
      '1.0 MB',
      '1.00 GB',
    ])
  })
})

describe('scalars', () => {
  test('a typo is no boolean', () => {
    expect(parseBoolean('true')).toBe(true)
    expect(parseBoolean('False')).toBe(false)
    for (const text of ['yes', 'on', '1', 'ture', 'tRue', ''])
      expect(want(() => parseBoolean(text))).toBe('true or false')
  })

  test('integers keep to their range and their form', () => {
    expect(parseInteger('42', { min: 1 })).toBe(42)
    expect(parseInteger('-3')).toBe(-3)
    for (const text of ['007', '+1', '1.0', '1e3', '0x10', '9007199254740993', ''])
      expect(() => parseInteger(text)).toThrow(Expected)
    expect(want(() => parseInteger('0', { min: 1, max: 9 }))).toBe('an integer from 1 to 9')
    expect(want(() => parseInteger('0', { min: 1 }))).toBe('an integer of at least 1')
    expect(want(() => parseInteger('3', { max: 2 }))).toBe('an integer of at most 2')
  })

  test('numbers are finite', () => {
    expect(parseNumber('0.95')).toBe(0.95)
    expect(parseNumber('-1e-3')).toBe(-0.001)
    for (const text of ['NaN', 'Infinity', '1e999', '.5', '5.', '1,5'])
      expect(() => parseNumber(text)).toThrow(Expected)
  })

  test('a word outside of the list is refused with the list', () => {
    expect(parseEnum('api', ['git', 'api'])).toBe('api')
    expect(want(() => parseEnum('API', ['git', 'api']))).toBe('one of git, api')
  })
})

describe('lists and pairs', () => {
  test('items are separated by new lines or commas', () => {
    expect(parseList(' a, b\n\n c ,')).toEqual(['a', 'b', 'c'])
    expect(parseLines('a, b\r\n# why\n\n c')).toEqual(['a, b', 'c'])
  })

  test('lines end at any line end, and only ASCII white space around an item does not count', () => {
    expect(parseLines('a\rb\r\nc\n\td ')).toEqual(['a', 'b', 'c', 'd'])
    expect(parseList('a\rb,\u00a0c\u00a0')).toEqual(['a', 'b', '\u00a0c\u00a0'])
    expect([...parseKeyValues('A = \u00a01 \rB=2')]).toEqual([['A', '\u00a01'], ['B', '2']]) // biome-ignore format: a table
  })

  test('a value may contain the separator, a key stands once', () => {
    expect([...parseKeyValues('A=1\nB=x=y\nC=')]).toEqual([['A', '1'], ['B', 'x=y'], ['C', '']]) // biome-ignore format: a table
    expect(want(() => parseKeyValues('A=1\nA=2'))).toContain('A stands twice')
    expect(want(() => parseKeyValues('=1'))).toBe('lines of key=value')
    expect(want(() => parseKeyValues('novalue'))).toBe('lines of key=value')
  })

  test('a header name is a token', () => {
    expect([...parseHeaders('CF-Access-Client-Id: x:y')]).toEqual([['CF-Access-Client-Id', 'x:y']])
    expect(want(() => parseHeaders('Bad Name: x'))).toContain('HTTP header name')
    expect(want(() => parseHeaders('X-A: 1\nx-a: 2'))).toContain('x-a stands twice')
  })

  test.each(['a\u0000b', 'a\u001bb', 'a\u2028b', 'ключ', 'a\u000bb'])(
    'a header may not have the value %j',
    (value) => {
      expect(want(() => parseHeaders(`X-A: ${value}`))).toContain('without control characters')
    },
  )

  // The unit `binary` of fast-check takes a second to be made.
  const anyCharacter = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code))

  test('no text makes a parser throw anything but Expected', () => {
    const parsers = [
      parseDuration,
      parseSize,
      parseBoolean,
      parseInteger,
      parseNumber,
      parseKeyValues,
      parseHeaders,
    ]
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.constantFrom(...parsers), (text, parse) => {
        try {
          parse(text)
        } catch (error) {
          expect(error).toBeInstanceOf(Expected)
        }
      }),
    )
  })
})

test('counts agree with their noun', () => {
  expect([formatCount(1, 'object'), formatCount(1204, 'object'), formatCount(0, 'entry', 'entries')]).toEqual(
    ['1 object', '1,204 objects', '0 entries'],
  )
})

describe('URLs', () => {
  test('lose their trailing slash and keep their path', () => {
    expect(parseHttpUrl('https://Argo.example/argocd/')).toBe('https://argo.example/argocd')
    expect(parseHttpUrl('http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080')
  })

  test.each([
    'argo.example',
    'ftp://x',
    'https://u:p@x',
    'https://x?y',
    'https://x#y',
    'javascript:alert(1)',
    '',
    'https:x',
    'https:\\\\x',
    'https://ho\nst',
    'https://host/a b',
    'https://host/\ta',
    ' https://host',
    'https://host?',
    'https://host#',
    'https://@host',
    'https://host\\@other',
  ])('%j is refused', (text) => {
    expect(() => parseHttpUrl(text)).toThrow(Expected)
  })
})

test.each([
  ['epoch', 'epochs'],
  ['learningRate', 'learning_rate'],
  ['learning-rate', 'learning_rate'],
  ['leraning_rate', 'learning_rate'],
  ['zzz', undefined],
])('%s is a slip for %s', (written, meant) => {
  expect(nearestName(written, ['epochs', 'learning_rate', 'image'])).toBe(meant)
})
