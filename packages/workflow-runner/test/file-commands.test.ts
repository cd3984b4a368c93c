import { describe, expect, test } from '@jest/globals'
import { parseFileCommand } from '../src/index.ts'

describe('a file of outputs, variables or state', () => {
  test.each([
    ['a=1\n', [['a', '1']]],
    ['a=1', [['a', '1']]],
    [
      '\n\na=1\n\nb=\n',
      [
        ['a', '1'],
        ['b', ''],
      ],
    ],
    ['a=b<<c=d\n', [['a', 'b<<c=d']]],
    ['a<<EOF\none\ntwo\nEOF\n', [['a', 'one\ntwo']]],
    ['a<<EOF\nEOF\n', [['a', '']]],
    ['a<<EOF\n\nEOF', [['a', '']]],
    [
      'a<<EOF\nx=1\n EOF\nEOF\nb=2\n',
      [
        ['a', 'x=1\n EOF'],
        ['b', '2'],
      ],
    ],
    ['a<<=b\nx\n=b\n', [['a', 'x']]],
    ['a=1\r\n', [['a', '1\r']]],
    [
      'a=1\na=2\n',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['', []],
  ])('reads %j', (text, pairs) => {
    expect(parseFileCommand(text)).toEqual(pairs)
  })

  test.each([
    ['nothing', "Invalid format 'nothing'"],
    ['<<EOF\nEOF\n', 'Name must not be empty and delimiter must not be empty'],
    ['a<<\nEOF\n', 'Name must not be empty and delimiter must not be empty'],
    ['a<<EOF\nx\n', "Matching delimiter not found 'EOF'"],
    ['a<<EOF\nx', 'EOF marker missing new line.'],
  ])('refuses %j', (text, message) => {
    expect(() => parseFileCommand(text)).toThrow(message)
  })
})
