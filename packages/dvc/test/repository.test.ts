import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { isIgnored, parseGitignore } from '../src/formats/ignore.ts'
import { readRepository, selectOutputs } from '../src/index.ts'
import { bindOutputs } from '../src/repository/bind.ts'
import { mergeConfig } from '../src/repository/config.ts'
import type { Output } from '../src/repository/output.ts'
import { dvcFile, makeRepository, type TestRepository } from './repository.ts'

const MD5 = 'acbd18db4cc2f85cedef654fccc4a4d8'
let repository: TestRepository

beforeEach(async () => {
  repository = await makeRepository()
})
afterEach(() => repository.close())

async function read(files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) await repository.write(path, text)
  return (await readRepository(repository.root)).outputs
}
const paths = (outputs: readonly Output[]) => outputs.map(({ path }) => path)

describe('reading a repository', () => {
  test('finds .dvc files and pipelines anywhere, with paths from the root', async () => {
    const outputs = await read({
      'a.dvc': dvcFile(MD5, 'a'),
      'sub/deep/x.dvc': dvcFile(MD5, 'x'),
      'sub/w.dvc': `wdir: ../other\n${dvcFile(MD5, 'w')}`,
      'pipe/dvc.yaml': 'stages:\n  train:\n    cmd: x\n    wdir: run\n    outs: [m]\n',
      'pipe/dvc.lock': `schema: '2.0'\nstages:\n  train:\n    cmd: x\n    outs:\n    - path: m\n      hash: md5\n      md5: ${MD5}\n`,
    })
    expect(paths(outputs)).toEqual(['a', 'other/w', 'pipe/run/m', 'sub/deep/x'])
  })

  test('looks into no ignored folder, no nested repository, no output and no git', async () => {
    await mkdir(join(repository.root, 'nested/.dvc'), { recursive: true })
    const broken = 'not: [a dvc file\n'
    const outputs = await read({
      '.gitignore': '/venv\n*.tmp.dvc\n/data\n',
      '.dvcignore': 'ignored/\n',
      'venv/x.dvc': broken,
      'x.tmp.dvc': broken,
      'ignored/x.dvc': broken,
      'nested/x.dvc': broken,
      '.git/x.dvc': broken,
      'data/x.dvc': broken,
      'data.dvc': dvcFile(MD5, 'data'),
      'other.dvc': dvcFile(MD5, 'other'),
      'other/tracked.dvc': dvcFile(MD5, 'tracked'),
    })
    expect(paths(outputs)).toEqual(['data', 'other'])
  })

  test.each([
    ['a path that leaves it', dvcFile(MD5, '../../etc/passwd'), /leaves the repository/],
    ['an absolute path', dvcFile(MD5, '/etc/passwd'), /leaves the repository/],
    ['a wdir that leaves it', `wdir: ../..\n${dvcFile(MD5, 'x')}`, /leaves the repository/],
    ['an absolute wdir', `wdir: /etc\n${dvcFile(MD5, 'passwd')}`, /leaves the repository/],
    ['the configuration of git, which may hold a token', dvcFile(MD5, '.git/config'), /may have/],
    ['the configuration of DVC', dvcFile(MD5, '.dvc/config.local'), /may have/],
    ['the configuration of a repository in it', dvcFile(MD5, 'sub/.dvc/config.local'), /may have/],
    ['half of a character, which no name on a disk is', dvcFile(MD5, '"x\\ud800"'), /may have/],
    ['what a disk without case takes for that of git', dvcFile(MD5, '.GIT/config'), /may have/],
  ])('refuses %s', async (_, text, words) => {
    await expect(read({ 'x.dvc': text })).rejects.toThrow(words)
  })

  test('refuses a symbolic link in the place of a .dvc file without showing what it points to', async () => {
    await repository.write('secret', 'token: abc')
    await repository.write('x.dvc', { link: 'secret' })
    await expect(readRepository(repository.root)).rejects.toThrow(/x\.dvc: it is a symbolic link\. Put/)
  })

  test('takes a folder whose name ends in .dvc for a folder, and says of one in the place of dvc.lock what it is', async () => {
    await mkdir(join(repository.root, 'x.dvc'))
    await mkdir(join(repository.root, 'dvc.lock'))
    expect(await read({ 'y.dvc': dvcFile(MD5, 'y') })).toHaveLength(1)
    await repository.write('dvc.yaml', 'stages:\n  t: {cmd: x, outs: [m]}\n')
    await expect(readRepository(repository.root)).rejects.toThrow(
      /dvc\.lock: it cannot be read: EISDIR.*Put a regular, readable file there/,
    )
  })

  test('refuses a pipe in the place of a .dvc file, and does not wait for its other end', async () => {
    execFileSync('mkfifo', [join(repository.root, 'x.dvc')])
    await expect(readRepository(repository.root)).rejects.toThrow(
      /x\.dvc: it cannot be read: it is no file\. Put a regular, readable file there/,
    )
  })

  test('refuses an output inside of another one, as `dvc add` does: neither could be pulled without the other', async () => {
    const files = { 'data.dvc': dvcFile(MD5, 'data'), 'sub/x.dvc': dvcFile(MD5, '../data/sub/x') }
    await expect(read(files)).rejects.toThrow(
      /sub\/x\.dvc: its output data\/sub\/x lies inside of data, which data\.dvc names/,
    )
  })

  test('an absolute path of a pipeline leaves it, wherever its wdir is', async () => {
    await expect(
      read({ 'dvc.yaml': 'stages:\n  t: {cmd: x, wdir: sub, outs: [/etc/passwd]}\n' }),
    ).rejects.toThrow(/dvc\.yaml:t: its path "\/etc\/passwd" leaves the repository/)
  })

  test('a file of DVC that is no UTF-8 is refused rather than read as something else', async () => {
    await repository.write('x.dvc', Buffer.from(dvcFile(MD5, 'caf\u00e9'), 'latin1'))
    await expect(readRepository(repository.root)).rejects.toThrow(/x\.dvc: it is no UTF-8/)
  })

  test('a .gitignore that is no UTF-8 hides what its other lines say', async () => {
    await repository.write('.gitignore', Buffer.from('# caf\u00e9\n/x.dvc\n', 'latin1'))
    expect(await read({ 'x.dvc': 'broken: [', 'y.dvc': dvcFile(MD5, 'y') })).toHaveLength(1)
  })

  test("folders whose names are no UTF-8 are in nobody's way, unless there is a file of DVC", async () => {
    const folder = Buffer.concat([Buffer.from(`${repository.root}/`), Buffer.from([0xff, 0xfe])])
    await mkdir(folder)
    expect(await read({ 'y.dvc': dvcFile(MD5, 'y') })).toHaveLength(1)
    await writeFile(Buffer.concat([folder, Buffer.from('/x.dvc')]), dvcFile(MD5, 'x'))
    await expect(readRepository(repository.root)).rejects.toThrow(/name .* is no UTF-8/)
  })

  test('refuses two files that name the same output', async () => {
    await expect(read({ 'a.dvc': dvcFile(MD5, 'x'), 'b.dvc': dvcFile(MD5, 'x') })).rejects.toThrow(
      /a\.dvc as well/,
    )
  })

  test('says where there is no repository', async () => {
    await expect(readRepository(join(repository.root, 'sub'))).rejects.toThrow(/no folder \.dvc/)
  })
})

describe('a pipeline', () => {
  const lock = (...outs: string[]) =>
    `schema: '2.0'\nstages:\n${outs
      .map((out) => out.split(':'))
      .map(
        ([stage, path]) =>
          `  ${stage}:\n    cmd: x\n    outs:\n    - {path: ${path}, hash: md5, md5: ${MD5}}\n`,
      )
      .join('')}`
  const pipeline = async (yaml: string, ...outs: string[]) => {
    const outputs = await read({ 'dvc.yaml': yaml, 'dvc.lock': lock(...outs) })
    return outputs.map(({ path, cache, push, remote, oid }) => [path, cache, push, remote, oid !== undefined])
  }

  test('takes the flags from dvc.yaml and the objects from dvc.lock', async () => {
    const yaml = `stages:
  a: {cmd: x, outs: [{m.pkl: {remote: Models}}]}
  b: {cmd: x, metrics: [{metrics.json: {cache: false}}]}
  c: {cmd: x, plots: [{plot.csv: {push: false}}]}
`
    expect(await pipeline(yaml, 'a:m.pkl', 'b:metrics.json', 'c:plot.csv')).toEqual([
      ['m.pkl', true, true, 'models', true],
      ['metrics.json', false, true, undefined, true],
      ['plot.csv', true, false, undefined, true],
    ])
  })

  test('follows foreach and matrix stages by their expanded names', async () => {
    const yaml = `stages:
  tr:
    foreach: [a, b]
    do: {cmd: x, outs: ['models/\${item}.pkl': {push: false}]}
  mx:
    matrix: {lr: [0.1]}
    cmd: x
    outs: [out]
`
    expect(await pipeline(yaml, 'tr@a:models/a.pkl', 'tr@b:models/b.pkl', 'mx@0.1:out')).toEqual([
      ['models/a.pkl', true, false, undefined, true],
      ['models/b.pkl', true, false, undefined, true],
      ['out', true, true, undefined, true],
    ])
  })

  test('forgets stages and outputs that only the lock remembers', async () => {
    expect(await pipeline('stages:\n  a: {cmd: x, outs: [m]}\n', 'a:m', 'gone:old')).toEqual([
      ['m', true, true, undefined, true],
    ])
  })

  test('an output that the lock does not know has no object', async () => {
    expect(await pipeline('stages:\n  a: {cmd: x, outs: [m, n]}\n', 'a:m')).toEqual([
      ['m', true, true, undefined, true],
      ['n', true, true, undefined, false],
    ])
  })
})

const output = (more: Partial<Output>): Output => ({
  path: 'a',
  source: 'a.dvc',
  oid: MD5,
  hash: 'md5',
  size: 3,
  nfiles: undefined,
  isexec: false,
  remote: undefined,
  cache: true,
  push: true,
  origin: undefined,
  ...more,
})

describe('targets', () => {
  const outputs = [
    output({ path: 'data', source: 'data.dvc' }),
    output({ path: 'sub/model', source: 'sub/dvc.yaml:train@eu' }),
    output({ path: 'sub/x', source: 'sub/x.dvc' }),
  ]
  test.each<[targets: string[], paths: string[]]>([
    [[], ['data', 'sub/model', 'sub/x']],
    [['.'], ['data', 'sub/model', 'sub/x']],
    [['data'], ['data']],
    [['./data/'], ['data']],
    [['data.dvc'], ['data']],
    [['sub'], ['sub/model', 'sub/x']],
    [['train'], ['sub/model']],
    [['train@eu'], ['sub/model']],
    [['sub/dvc.yaml'], ['sub/model']],
    [['sub/dvc.yaml:train'], ['sub/model']],
    [
      ['sub/x', 'data'],
      ['data', 'sub/x'],
    ],
  ])('%j', (targets, want) => {
    expect(paths(selectOutputs({ outputs }, { targets }))).toEqual(want)
  })

  test.each<[targets: string[], paths: string[]]>([
    [['s*/x'], ['sub/x']],
    [['**/*.dvc'], ['data', 'sub/x']],
    [['tr*'], ['sub/model']],
    [['sub/[mx]*'], ['sub/model', 'sub/x']],
  ])('with patterns: %j', (targets, want) => {
    expect(paths(selectOutputs({ outputs }, { targets }))).toEqual(want)
  })

  test('that name nothing are refused with what is tracked', () => {
    expect(() => selectOutputs({ outputs }, { targets: ['nothing'] })).toThrow(
      /tracked are data, sub\/model, sub\/x/,
    )
    expect(() => selectOutputs({ outputs }, { targets: ['data/part'] })).toThrow(
      /data, which is no directory/,
    )
  })

  test('inside of a directory are a part of it, unless all of it is meant as well', () => {
    const directory = output({ path: 'dir', source: 'dir.dvc', oid: `${MD5}.dir` })
    const parts = (...targets: string[]) =>
      selectOutputs({ outputs: [directory] }, { targets }).map((selected) => selected.parts)
    expect(parts('dir/a', 'dir/b/')).toEqual([['a', 'b']])
    expect(parts('dir/a', 'dir')).toEqual([undefined])
    expect(parts('dir', 'dir/a')).toEqual([undefined])
  })

  test('take what they depend on along, through every stage between', async () => {
    const lock = (...outs: string[]) =>
      `schema: '2.0'\nstages:\n${outs.map((out) => `  ${out}:\n    cmd: x\n    outs:\n    - {path: ${out}.out, hash: md5, md5: ${MD5}}\n`).join('')}`
    for (const [path, text] of Object.entries({
      'data.dvc': dvcFile(`${MD5}.dir`, 'data'),
      'other.dvc': dvcFile(MD5, 'other'),
      'dvc.yaml':
        'stages:\n  a: {cmd: x, deps: [data/raw.csv], outs: [a.out]}\n  b: {cmd: x, deps: [./a.out, src], outs: [b.out]}\n  c: {cmd: x, deps: [b.out], outs: [c.out]}\n',
      'dvc.lock': lock('a', 'b', 'c'),
    }))
      await repository.write(path, text)
    const read = await readRepository(repository.root)
    expect(paths(selectOutputs(read, { targets: ['b'], withDeps: true }))).toEqual(['a.out', 'b.out', 'data'])
    expect(paths(selectOutputs(read, { targets: ['b'] }))).toEqual(['b.out'])
  })

  test('that git ignores are refused by that reason', async () => {
    await repository.write('.gitignore', '/x.dvc\n')
    await repository.write('x.dvc', dvcFile(MD5, 'x'))
    const read = await readRepository(repository.root)
    expect(() => selectOutputs(read, { targets: ['x.dvc'] })).toThrow(/git or \.dvcignore ignores this file/)
  })
})

describe('the remote of an output', () => {
  const bind = (outputs: Output[], wanted?: string, defaultRemote: string | undefined = 'store') => {
    const options = new Map([['url', { value: 's3://bkt/p', folder: '/', file: 'config' }]])
    const remotes = new Map([
      ['store', options],
      ['other', options],
    ])
    return bindOutputs(outputs, { ...mergeConfig('/r', []), defaultRemote, remotes }, wanted)
  }

  test.each<[more: Partial<Output>, wanted: string | undefined, target: string | undefined]>([
    [{}, undefined, 'store'],
    [{ remote: 'other' }, undefined, 'other'],
    [{}, 'Other', 'other'],
    [{ remote: 'other' }, 'other', 'other'],
    [{ remote: 'store' }, 'other', undefined],
    [{ origin: { kind: 'url', url: 's3://x' } }, undefined, undefined],
    [{ cache: false }, undefined, undefined],
    [{ push: false }, undefined, undefined],
  ])('of %j with the input %s is %s', (more, wanted, target) => {
    const { outputs, leftOut } = bind([output(more)], wanted)
    expect(outputs.map((bound) => bound.target)).toEqual(target === undefined ? [] : [target])
    expect(leftOut).toHaveLength(target === undefined ? 1 : 0)
  })

  test('has to be named somewhere', () => {
    expect(() => bindOutputs([output({})], mergeConfig('/r', []), undefined)).toThrow(
      /core\.remote is not set/,
    )
    const empty = mergeConfig('/r', [{ file: '.dvc/config', folder: '/r/.dvc', text: '[core]\nremote =\n' }])
    expect(() => bindOutputs([output({})], empty, undefined)).toThrow(/core\.remote is not set/)
  })
})

describe('ignore patterns', () => {
  test.each<[rules: string, path: string, isDirectory: boolean, ignored: boolean]>([
    ['*.log', 'a/b.log', false, true],
    ['/data', 'data', true, true],
    ['/data', 'sub/data', true, false],
    ['data/', 'data', false, false],
    ['data/', 'sub/data', true, true],
    ['a/b', 'a/b', false, true],
    ['a/b', 'x/a/b', false, false],
    ['**/x', 'a/b/x', false, true],
    ['a/**/x', 'a/x', false, true],
    ['a/**', 'a/b/c', false, true],
    ['*.log\n!keep.log', 'keep.log', false, false],
    ['[ab].txt', 'a.txt', false, true],
    ['[!ab].txt', 'a.txt', false, false],
    ['\\#x', '#x', false, true],
    ['\\*x', '*x', false, true],
    ['\\*x', 'ax', false, false],
    ['a?c', 'abc', false, true],
    ['# comment', '# comment', false, false],
  ])('%j for %s (directory: %s)', (rules, path, isDirectory, ignored) => {
    expect(isIgnored(parseGitignore(rules, ''), path, isDirectory)).toBe(ignored)
  })

  test('count from the folder of their file', () => {
    const rules = parseGitignore('/x', 'sub')
    expect([isIgnored(rules, 'sub/x', false), isIgnored(rules, 'x', false)]).toEqual([true, false])
  })
})
