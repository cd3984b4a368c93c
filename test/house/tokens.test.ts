import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { findImports } from '../../scripts/boundaries/imports.ts'
import { tokenize } from '../../scripts/boundaries/tokens.ts'

const texts = (source: string): string[] => tokenize(source).map(({ text }) => text)

describe('tokenize', () => {
  const cases: [name: string, source: string, want: string[]][] = [
    ['drops comments', 'a // b\n/* c */ d', ['a', 'd']],
    ['drops an unfinished comment', 'a /* b', ['a']],
    ['does not end a comment with its own beginning', '/*/ a */ b', ['b']],
    ['drops a first line for the shell', '#!/usr/bin/env node\na', ['a']],
    ['keeps comment marks inside strings', "x = '/* not */'", ['x', '=', '/* not */']],
    ['reads escaped quotes', String.raw`'a\'b' + c`, [String.raw`a\'b`, '+', 'c']],
    ['splits a template around its code', '`a${b}c`', ['a', '${', 'b', '}', 'c']],
    [
      'returns into the template after an object',
      '`${{ a: 1 }.a}//x` + d',
      ['', '${', '{', 'a', ':', '1', '}', '.', 'a', '}', '//x', '+', 'd'],
    ],
    ['reads templates inside templates', '`${`x${y}`}`', ['', '${', 'x', '${', 'y', '}', '', '}', '']],
    [
      'tells a regular expression from a division',
      'a / b; c = /[/"]x/g',
      ['a', '/', 'b', ';', 'c', '=', '/[/"]x/g'],
    ],
    [
      'reads a regular expression after return',
      "return /'/u.test(a)",
      ['return', "/'/u", '.', 'test', '(', 'a', ')'],
    ],
    ['keeps comparison and negation apart', 'a !== b != !c', ['a', '!==', 'b', '!=', '!', 'c']],
    [
      'reads private names and numbers',
      'this.#x + 0xff_n + 1e3',
      ['this', '.', '#x', '+', '0xff_n', '+', '1e3'],
    ],
  ]
  test.each(cases)('%s', (_name, source, want) => {
    expect(texts(source)).toEqual(want)
  })

  test('ends for every text, and never invents a line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("'", '"', '`', '${', '}', '/', '*', '\\', '\n', 'a', '[', '!', '😀')),
        (parts) => {
          const source = parts.join('')
          const last = tokenize(source).at(-1)?.line ?? 1
          expect(last).toBeLessThanOrEqual(source.split('\n').length)
        },
      ),
    )
  })

  test('counts lines through comments, strings and templates', () => {
    const tokens = tokenize('/*\n*/a\n`\n${b}\n`\nc')
    expect(tokens.map(({ text, line }) => [text, line])).toEqual([
      ['a', 2],
      ['\n', 3],
      ['${', 4],
      ['b', 4],
      ['}', 4],
      ['\n', 4],
      ['c', 6],
    ])
  })
})

describe('findImports', () => {
  const cases: [source: string, want: [specifier: string | undefined, typeOnly: boolean][]][] = [
    ["import 'a'", [['a', false]]],
    ["import a, { b as c } from 'd'", [['d', false]]],
    ['import * as a from "b"', [['b', false]]],
    ["import type { A } from 'b'", [['b', true]]],
    ["import type from 'b'", [['b', false]]],
    ["import { type A } from 'b'", [['b', false]]],
    ["import data from './a.json' with { type: 'json' }", [['./a.json', false]]],
    [
      "export { a } from 'b'\nexport * from 'c'\nexport * as d from 'e'",
      [
        ['b', false],
        ['c', false],
        ['e', false],
      ],
    ],
    ["export type { A } from 'b'", [['b', true]]],
    ["export { a }\nconst from = 'b'", []],
    ["export const a = 'b'", []],
    ["await import('a')", [['a', false]]],
    ['await import(`a`)', [['a', false]]],
    ['await import(name)', [[undefined, false]]],
    ["await import('a' + b)", [[undefined, false]]],
    ["const a = require('b')", [['b', false]]],
    ["import.meta.url + a.import('b') + a.require('c')", []],
    ["// import 'a'\nconst x = \"import 'b'\"", []],
  ]
  test.each(cases)('%s', (source, want) => {
    expect(findImports(tokenize(source)).map(({ specifier, typeOnly }) => [specifier, typeOnly])).toEqual(
      want,
    )
  })
})
