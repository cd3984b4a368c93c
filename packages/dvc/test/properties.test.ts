import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseConfigText } from '../src/formats/config-text.ts'
import { formatDirObject, isSafeRelpath, parseDirObject } from '../src/formats/dir-object.wire.ts'
import { parseDvcFile } from '../src/formats/dvc-file.wire.ts'
import { editDvcFile } from '../src/formats/dvc-file-edit.wire.ts'

const md5 = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 })
const relpath = fc.string({ unit: 'grapheme', minLength: 1 }).filter(isSafeRelpath)

test('a directory object is ASCII, sorted by UTF-8 bytes, and read back as it was', () => {
  const entries = fc.uniqueArray(fc.record({ md5, relpath }), { selector: (entry) => entry.relpath })
  fc.assert(
    fc.property(entries, (given) => {
      const bytes = formatDirObject(given)
      expect(bytes.every((byte) => byte >= 0x20 && byte < 0x7f)).toBe(true)
      const sorted = [...given].sort((a, b) => Buffer.compare(Buffer.from(a.relpath), Buffer.from(b.relpath)))
      expect(parseDirObject(bytes, 'test')).toEqual(
        sorted.map(({ md5: hash, relpath: path }) => ({ md5: hash, relpath: path })),
      )
    }),
  )
})

test('a directory object of thousands of files is one list, and characters beyond 16 bits come last in it', () => {
  const names = Array.from({ length: 2_001 }, (_, at) => `f${String(at).padStart(4, '0')}`)
  const paths = [...names, '\ue000', '\uffee', '\u{1f600}']
  const entries = paths.toReversed().map((path) => ({ md5: '0'.repeat(32), relpath: path }))
  const bytes = formatDirObject(entries)
  expect(parseDirObject(bytes, 'test').map((entry) => entry.relpath)).toEqual(paths)
  const ascii = formatDirObject(entries.filter((entry) => names.includes(entry.relpath)))
  expect(`${ascii}`).toBe(
    `[${names.map((name) => `{"md5": "${'0'.repeat(32)}", "relpath": "${name}"}`).join(', ')}]`,
  )
})

test('an edited .dvc file says what was recorded, whatever it said before', () => {
  const before = fc.record({
    md5,
    size: fc.option(fc.nat()),
    nfiles: fc.option(fc.nat()),
    isexec: fc.boolean(),
    isLegacy: fc.boolean(),
    comment: fc.constantFrom('', ' # why'),
  })
  const recorded = fc.record({
    oid: md5,
    size: fc.nat(),
    nfiles: fc.option(fc.nat(), { nil: undefined }),
    isexec: fc.boolean(),
  })
  fc.assert(
    fc.property(before, recorded, (was, now) => {
      const lines = [
        `- md5: '${was.md5}'${was.comment}`,
        ...(was.size === null ? [] : [`  size: ${was.size}`]),
        ...(was.nfiles === null ? [] : [`  nfiles: ${was.nfiles}`]),
        ...(was.isexec ? ['  isexec: true'] : []),
        ...(was.isLegacy ? [] : ['  hash: md5']),
        '  path: data',
      ]
      const text = editDvcFile(`outs:\n${lines.join('\n')}\n`, 'data.dvc', 'data', now)
      expect(parseDvcFile(text, 'data.dvc').outs).toEqual([
        expect.objectContaining({ oid: now.oid, size: now.size, hash: 'md5', path: 'data' }),
      ])
      expect([text.includes('isexec'), text.includes('nfiles')]).toEqual([
        now.isexec,
        now.nfiles !== undefined,
      ])
    }),
  )
})

test('a quoted value of the configuration is read back as it is', () => {
  const value = fc.string({ unit: fc.constantFrom(...'abc ,#=[]%$\\"\u00fc') })
  fc.assert(
    fc.property(value, (given) => {
      expect(parseConfigText(`[s]\nv = '${given}'`).get('s')?.get('v')).toBe(given)
    }),
  )
})
