import { describe, expect, test } from '@jest/globals'
import { findImports } from '../../scripts/boundaries/imports.ts'
import { readSyntax } from '../../scripts/boundaries/syntax.ts'

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
    ["await import(/* c */ 'a')", [['a', false]]],
    ['await import(`@a/${b}`)', [[undefined, false]]],
    ["import defer * as a from 'b'", [['b', false]]],
    ["let a: import('b').C", [['b', true]]],
    ["let a: typeof import('b')", [['b', true]]],
    ["import a = require('b')", [['b', false]]],
    ["const a = require('b')", [['b', false]]],
    ["module.require('b')", [['b', false]]],
    ["require.resolve('b')", [['b', false]]],
    ["import.meta.resolve('b')", [['b', false]]],
    ["process.getBuiltinModule('b')", [['b', false]]],
    ['const load = require; load(name)', [[undefined, false]]],
    [
      "createRequire(import.meta.url)('b')",
      [
        ['b', false],
        [undefined, false],
      ],
    ],
    [
      "import { createRequire as c } from 'node:module'\nconst r = c(import.meta.url)\nr('b')",
      [
        ['node:module', false],
        [undefined, false],
        ['b', false],
      ],
    ],
    ["if (a) { b() }\n/'/.test(s); require('c') // '", [['c', false]]],
    ["(a) / `/`; require('c')", [['c', false]]],
    ["import.meta.url + a.import('b') + a.require('c')", []],
    ["// import 'a'\nconst x = \"import 'b'\"", []],
  ]
  test.each(cases)('%s', (source, want) => {
    expect(findImports(readSyntax(source)).map(({ specifier, typeOnly }) => [specifier, typeOnly])).toEqual(
      want,
    )
  })
})

test('lines are counted through comments, templates and letters of several bytes', () => {
  const source = "// é 😀\n/*\n*/ import 'a'\nconst b = `\n😀${c}\n`\nawait import('d')\n"
  expect(findImports(readSyntax(source)).map(({ line }) => line)).toEqual([3, 7])
})

test('a line for the shell is no code', () => {
  expect(findImports(readSyntax("#!/usr/bin/env node\nimport 'a'"))).toMatchObject([{ line: 2 }])
})
