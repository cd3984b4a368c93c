import { describe, expect, test } from '@jest/globals'
import { createLineSplitter } from '../src/line-splitter.ts'

describe('output in chunks', () => {
  test.each([
    ['whole lines', ['a\nb\n'], ['a', 'b']],
    ['a line cut in two', ['a', 'b\n'], ['ab']],
    ['no newline at the end', ['a\nb'], ['a', 'b']],
    ['a CRLF cut in two', ['a\r', '\nb\n'], ['a', 'b']],
    ['a lone CR', ['1%\r2%\r', '::error::x\n'], ['1%', '2%', '::error::x']],
    ['empty lines', ['\n\n', '\n'], ['', '', '']],
  ])('of %s', (_, chunks, expected) => {
    const lines: string[] = []
    const splitter = createLineSplitter((line) => lines.push(line))
    for (const chunk of chunks) splitter.write(Buffer.from(chunk))
    splitter.end()
    expect(lines).toEqual(expected)
  })

  test('of a character cut in two', () => {
    const lines: string[] = []
    const splitter = createLineSplitter((line) => lines.push(line))
    for (const byte of Buffer.from('größe\n')) splitter.write(Buffer.from([byte]))
    splitter.end()
    expect(lines).toEqual(['größe'])
  })
})
