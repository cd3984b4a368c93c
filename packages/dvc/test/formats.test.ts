import { describe, expect, test } from '@jest/globals'
import { dirOid, formatDirObject, parseDirObject } from '../src/formats/dir-object.wire.ts'
import { parseDvcFile } from '../src/formats/dvc-file.wire.ts'
import { parseDvcLock } from '../src/formats/dvc-lock.wire.ts'
import { parseDvcYaml } from '../src/formats/dvc-yaml.wire.ts'
import { fileFailure } from '../src/invalid.ts'
import { dos2unix, md5Base64, md5Hex } from '../src/objects/hash.ts'
import { objectPath } from '../src/objects/keys.ts'

const directory = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).map(([relpath, content]) => ({ relpath, md5: md5Hex(content) }))

// DVC's own tests (dvc/testing/remote_tests.py, tests/func/test_virtual_directory.py, tests/func/test_diff.py).
describe('a file of YAML that is none', () => {
  test.each<[what: string, text: string, words: RegExp]>([
    [
      'an unfinished merge',
      'outs:\n<<<<<<< HEAD\n- md5: a\n=======\n- md5: b\n>>>>>>> theirs\n  path: x\n',
      /x\.dvc: it holds the marks of an unfinished merge\. Finish the merge/,
    ],
    ['several documents', 'outs: []\n---\nouts: []\n', /x\.dvc: it holds several documents/],
  ])('%s says so', (_, text, words) => {
    expect(() => parseDvcFile(text, 'x.dvc')).toThrow(words)
    expect(() => parseDvcYaml(text, 'x.dvc')).toThrow(words)
  })
})

describe('what the file system refuses', () => {
  test.each([
    ['ENOSPC', 'quota', /The disk is full.*Free space/],
    ['EROFS', 'config', /writable.*read-only/],
    ['EACCES', 'config', /user of this job may not/],
    ['EFBIG', 'config', /ulimit -f/],
    ['EIO', 'config', /Check/],
  ])('%s is %s, with what to do', (code, kind, words) => {
    const cause = Object.assign(new Error(`${code}: x`), { code, syscall: 'write' })
    expect(fileFailure('data/a', cause)).toMatchObject({ kind, message: expect.stringMatching(words) })
  })
})

describe('hashes', () => {
  test.each([
    ['foo', 'acbd18db4cc2f85cedef654fccc4a4d8'],
    ['bar', '37b51d194a7513e45b56f6524f2d51f2'],
    ['', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['\r\n', '81051bcc2cf1bedf378224b0a93e2877'],
    ['dvc', '14ffd92a6cbf5f2f657067df0d5881a6'],
    ['cml', '64020400f00960c0ef04052547b134b3'],
  ])('of %j', (content, md5) => {
    expect(md5Hex(content)).toBe(md5)
  })

  test('of DVC 2 take CRLF in text for LF, and leave binary data alone', () => {
    expect(md5Hex(dos2unix(Buffer.from('a\r\nb\r\n')))).toBe('dd8c6a395b5dd36c56d23275028f526c')
    const binary = Buffer.from([0, 13, 10])
    expect(dos2unix(binary)).toBe(binary)
  })

  test('go into Content-MD5 as base64', () => {
    expect(md5Base64('d41d8cd98f00b204e9800998ecf8427e')).toBe('1B2M2Y8AsgTpgAmY7PhCfg==')
  })

  test('say where an object lies, by the kind of hash', () => {
    expect(objectPath('acbd18db4cc2f85cedef654fccc4a4d8', 'md5')).toBe(
      'files/md5/ac/bd18db4cc2f85cedef654fccc4a4d8',
    )
    expect(objectPath('dd8c6a395b5dd36c56d23275028f526c', 'md5-dos2unix')).toBe(
      'dd/8c6a395b5dd36c56d23275028f526c',
    )
  })
})

/** Made and hashed by DVC 3.67.1: names that every easy way of sorting or escaping gets wrong. */
const TORTURE: Readonly<Record<string, string>> = {
  '.gitignore': 'n',
  '.hidden': 'j',
  'A.txt': 'm',
  'a-b/c': 'c',
  'a.txt': 'a',
  'a/b': 'b',
  a0: 'd',
  crlf: '\r\n',
  'del\u007f': 'l',
  'dvc.yaml': 'p',
  empty: '',
  'e\u0301-nfd.txt': 'g',
  'foo.dvc': 'o',
  "html<>&'.txt": "x<>&'",
  link: 'a',
  'sp ace "q" \\back.txt': 'e',
  'tab\there': 'k',
  'u2028\u2028x': 'q',
  '\u00e9-nfc.txt': 'f',
  '\uff5e.txt': 'i',
  '\u{1f600}.txt': 'h',
}

describe('directory objects', () => {
  test.each<[oid: string, files: Record<string, string>]>([
    ['d751713988987e9331980363e24189ce.dir', {}],
    ['5ea40360f5b4ec688df672a4db9c17d1.dir', { foo: 'foo', bar: 'bar' }],
    ['a5beca056acbef9e0013347efdc2b751.dir', { foo: 'foo', bar: 'bar', foobar: 'foobar' }],
    ['5fb6b29836c388e093ca0715c872fe2a.dir', { 1: '1', 2: '2' }],
    ['0dab3fae569586d4c33272e5011605bf.dir', { file: 'text' }],
    ['9fa22302b0e6804a59623abeff3d3b17.dir', { 'a.txt': 'hello\n', 'sub/b.txt': 'world' }],
    ['c51c15774d692cbdd1b8f85ed374d212.dir', TORTURE],
  ])('%s', (oid, files) => {
    const bytes = formatDirObject(directory(files))
    expect(dirOid(bytes)).toBe(oid)
    expect(formatDirObject(parseDirObject(bytes, 'test'))).toEqual(bytes)
  })

  test('are written as Python writes them', () => {
    expect(formatDirObject(directory({ foo: 'foo', bar: 'bar' })).toString()).toBe(
      '[{"md5": "37b51d194a7513e45b56f6524f2d51f2", "relpath": "bar"}, {"md5": "acbd18db4cc2f85cedef654fccc4a4d8", "relpath": "foo"}]',
    )
    expect(formatDirObject([])).toEqual(Buffer.from('[]'))
  })

  test.each([
    ['no JSON', '<html>'],
    ['no list', '{}'],
    ['no MD5', '[{"relpath": "a"}]'],
    ['a wrong MD5', '[{"md5": "xyz", "relpath": "a"}]'],
    ...[
      '../a',
      '/etc/passwd',
      'a/../../b',
      'a//b',
      '',
      '.',
      'a\\u0000b',
      'a\\ud800b',
      '.git/config',
      'a/.GIT/hooks/x',
    ].map((path) => [
      `the path ${path}`,
      `[{"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "${path}"}]`,
    ]),
    [
      'a path twice',
      `[${Array(2).fill('{"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "a"}').join(',')}]`,
    ],
    [
      'a file that is a folder too',
      `[${['a/b', 'a'].map((path) => `{"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "${path}"}`).join(',')}]`,
    ],
  ])('with %s are refused', (_, text) => {
    expect(() => parseDirObject(Buffer.from(text), 'data')).toThrow(
      expect.objectContaining({ kind: 'integrity', code: 'DVC_DIR_OBJECT' }),
    )
  })
})

const MD5 = 'acbd18db4cc2f85cedef654fccc4a4d8'

describe('a .dvc file', () => {
  test('of DVC 3 for a directory', () => {
    const text =
      'outs:\n- md5: 9fa22302b0e6804a59623abeff3d3b17.dir\n  size: 11\n  nfiles: 2\n  hash: md5\n  path: data\n'
    expect(parseDvcFile(text, 'data.dvc')).toEqual({
      wdir: '.',
      deps: [],
      origin: undefined,
      outs: [
        {
          path: 'data',
          oid: '9fa22302b0e6804a59623abeff3d3b17.dir',
          hash: 'md5',
          size: 11,
          nfiles: 2,
          isexec: false,
          cache: true,
          push: true,
          remote: undefined,
        },
      ],
    })
  })

  test.each<[what: string, text: string, out: object]>([
    ['of DVC 2', `outs:\n- md5: ${MD5}\n  path: a\n`, { hash: 'md5-dos2unix' }],
    [
      'with an MD5 that looks like a number',
      "outs:\n- md5: '12345678901234567890123456789012'\n  hash: md5\n  path: a\n",
      { oid: '12345678901234567890123456789012' },
    ],
    ['with a size as only YAML writes it', `outs:\n- md5: ${MD5}\n  size: +0x1_0\n  path: a\n`, { size: 16 }],
    [
      'with a flag in capitals',
      `outs:\n- md5: ${MD5}\n  isexec: !!bool 'Yes'\n  path: a\n`,
      { isexec: true },
    ],
    ['with nothing for an MD5', "outs:\n- md5: ''\n  path: a\n", { oid: undefined }],
    ['with an alias for a path', `outs:\n- md5: ${MD5}\n  desc: &a b c\n  path: *a\n`, { path: 'b c' }],
    ['with the line ends of old Macs', `outs:\r- md5: ${MD5}\r  path: a\r`, { path: 'a' }],
    ['with a tag', `outs:\n- md5: ${MD5}\n  path: !!str 123\n`, { path: '123' }],
    ['with a quoted path', `outs:\n- md5: ${MD5}\n  path: "a\\tb"\n`, { path: 'a\tb' }],
    ['with a folded path', `outs:\n- md5: ${MD5}\n  path:\n    long name\n`, { path: 'long name' }],
    [
      'with a separator of lines in a path, which DVC folds as if it were a line break',
      `outs:\n- md5: ${MD5}\n  path: 'a\u2028    b'\n`,
      { path: 'a\u2028b' },
    ],
    ['with CRLF', `outs:\r\n- md5: ${MD5}\r\n  path: a\r\n`, { path: 'a' }],
    [
      'with flags',
      `outs:\n- md5: ${MD5}\n  path: a\n  cache: false\n  push: False\n  remote: Other\n`,
      { cache: false, push: false, remote: 'other' },
    ],
    [
      'with comments, metadata and labels',
      `# mine\ndesc: x\nmeta: {a: {b: 1}}\nouts:\n- md5: ${MD5} # here\n  path: a\n  labels: [x]\n`,
      { oid: MD5 },
    ],
    ['without an MD5', 'outs:\n- path: a\n', { oid: undefined }],
  ])('%s', (_, text, out) => {
    expect(parseDvcFile(text, 'a.dvc').outs).toEqual([expect.objectContaining(out)])
  })

  test.each([
    ['null', '~'],
    ['nothing', ''],
  ])('has its own folder for a wdir of %s', (_, wdir) => {
    expect(parseDvcFile(`wdir: ${wdir}\nouts:\n- md5: ${MD5}\n  path: a\n`, 'a.dvc').wdir).toBe('.')
  })

  test('tells what was imported from another repository from what was fetched from a URL', () => {
    const outs = `outs:\n- md5: ${MD5}\n  hash: md5\n  path: a\n`
    const repo =
      'url: https://git.example/r\n    rev: v1\n    rev_lock: abc\n    remote: Store\n    config:\n      core:\n        remote: a\n      remote:\n        A:\n          url: s3://bkt'
    expect(parseDvcFile(`deps:\n- path: x\n  repo:\n    ${repo}\n${outs}`, 'a.dvc').origin).toEqual({
      kind: 'repository',
      url: 'https://git.example/r',
      rev: 'v1',
      revLock: 'abc',
      path: 'x',
      remote: 'store',
      configFile: undefined,
      config: new Map([
        ['core', new Map([['remote', 'a']])],
        ['remote "a"', new Map([['url', 's3://bkt']])],
      ]),
    })
    expect(parseDvcFile(`deps:\n- path: s3://other/x\n  etag: abc\n${outs}`, 'a.dvc').origin).toBeUndefined()
    expect(parseDvcFile('deps:\n- path: s3://other/x\nouts:\n- path: a\n', 'a.dvc').origin).toEqual({
      kind: 'url',
      url: 's3://other/x',
    })
  })

  test('takes a remote written out for the default remote of the repository it imports from', () => {
    const text = `deps:\n- path: x\n  repo:\n    url: u\n    remote:\n      url: s3://other\nouts:\n- md5: ${MD5}\n  path: a\n`
    expect(parseDvcFile(text, 'a.dvc').origin).toMatchObject({
      remote: undefined,
      config: new Map([['remote', new Map([['url', 's3://other']])]]),
    })
  })

  test.each([
    ['no output', 'meta: {}\n', /names no output/],
    ['an unknown key', `outs:\n- md5: ${MD5}\n  path: a\n  colour: red\n`, /the key "colour"/],
    ['an unknown key on top', `out:\n- md5: ${MD5}\n`, /the key "out"/],
    ['no path', `outs:\n- md5: ${MD5}\n`, /has no path/],
    ['no MD5 in md5', 'outs:\n- md5: abc\n  path: a\n', /"abc", which is no MD5/],
    ['a list on top', '- a\n', /does not hold a mapping/],
    ['broken YAML', 'outs: [\n', /data\.dvc/],
    ['a key twice', 'outs: []\nouts: []\n', /unique at line 2, column 1\. /],
    ['cloud versioning', `outs:\n- path: a\n  files: []\n`, /cloud versioning/],
    ['an external output', `outs:\n- etag: abc\n  path: s3://b/x\n`, /outside of the repository/],
    ['another hash', `outs:\n- md5: ${MD5}\n  hash: sha256\n  path: a\n`, /sha256/],
    ['a size that is none', `outs:\n- md5: ${MD5}\n  size: big\n  path: a\n`, /size is "big"/],
    // What DVC refuses as well, or reads as something that nobody means.
    ['an MD5 that is a number', 'outs:\n- md5: 1234567890123456e789012345678901\n  path: a\n', /in quotes/],
    ['an MD5 in capitals', `outs:\n- md5: ${MD5.toUpperCase()}\n  path: a\n`, /in small letters only/],
    ['a path that is true', `outs:\n- md5: ${MD5}\n  path: true\n`, /path is "true", which is no text/],
    ['a path that is a tagged number', `outs:\n- md5: ${MD5}\n  path: ! '5'\n`, /path is "5"/],
    [
      'a remote that is null',
      `outs:\n- md5: ${MD5}\n  path: a\n  remote: ~\n`,
      /remote is empty, which is no text/,
    ],
    ['a flag in quotes', `outs:\n- md5: ${MD5}\n  path: a\n  push: 'false'\n`, /push is "false"/],
    ['a flag that is empty', `frozen:\nouts:\n- md5: ${MD5}\n  path: a\n`, /frozen is empty/],
    ['a size in quotes', `outs:\n- md5: ${MD5}\n  size: '5'\n  path: a\n`, /size is "5", which is no number/],
    [
      'outs that are a mapping',
      `outs:\n  md5: ${MD5}\n  path: a\n`,
      /its outs is a mapping, which is no list/,
    ],
    ['a list of texts for outs', 'outs: [a]\n', /an output in it is no mapping/],
    ['an MD5 that is too long', `outs:\n- md5: ${MD5}0\n  path: a\n`, /which is no MD5/],
    [
      'a size beyond all numbers',
      `outs:\n- md5: ${MD5}\n  size: 9${'0'.repeat(30)}\n  path: a\n`,
      /no number of bytes/,
    ],
    ['a size below zero', `outs:\n- md5: ${MD5}\n  size: -1\n  path: a\n`, /size is "-1"/],
    ['a hash without a name', `outs:\n- md5: ${MD5}\n  hash: ''\n  path: a\n`, /hash is ""/],
    [
      'the hash of DVC 2 by name',
      `outs:\n- md5: ${MD5}\n  hash: md5-dos2unix\n  path: a\n`,
      /"md5-dos2unix"/,
    ],
    ['labels that are numbers', `outs:\n- md5: ${MD5}\n  path: a\n  labels: [1]\n`, /no list of texts/],
    ['a dependency with an unknown key', `deps: [{paht: b}]\nouts: [{path: a}]\n`, /"paht"/],
    ['an alias for nothing', `outs:\n- md5: ${MD5}\n  path: *a\n`, /\*a/],
    ['YAML of an older version', `%YAML 1.1\n---\nouts: [{path: a}]\n`, /YAML 1\.1/],
    ['YAML of a version to come', `%YAML 1.3\n---\nouts: [{path: a}]\n`, /1\.3/],
    ['a control character', `outs:\n- md5: ${MD5}\n  path: 'a\u0001'\n`, /U\+0001/],
    ['a bare sign of equality', `outs:\n- md5: ${MD5}\n  path: =\n`, /bare =/],
    ['a tag of its own', `outs:\n- md5: ${MD5}\n  path: !mine a\n`, /tag !mine/],
    ['a merge of text', `outs:\n- <<: b\n  path: a\n`, /merges/],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nouts: [*c,*c,*c,*c,*c]\n`,
      /the key "a"|nested too deeply/,
    ],
    ['deep nesting', `outs: ${'['.repeat(300)}${']'.repeat(300)}\n`, /data\.dvc/],
    ['a key that would be a prototype', `__proto__: {x: 1}\nouts:\n- md5: ${MD5}\n  path: a\n`, /__proto__/],
  ])('with %s is refused', (_, text, words) => {
    expect(() => parseDvcFile(text, 'data.dvc')).toThrow(
      expect.objectContaining({ kind: 'config', message: expect.stringMatching(words) }),
    )
  })
})

describe('a dvc.lock', () => {
  test('of schema 2.0 gives the outputs of its stages', () => {
    const text = `schema: '2.0'\nstages:\n  tr@a:\n    cmd: x\n    outs:\n    - path: out/dir\n      hash: md5\n      md5: 3bf3fa1ca4277e87b5193c2612d8eb3c.dir\n      size: 2\n      nfiles: 1\n  empty:\n    cmd: y\n`
    const lock = parseDvcLock(text, 'dvc.lock')
    expect(lock.get('tr@a')).toEqual([
      {
        path: 'out/dir',
        oid: '3bf3fa1ca4277e87b5193c2612d8eb3c.dir',
        hash: 'md5',
        size: 2,
        nfiles: 1,
        isexec: false,
      },
    ])
    expect(lock.get('empty')).toEqual([])
  })

  test.each([
    ['no schema', 'stages: {}\n', /no schema/],
    ['another schema', "schema: '1.0'\nstages: {}\n", /"1.0"/],
    ['a list on top', '- a\n', /dvc\.lock: it does not hold a mapping/],
    ['a list of stages', "schema: '2.0'\nstages: [a]\n", /its stages is a list, which is no mapping/],
    ['a stage that is none', "schema: '2.0'\nstages: {a: x}\n", /stage a/],
    ['a schema that is a number', 'schema: 2.0\nstages: {}\n', /schema is the value 2\.0/],
    ['a stage whose name is a number', "schema: '2.0'\nstages: {1: {cmd: x}}\n", /stage 1/],
    ['a stage without a command', "schema: '2.0'\nstages: {a: {outs: []}}\n", /has no cmd/],
    ['an unknown key', "schema: '2.0'\nstages: {a: {cmd: x, out: []}}\n", /the key "out"/],
    ['parameters that are none', "schema: '2.0'\nstages: {a: {cmd: x, params: {p: 1}}}\n", /params/],
    [
      'an output with an unknown key',
      "schema: '2.0'\nstages: {a: {cmd: x, outs: [{path: a, push: false}]}}\n",
      /"push"/,
    ],
  ])('with %s is refused', (_, text, words) => {
    expect(() => parseDvcLock(text, 'dvc.lock')).toThrow(words)
  })
})
