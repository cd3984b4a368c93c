import { describe, expect, test } from '@jest/globals'
import { readSyntax } from '../../scripts/boundaries/syntax.ts'
import { findUncheckedTypes } from '../../scripts/boundaries/unchecked.ts'
import { checkBoundaries } from '../../scripts/boundaries.ts'
import { makeTree } from './tree.ts'

type Files = Record<string, unknown>

/** A package with an index that uses what it declares, so that each case shows only its own problem. */
function workspace(dir: string, dependencies: readonly string[] = [], extra: Files = {}): Files {
  const name = `@mlops-actions/${dir.split('/')[1]}`
  const imports = dependencies.map((dependency) => `import '${dependency}'\n`).join('')
  return {
    [`${dir}/package.json`]: {
      name,
      ...(dir.startsWith('packages/') ? { exports: './src/index.ts' } : {}),
      dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, '0.0.0'])),
    },
    [`${dir}/src/index.ts`]: imports,
    ...extra,
  }
}

function problems(files: Files): readonly string[] {
  using tree = makeTree({
    'package.json': { name: 'root', devDependencies: { '@jest/globals': '30' } },
    ...files,
  })
  return checkBoundaries(tree.root)
}

const text = workspace('packages/text')
const http = workspace('packages/http', ['@mlops-actions/text'])
const world = { ...text, ...http }

describe('imports between packages', () => {
  test('a package may import from the floors below that it declares', () => {
    expect(problems({ ...world, ...workspace('actions/push', ['@mlops-actions/http']) })).toEqual([])
  })

  const cases: [name: string, files: Files, want: string][] = [
    [
      'an import up is refused',
      { ...workspace('packages/http'), ...workspace('packages/text', ['@mlops-actions/http']) },
      'packages/text/src/index.ts:1 text (floor 0) may not import http (floor 1)',
    ],
    [
      'an import sideways is refused',
      { ...world, ...workspace('packages/wait', ['@mlops-actions/http']) },
      'packages/wait/src/index.ts:1 wait (floor 1) may not import http (floor 1)',
    ],
    [
      'an action may not import another action',
      { ...workspace('actions/one', ['@mlops-actions/two']), ...workspace('actions/two') },
      'actions/one/src/index.ts:1 @mlops-actions/two is not exported by actions/two; only its public surface may be imported',
    ],
    [
      'source code may not import the sandbox',
      { ...workspace('packages/sandbox'), ...workspace('actions/one', ['@mlops-actions/sandbox']) },
      'actions/one/src/index.ts:1 one (floor 6) may not import sandbox (floor dev)',
    ],
    [
      'the sandbox may not share formats with the clients it tests',
      { ...workspace('packages/oci'), ...workspace('packages/sandbox', ['@mlops-actions/oci']) },
      'packages/sandbox/src/index.ts:1 sandbox (floor dev) may not import oci (floor 1)',
    ],
    [
      'a relative import of another package is refused',
      { ...world, 'packages/http/src/a.ts': "import '../../text/src/index.ts'" },
      'packages/http/src/a.ts:1 ../../text/src/index.ts leaves packages/http; import other packages by name',
    ],
    [
      'a test may not reach into another package',
      { ...world, 'packages/http/test/a.test.ts': "import '@mlops-actions/text/src/size.ts'" },
      'packages/http/test/a.test.ts:1 @mlops-actions/text/src/size.ts is not exported by packages/text; only its public surface may be imported',
    ],
    [
      'a test of the house may not reach into a package',
      { ...world, 'test/a.test.ts': "import '../packages/text/src/size.ts'" },
      'test/a.test.ts:1 packages/text/src/size.ts is inside a package; import its public surface by name',
    ],
    [
      'source code may not import tests',
      { ...world, 'packages/http/src/a.ts': "import '../test/fake.ts'" },
      'packages/http/src/a.ts:1 ../test/fake.ts is not source code of packages/http',
    ],
    [
      'an undeclared package of the house is refused',
      {
        ...world,
        ...workspace('packages/wait', [], { 'packages/wait/src/a.ts': "import '@mlops-actions/text'" }),
      },
      'packages/wait/src/a.ts:1 @mlops-actions/text is not declared in packages/wait/package.json',
    ],
    [
      'an undeclared third-party package is refused',
      { ...world, 'packages/http/src/a.ts': "\nimport { parse } from 'yaml'" },
      'packages/http/src/a.ts:2 yaml is not declared in packages/http/package.json',
    ],
    [
      'tools of the root are for tests, not for source code',
      { ...world, 'packages/http/src/a.ts': "import '@jest/globals'" },
      'packages/http/src/a.ts:1 @jest/globals is not declared in packages/http/package.json',
    ],
    [
      'a dependency that nothing imports is refused',
      { ...world, ...workspace('packages/wait', ['@mlops-actions/text']), 'packages/wait/src/index.ts': '' },
      'packages/wait/package.json:1 @mlops-actions/text is declared but no file imports it',
    ],
    [
      'a package without a floor is refused',
      { ...world, ...workspace('packages/helpers') },
      'packages/helpers/package.json:1 helpers has no floor in scripts/boundaries.ts',
    ],
    [
      'a computed import in source code is refused',
      { ...world, 'packages/http/src/a.ts': 'await import(name)' },
      'packages/http/src/a.ts:1 a computed import hides what is bundled; name the module',
    ],
    [
      'an import up is found behind what looks like a string',
      { ...world, 'packages/http/src/a.ts': "if (a) {}\n/'/.test(s); import('yaml') // '" },
      'packages/http/src/a.ts:2 yaml is not declared in packages/http/package.json',
    ],
    [
      'a hidden require in source code is refused',
      { ...world, 'packages/http/src/a.ts': "import { createRequire } from 'node:module'" },
      'packages/http/src/a.ts:1 a computed import hides what is bundled; name the module',
    ],
    [
      'files that import each other are refused',
      { ...world, 'packages/http/src/a.ts': "import './b.ts'", 'packages/http/src/b.ts': "import './a.ts'" },
      'packages/http/src/a.ts imports itself through packages/http/src/a.ts, packages/http/src/b.ts',
    ],
  ]
  test.each(cases)('%s', (_name, files, want) => {
    expect(problems(files)).toEqual([want])
  })

  test('a file that cannot be parsed is named', () => {
    expect(() => problems({ ...world, 'packages/http/src/a.ts': 'const a = (' })).toThrow(
      'packages/http/src/a.ts cannot be parsed',
    )
  })

  test('packages that declare each other are named', () => {
    const found = problems({
      ...workspace('packages/text', ['@mlops-actions/http']),
      ...workspace('packages/http', ['@mlops-actions/text']),
    })
    expect(found).toContain('packages declare each other: @mlops-actions/http, @mlops-actions/text')
  })

  test('a test may use the sandbox, the tools of the root and the shared test code', () => {
    const use =
      "import '@mlops-actions/sandbox'\nimport '@jest/globals'\nimport '../../../test/harness/world.ts'\n"
    const files = { ...world, ...workspace('packages/sandbox'), 'test/harness/world.ts': '' }
    expect(problems({ ...files, 'packages/http/test/a.test.ts': `${use}import '../src/index.ts'` })).toEqual(
      [],
    )
  })

  test('files that share only types may name each other', () => {
    const a = "import type { B } from './b.ts'"
    expect(
      problems({ ...world, 'packages/http/src/a.ts': a, 'packages/http/src/b.ts': "import './a.ts'" }),
    ).toEqual([])
  })
})

describe('words of the runner', () => {
  const forbidden = [
    'process.env',
    "process['env']",
    'process.stdout.write("x")',
    'process.exitCode = 1',
    'console.log(1)',
    "env['GITHUB_OUTPUT']",
    'env.GITHUB_SHA',
    "import { env } from 'node:process'",
    "import { env } from 'process'",
    "import process from 'process'",
    "import c from 'console'",
    'process[`env`]',
    'process?.env',
    '(process).env',
    'process[name]',
    'const { env } = process',
    'const p = process; p.env',
    'f(process)',
    'globalThis.process.env',
    "global['process'].env",
    'const { process: p } = globalThis',
    "process.getBuiltinModule('node:process').env",
    "console['log'](1)",
    'const { log } = console',
    'globalThis.console.log(1)',
    "'GITHUB_' + name",
    '`GITHUB_${name}`',
    '`the ${a} of GITHUB_${name}`',
    "'$GITHUB_SHA'",
    "process.emitWarning('x')",
    "writeSync(1, 'x')",
    "fs.write(2, 'x', () => {})",
    "process._rawDebug('x')",
    'process.report.getReport()',
    'new net.Socket({ fd: 1 })',
    "fs.createWriteStream('', { fd: 2 })",
    "fs.writeFileSync('/dev/stdout', 'x')",
    "fs.writeFileSync('/dev/fd/1', 'x')",
    'if (x) /`/.test(y); process.env.X // `',
    "const r = a ? /'/ : 1; process.env // '",
  ]
  test.each(forbidden)('%s is refused below the runner', (code) => {
    expect(problems({ ...world, 'packages/http/src/a.ts': code })).toHaveLength(1)
  })

  test('the runner, tests and the sandbox may use them all', () => {
    const code = forbidden
      .map((one) => `{ ${one} \n}`)
      .filter((one) => !one.includes('import '))
      .join('\n')
    const files = { ...workspace('packages/runner'), ...workspace('packages/sandbox') }
    expect(
      problems({
        ...files,
        'packages/runner/src/a.ts': code,
        'packages/runner/test/a.test.ts': code,
        'packages/sandbox/src/a.ts': code,
        'scripts/a.ts': code,
        'test/a.ts': code,
      }),
    ).toEqual([])
  })

  test('a file that a child is given as its third descriptor is none of our streams', () => {
    expect(problems({ ...world, 'packages/http/src/a.ts': "const key = '/dev/fd/3'" })).toEqual([])
  })

  test('sentences and members of other objects are not meant', () => {
    const code =
      "const a = 'grant GITHUB_TOKEN contents: write'; a.process.env; child.process.stdout; process.pid; let f: typeof globalThis.fetch; ({ process: 1, console: 2 })"
    expect(problems({ ...world, 'packages/http/src/a.ts': code })).toEqual([])
  })
})

describe('unchecked types', () => {
  const refused = [
    'const a: any = 1',
    'const a: Array<any> = []',
    'const a = b as string',
    'const a = (b as { c: string }).c',
    'const a = b() as unknown as C',
    'const a = [] as string[]',
    'const a = b!',
    'a!.b',
    'a[0]!.b()',
    'f()!',
    'let a!: string',
    'class A { b!: string }',
    'const a = <B>b',
    'b as any',
    'b as\nC',
    'b as -1',
    'b as `c`',
    'b as | C',
    'b as <T>() => T',
    'b as new () => T',
    'b as keyof T',
    '({}) as T',
    'a?.b!.c',
    'type A = { [K in keyof T]: any }',
    "import('a' as string)",
  ]
  test.each(refused)('%s', (code) => {
    expect(findUncheckedTypes(readSyntax(code))).not.toEqual([])
  })

  const allowed = [
    "import { a as b } from 'c'",
    "import * as a from 'b'",
    'export { a as b }',
    "export { a as b } from 'c'",
    'const a = [1] as const',
    'const a = !b && !c()',
    'if (a !== b) f(!c)',
    'const any = as + 1',
    'const as = any / 2',
    'const a = b as const satisfies C',
    'type A = { [K in keyof T as `x${K}`]: T[K] }',
    'const a = Promise.any([])',
    'const a = { as: 1, any: 2 }',
    'a.as(b)',
    '// any value as string!',
    "const a = 'any value as string!'",
    'const a: A = { b } satisfies A',
    'await import("a")',
  ]
  test.each(allowed)('%s', (code) => {
    expect(findUncheckedTypes(readSyntax(code))).toEqual([])
  })

  test('they are allowed where outside data gets its type, and in tests', () => {
    const code = 'export const a = b as string'
    expect(
      problems({ ...world, 'packages/http/src/a.wire.ts': code, 'packages/http/test/a.ts': code }),
    ).toEqual([])
    expect(problems({ ...world, 'packages/http/src/a.ts': code })).toHaveLength(1)
  })
})

describe('comments that switch a checker off', () => {
  const at = (path: string, code: string) => problems({ ...world, [path]: code })

  test.each([
    '// @ts-ignore',
    '// @ts-ignore: the types are wrong',
    '/* @ts-ignore */ const a = 1',
    '/**\n * @ts-ignore\n */',
    '//@ts-nocheck',
    '/// @ts-expect-error',
    '// @ts-expect-error: wrong on purpose',
    'const a = 1 // biome-ignore lint/style/useConst',
    '// biome-ignore lint/style/useConst:',
    '// biome-ignore lint/style/useConst: <explanation>',
    '// biome-ignore-all lint/style/useConst: -',
    '/* biome-ignore lint/style/useConst */',
    'const a = `${b /* @ts-ignore */}`',
    "const a = /'/ // @ts-ignore",
  ])('%j is refused in a source', (code) => {
    expect(at('packages/http/src/a.ts', code)).toEqual([
      expect.stringMatching(/^packages\/http\/src\/a\.ts:\d /),
    ])
  })

  test.each([
    '// biome-ignore lint/style/useConst: it is set in a loop',
    'const a = [1] // biome-ignore format: a table',
    "const a = '// @ts-ignore'",
    'const a = `\n// @ts-ignore\n${b}// @ts-ignore`',
    'const a = /\\/\\/ @ts-ignore/',
    '// speaks of @ts-ignore and of biome-ignore without being one',
  ])('%j is none', (code) => {
    expect(at('packages/http/src/a.ts', code)).toEqual([])
  })

  test('a test may expect an error of the checker, with the reason behind it', () => {
    expect(at('packages/http/test/a.ts', '// @ts-expect-error: a number is no text')).toEqual([])
    expect(at('packages/http/test/a.ts', '// @ts-expect-error')).toHaveLength(1)
    expect(at('test/a.ts', '// @ts-ignore: a number is no text')).toHaveLength(1)
    expect(at('scripts/a.ts', '// @ts-expect-error: a number is no text')).toHaveLength(1)
  })

  test('the line is that of the comment', () => {
    const code = "const a = 'ü\\\n'\n/*\n * one\n * @ts-ignore\n */"
    expect(at('packages/http/src/a.ts', code)).toEqual([expect.stringContaining('a.ts:5 ')])
  })
})
