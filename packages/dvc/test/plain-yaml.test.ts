import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readPlainYaml } from '../src/formats/plain-yaml.ts'
import type { TypedValue } from '../src/formats/typed-value.ts'
import { parseTypedYaml } from '../src/formats/typed-yaml.wire.ts'

const MD5 = 'd41d8cd98f00b204e9800998ecf8427e'

test.each([
  ['a file', `outs:\n- md5: ${MD5}\n  size: 0\n  hash: md5\n  path: data.bin\n`],
  [
    'a directory',
    `outs:\n- md5: ${MD5}.dir\n  size: 3\n  nfiles: 2\n  hash: md5\n  path: my data/größe, neu\n`,
  ],
  ['what DVC 2 wrote', `outs:\n- md5: '${'0'.repeat(32)}'\n  size: 12\n  isexec: true\n  path: a\n`],
  [
    'an import of a URL',
    `md5: ${MD5}\nfrozen: true\ndeps:\n- etag: '"x"'\n  path: a\nouts:\n- md5: ${MD5}\n  path: b\n`,
  ],
  ['a folder and a remote', `wdir: ..\nouts:\n- md5: ${MD5}\n  remote: null\n  push: false\n  path: ./x\n`],
  ['numbers and dates', 'outs:\n- size: 007\n  path: 0.10\n  desc: 2026-11-28\n  md5: 1e5\n'],
])('%s is read at once, as a parser of YAML reads it', (_what, text) => {
  const read = readPlainYaml(text)
  expect(read).toBeDefined()
  expect(read).toEqual(parseTypedYaml(text, 'a.dvc'))
})

test.each([
  ['nothing', ''],
  ['a comment', 'outs:\n- md5: a # why\n'],
  ['an anchor', 'outs:\n- md5: &a b\n'],
  ['an alias', 'outs:\n- md5: *a\n'],
  ['text in double quotes', 'outs:\n- path: "a"\n'],
  ['a quote in quotes', "outs:\n- path: 'a''b'\n"],
  ['text that goes on in the next line', 'outs:\n- path: a\n    b\n'],
  ['a block of text', 'outs:\n- path: |\n    a\n'],
  ['a list in brackets', 'outs: [a]\n'],
  ['a mapping in a mapping', 'deps:\n- path: a\n  repo:\n    url: x\n'],
  ['a mapping where a list would be', 'outs:\n  md5: a\n'],
  ['a key that is there twice', 'outs:\n- md5: a\n  md5: b\n'],
  ['the same at the margin', 'wdir: a\nwdir: b\n'],
  ['a key that is no text', 'outs:\n- true: a\n'],
  ['a key without a value', 'outs:\nwdir: a\n'],
  ['the same at the end', 'wdir: a\nouts:\n'],
  ['the same in an item', 'outs:\n- md5: a\n  desc:\n'],
  ['an item without a list', 'wdir: a\n- md5: b\n'],
  ['two documents', 'wdir: a\n---\nwdir: b\n'],
  ['a bare =', 'outs:\n- path: =\n'],
  ['a tab', 'outs:\n- path: a\tb\n'],
  ['a space at the end', 'outs:\n- path: a \n'],
  ['an end of line of others', 'outs:\r\n- path: a\r\n'],
  ['a line separator', 'outs:\n- path: a\u2028b\n'],
  ['no end of the last line', 'outs:\n- path: a'],
  ['a tag', 'outs:\n- path: !!str a\n'],
  ['a merge', 'outs:\n- <<: a\n'],
  ['a colon in a value', 'outs:\n- path: a: b\n'],
  ['a file larger than DVC would write', `outs:\n- path: ${'a'.repeat(2 ** 16)}\n`],
])('%s is left to the parser', (_what, text) => {
  expect(readPlainYaml(text)).toBeUndefined()
})

const WORDS =
  `${MD5} ${MD5}.dir md5 null ~ true 0x1F 0o7 007 1_000 .5 1. 1e5 .inf 2026-11-28 'a' '' ... /a.b/ü`.split(
    ' ',
  )
const odd = fc.string({
  unit: fc.constantFrom(...'ab01.-_/ ,:#\'"[]{}&*!|>%@`=~<\\ü€\u00a0\u1680\t'),
  maxLength: 6,
})
const scalar = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...WORDS, 'a b', 'a, [b] & *c') },
  { weight: 3, arbitrary: fc.string({ unit: fc.constantFrom(...'ae01._/'), minLength: 1, maxLength: 8 }) },
  odd,
)
const line = fc
  .tuple(
    fc.constantFrom('', '- ', '  ', '  ', '    ', '  - ', '-  '),
    fc.constantFrom('outs', 'deps', 'md5', 'path', 'size', 'a1', 'true', 'null', 'y', '<<', "'a'"),
    fc.oneof(
      { weight: 4, arbitrary: scalar.map((value) => ` ${value}`) },
      fc.constantFrom('', ' ', '  a', 'a'),
    ),
  )
  .map(([indent, key, value]) => `${indent}${key}:${value}\n`)
const tracked = fc
  .uniqueArray(fc.constantFrom('md5', 'size', 'hash', 'path', 'desc', 'remote'), { minLength: 1 })
  .chain((keys) => fc.tuple(...keys.map((key) => scalar.map((value) => `${key}: ${value}\n`))))
  .map((lines) => `- ${lines.join('  ')}`)
const file = fc.oneof(
  fc.array(tracked, { minLength: 1, maxLength: 3 }).map((items) => `outs:\n${items.join('')}`),
  fc
    .array(fc.oneof(line, tracked, fc.constantFrom('\n', '# a\n', 'outs:\n', 'deps:\n')), { maxLength: 7 })
    .map((lines) => lines.join('')),
)

test('what is read at once is what the parser reads, whatever the file says', () => {
  let atOnce = 0
  fc.assert(
    fc.property(file, (text) => {
      const read: TypedValue | undefined = readPlainYaml(text)
      if (read === undefined) return
      atOnce += 1
      expect(read).toEqual(parseTypedYaml(text, 'a.dvc'))
    }),
    { numRuns: 1_000 },
  )
  expect(atOnce).toBeGreaterThan(100)
})
