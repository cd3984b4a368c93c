import { readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { testWorld } from '../../../test/harness/world.ts'
import { formatDvcFile } from '../src/formats/dvc-file-new.ts'
import { quoteYaml } from '../src/formats/yaml-quote.ts'
import { type GitFacts, readRepository, recordOutputs, writeRecords } from '../src/index.ts'
import { appendIgnoreLine } from '../src/record/gitignore.ts'
import { dvcFile, makeRepository, type TestRepository } from './repository.ts'

const MD5 = 'acbd18db4cc2f85cedef654fccc4a4d8'

// Made by DVC 3.67.1 with ruamel.yaml 0.19.1: `dvc add` of files with these names.
describe('a name in YAML', () => {
  test.each([
    'é',
    '😀',
    "it's",
    'q"q',
    'a,b',
    'x#y',
    '-x',
    '?x',
    'yes',
    'on',
    'back\\slash',
    'a\u00a0b',
    '1.2.3',
    '.hidden',
  ])('%j stays plain', (name) => {
    expect(quoteYaml(name)).toBe(name)
  })

  test.each([
    ' x',
    'x ',
    '#x',
    '&x',
    '*x',
    '!x',
    '|x',
    '>x',
    '"x',
    '%x',
    '@x',
    '`x',
    '[x',
    ']x',
    '{x',
    '}x',
    ',x',
    '-',
    '- x',
    '?',
    '? x',
    '--- x',
    '...',
    '<<',
    'a: b',
    'a:',
    'a #b',
    '123',
    '1.5',
    '1e5',
    '0x1f',
    'true',
    'null',
    'NULL',
    '~',
    '=',
    '2020-01-01',
    '.inf',
  ])('%j gets single quotes', (name) => {
    expect(quoteYaml(name)).toBe(`'${name}'`)
  })

  test.each([
    ['\u007fdel', '"\\x7Fdel"'],
    ['a\tb', '"a\\tb"'],
    ['\ufeffbom', '"\\uFEFFbom"'],
    ["a'b: c", '"a\'b: c"'],
    ["'x", '"\'x"'],
    ['a\nb', '"a\\nb"'],
  ])('%j gets double quotes', (name, text) => {
    expect(quoteYaml(name)).toBe(text)
  })
})

describe('a new .dvc file', () => {
  test('of a file and of a directory is what DVC writes', () => {
    const file = { oid: '3e2b31c72181b87149ff995e7202c0e3', size: 10, nfiles: undefined, isexec: true }
    expect(formatDvcFile('x.sh', file)).toBe(
      'outs:\n- md5: 3e2b31c72181b87149ff995e7202c0e3\n  size: 10\n  isexec: true\n  hash: md5\n  path: x.sh\n',
    )
    const directory = { oid: '9fa22302b0e6804a59623abeff3d3b17.dir', size: 11, nfiles: 2, isexec: false }
    expect(formatDvcFile('data', directory)).toBe(
      'outs:\n- md5: 9fa22302b0e6804a59623abeff3d3b17.dir\n  size: 11\n  nfiles: 2\n  hash: md5\n  path: data\n',
    )
  })

  // As DVC 3.67.1 and 3.50.1 write it.
  test.each([
    ['w'.repeat(80), `path: ${'w'.repeat(80)}\n`],
    ['w'.repeat(81), `path: \n    ${'w'.repeat(81)}\n`],
    [`{${'w'.repeat(81)}}`, `path: '{${'w'.repeat(81)}}'\n`],
  ])('has a name that is longer than a line, and stands without quotes, on its own: %s', (name, line) => {
    const file = { oid: MD5, size: 3, nfiles: undefined, isexec: false }
    expect(formatDvcFile(name, file).slice(-line.length)).toBe(line)
  })
})

describe('a line of .gitignore', () => {
  test.each<[before: string | undefined, name: string, after: string]>([
    [undefined, 'x', '/x\n'],
    ['/foo', 'bar', '/foo\n/bar\n'],
    ['/foo\r\n', 'bar', '/foo\r\n/bar\r\n'],
    ['', 'sp ace', '/sp ace\n'],
    ['', '*x#y\\z![?]', '/\\*x\\#y\\\\z\\!\\[\\?\\]\n'],
  ])('behind %j for %j', (before, name, after) => {
    expect(appendIgnoreLine(before, name)).toBe(after)
  })
})

describe('adding what nothing tracks yet', () => {
  let repository: TestRepository

  beforeEach(async () => {
    repository = await makeRepository({
      'sub/x.csv': 'foo',
      'data/a': '1',
      'data/b/c': '22',
      'kept.txt': 'git has it',
      'hidden/x': 'y',
      '.dvcignore': 'hidden\n',
      'tracked/m': 'z',
      'tracked/m.dvc': dvcFile(MD5, 'm'),
    })
  })
  afterEach(() => repository.close())

  const git: GitFacts = {
    isTracked: async (path) => path === 'kept.txt',
    isIgnored: async (path) => path === 'data',
  }
  async function add(paths: readonly string[], { facts }: { facts: GitFacts | undefined } = { facts: git }) {
    const read = await readRepository(repository.root)
    const recording = await recordOutputs(testWorld(), read, { add: paths, changed: false }, facts)
    await writeRecords(read, recording.edits)
    return recording
  }
  const text = (path: string) => readFile(join(repository.root, path), 'utf8')

  test('writes a .dvc file beside it, and a line in the .gitignore there', async () => {
    const { outputs, edits } = await add(['sub/x.csv'])
    expect(edits.map(({ file, before }) => [file, before])).toEqual([
      ['sub/x.csv.dvc', undefined],
      ['sub/.gitignore', undefined],
    ])
    expect(await text('sub/x.csv.dvc')).toBe(`outs:\n- md5: ${MD5}\n  size: 3\n  hash: md5\n  path: x.csv\n`)
    expect(await text('sub/.gitignore')).toBe('/x.csv\n')
    expect(outputs.find(({ path }) => path === 'sub/x.csv')).toMatchObject({
      oid: MD5,
      source: 'sub/x.csv.dvc',
    })
    expect((await readRepository(repository.root)).outputs.map(({ path }) => path)).toContain('sub/x.csv')
  })

  test('writes no line where git ignores it already, or where there is no git', async () => {
    expect((await add(['data'])).edits.map(({ file }) => file)).toEqual(['data.dvc'])
    expect((await add(['sub/x.csv'], { facts: undefined })).edits.map(({ file }) => file)).toEqual([
      'sub/x.csv.dvc',
    ])
  })

  test('adds two files of one folder to one .gitignore', async () => {
    await repository.write('sub/y.csv', 'bar')
    await add(['sub/x.csv', 'sub/y.csv'])
    expect(await text('sub/.gitignore')).toBe('/x.csv\n/y.csv\n')
  })

  test.each([
    ['kept.txt', /git keeps it already.*git rm -r --cached 'kept\.txt'/],
    ['hidden', /\.dvcignore ignores it/],
    ['nothing', /not in the workspace/],
    ['tracked', /tracked\/m in it is tracked by tracked\/m\.dvc/],
    ['../outside', /leaves the repository/],
    ['tracked/none.dvc', /one of DVC's own files/],
  ])('refuses %s', async (path, words) => {
    await expect(add([path])).rejects.toThrow(words)
  })

  test('refuses where git would ignore the .dvc file, which nobody would read then', async () => {
    await repository.write('sub/x.csv.dvc', `desc: mine\n${dvcFile(MD5, 'x.csv')}`)
    await repository.write('.gitignore', '*.csv.dvc\n')
    const facts = { ...git, isIgnored: async (path: string) => path.endsWith('.csv.dvc') }
    await expect(add(['sub/x.csv'], { facts })).rejects.toThrow(/git ignores sub\/x\.csv\.dvc/)
    await repository.remove('sub/x.csv.dvc')
    await expect(add(['sub/x.csv'], { facts })).rejects.toThrow(/git ignores sub\/x\.csv\.dvc/)
  })

  test('refuses to rewrite a .gitignore that is no UTF-8, whose bytes it could not keep', async () => {
    await repository.write('sub/.gitignore', Buffer.from('caf\u00e9\n', 'latin1'))
    await expect(add(['sub/x.csv'])).rejects.toThrow(/sub\/\.gitignore: it is no UTF-8/)
  })

  test('does not follow a link in the place of .gitignore, whose target could end up in a commit', async () => {
    await repository.write('secret', 'token')
    await symlink(join(repository.root, 'secret'), join(repository.root, 'sub/.gitignore'))
    await expect(add(['sub/x.csv'])).rejects.toThrow(/symbolic link/)
  })
})

describe('committing what changed', () => {
  test('records every changed output of a .dvc file that is here, and no other', async () => {
    const repository = await makeRepository({
      'a.dvc': dvcFile(MD5, 'a'),
      a: 'bar',
      'b.dvc': dvcFile(MD5, 'b'),
      b: 'foo',
      'c.dvc': dvcFile(MD5, 'c'),
      'dvc.yaml': 'stages:\n  t: {cmd: x, outs: [out]}\n',
      out: 'made',
    })
    const read = await readRepository(repository.root)
    const { edits } = await recordOutputs(testWorld(), read, { add: [], changed: true }, undefined)
    expect(edits.map(({ file }) => file)).toEqual(['a.dvc'])
    await repository.close()
  })
})
