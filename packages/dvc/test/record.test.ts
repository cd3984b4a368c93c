import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { testWorld } from '../../../test/harness/world.ts'
import { editDvcFile, md5Token } from '../src/formats/dvc-file-edit.wire.ts'
import { readRepository, recordOutputs, writeRecords } from '../src/index.ts'
import { directoryOid, dvcFile, makeRepository, type TestRepository } from './repository.ts'

const OLD = 'acbd18db4cc2f85cedef654fccc4a4d8'
const NEW = '37b51d194a7513e45b56f6524f2d51f2'
const FILE = { oid: NEW, size: 3, nfiles: undefined, isexec: false }

describe('recording an output anew', () => {
  test.each<[what: string, before: string, after: string]>([
    [
      'changes the tokens that differ, and keeps comments, order and quotes',
      `# mine\nouts:\n- md5: ${OLD}   # old\n  size: 6\n  hash: md5\n  path: "a"\n  desc: x\nmeta: {k: v}\n`,
      `# mine\nouts:\n- md5: ${NEW}   # old\n  size: 3\n  hash: md5\n  path: "a"\n  desc: x\nmeta: {k: v}\n`,
    ],
    [
      'appends what a file of DVC 2 does not have',
      `outs:\n- md5: ${OLD}\n  size: 6\n  path: a\n`,
      `outs:\n- md5: ${NEW}\n  size: 3\n  path: a\n  hash: md5\n`,
    ],
    [
      'takes away what no longer holds',
      `outs:\n- md5: ${OLD}.dir\n  size: 6\n  nfiles: 2\n  isexec: true\n  hash: md5\n  path: a\n`,
      `outs:\n- md5: ${NEW}\n  size: 3\n  hash: md5\n  path: a\n`,
    ],
    [
      'keeps CRLF and touches only its own output',
      `outs:\r\n- md5: ${OLD}\r\n  size: 6\r\n  path: b\r\n- md5: ${OLD}\r\n  size: 6\r\n  path: a\r\n`,
      `outs:\r\n- md5: ${OLD}\r\n  size: 6\r\n  path: b\r\n- md5: ${NEW}\r\n  size: 3\r\n  path: a\r\n  hash: md5\r\n`,
    ],
    [
      'works without a last line end and with indented lists',
      `outs:\n  - md5: ${OLD}\n    path: a`,
      `outs:\n  - md5: ${NEW}\n    path: a\n    size: 3\n    hash: md5`,
    ],
    // As `dvc add` of 3.67.1 and 3.50.3 writes each of these.
    [
      'keeps an MD5 below its sign of folding',
      `outs:\n- md5: >-  # old\n    ${OLD}\n  size: 3\n  hash: md5\n  path: a\n`,
      `outs:\n- md5: >-  # old\n    ${NEW}\n  size: 3\n  hash: md5\n  path: a\n`,
    ],
    [
      'keeps a comment in its column',
      `outs:\n- md5: ${OLD}\n  size: 12345   # bytes\n  hash: md5\n  path: a\n`,
      `outs:\n- md5: ${NEW}\n  size: 3       # bytes\n  hash: md5\n  path: a\n`,
    ],
    [
      'appends behind a list or mapping that comes last',
      `outs:\n- md5: ${OLD}\n  size: 3\n  path: a\n  meta:\n    b:\n    - c\nmeta: {k: v}\n`,
      `outs:\n- md5: ${NEW}\n  size: 3\n  path: a\n  meta:\n    b:\n    - c\n  hash: md5\nmeta: {k: v}\n`,
    ],
    [
      'appends behind the comments below the last value',
      `outs:\n- md5: ${OLD}\n  size: 3\n  path: a\n\n# of all\nmeta: {k: v}\n`,
      `outs:\n- md5: ${NEW}\n  size: 3\n  path: a\n\n# of all\n  hash: md5\nmeta: {k: v}\n`,
    ],
    [
      'appends behind a value that is folded',
      `outs:\n- size: 3\n  path: a\n  md5: >-\n    ${OLD}\n`,
      `outs:\n- size: 3\n  path: a\n  md5: >-\n    ${NEW}\n  hash: md5\n`,
    ],
  ])('%s', (_, before, after) => {
    expect(editDvcFile(before, 'a.dvc', 'a', FILE)).toBe(after)
  })

  test('an output whose name DVC has folded at a separator of lines is found again', () => {
    const text = (md5: string) =>
      `outs:\n- md5: ${md5}\n  size: ${FILE.size}\n  hash: md5\n  path: 'a\u2028    b'\n`
    expect(editDvcFile(text(OLD), 'a.dvc', 'a\u2028b', FILE)).toBe(text(FILE.oid))
  })

  test('refuses an output in braces', () => {
    expect(() => editDvcFile(`outs: [{md5: ${OLD}, path: a}]\n`, 'a.dvc', 'a', FILE)).toThrow(/in braces/)
  })

  // ruamel.yaml as DVC 3.67.1 uses it.
  test.each([
    ['1234567890123456e789012345678901', true],
    ['12345678901234567890123456789012', true],
    ['1234567890123456789012345678901e', false],
    ['e2345678901234567890123456789012', false],
    ['12345678e0123456e890123456789012', false],
    [`${'1'.repeat(32)}.dir`, false],
    [NEW, false],
  ])('an MD5 such as %s is quoted: %s', (md5, quoted) => {
    expect(md5Token(md5)).toBe(quoted ? `'${md5}'` : md5)
  })
})

describe('add', () => {
  let repository: TestRepository

  beforeEach(async () => {
    repository = await makeRepository({
      'sub/model.dvc': dvcFile(`${OLD}.dir`, 'model', '  size: 1\n  nfiles: 9\n'),
      'sub/model/a': '1',
      'sub/model/b/c': '22',
      'x.dvc': dvcFile(OLD, 'x'),
      x: 'foo',
      'dvc.yaml': 'stages:\n  t: {cmd: x, outs: [out]}\n',
    })
  })
  afterEach(() => repository.close())

  async function add(...paths: string[]) {
    const read = await readRepository(repository.root)
    const recording = await recordOutputs(testWorld(), read, { add: paths, changed: false }, undefined)
    await writeRecords(read, recording.edits)
    return recording
  }
  const text = (path: string) => readFile(join(repository.root, path), 'utf8')

  test('records a directory, and an unchanged output not at all', async () => {
    const { outputs, edits } = await add('sub/model', 'x')
    const oid = directoryOid({ a: '1', 'b/c': '22' })
    expect(edits.map(({ file }) => file)).toEqual(['sub/model.dvc'])
    expect(outputs.find(({ path }) => path === 'sub/model')).toMatchObject({ oid, size: 3, hash: 'md5' })
    expect(await text('sub/model.dvc')).toBe(dvcFile(oid, 'model', '  size: 3\n  nfiles: 2\n'))
  })

  test('records a file by the name of its .dvc file, with its executable bit', async () => {
    await repository.write('x', 'bar')
    await chmod(join(repository.root, 'x'), 0o755)
    await add('x.dvc')
    expect(await text('x.dvc')).toBe(
      `outs:\n- md5: ${NEW}\n  hash: md5\n  path: x\n  size: 3\n  isexec: true\n`,
    )
  })

  // As DVC 3.67.1 does it.
  test.each([
    ['', `outs:\n- md5: ${OLD}\n  size: 3\n  hash: md5\n  path: x\n`],
    [' of DVC 2, which stays one', `outs:\n- md5: ${OLD}\n  size: 3\n  path: x\n`],
  ])('records an executable bit that came and one that went, in a file%s', async (_, before) => {
    await repository.write('x.dvc', before)
    await chmod(join(repository.root, 'x'), 0o755)
    const { outputs } = await add('x')
    expect(outputs.find(({ path }) => path === 'x')).toMatchObject({ isexec: true })
    expect(await text('x.dvc')).toBe(`${before}  isexec: true\n`)
    await chmod(join(repository.root, 'x'), 0o644)
    await repository.write('x.dvc', before.replace('  path', '  isexec: true\n  path'))
    await add('x')
    expect(await text('x.dvc')).toBe(before)
    expect((await add('x')).edits).toEqual([])
  })

  test.each([['out', /output of the pipeline \(dvc\.yaml:t\)/]])('refuses %s', async (path, words) => {
    await expect(add(path)).rejects.toThrow(words)
  })

  test('says what the file system refuses', async () => {
    const read = await readRepository(repository.root)
    const { edits } = await recordOutputs(
      testWorld(),
      read,
      { add: ['sub/model'], changed: false },
      undefined,
    )
    await repository.remove('sub')
    await expect(writeRecords(read, edits)).rejects.toMatchObject({
      kind: 'config',
      code: 'DVC_FILE_ACCESS',
      message: expect.stringMatching(/sub\/model\.dvc: ENOENT/),
    })
  })

  test('refuses what is not in the workspace', async () => {
    await repository.remove('x')
    await expect(add('x')).rejects.toThrow(/not in the workspace/)
  })
})
