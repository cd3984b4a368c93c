import { describe, expect, test } from '@jest/globals'
import { HOSTILE_VALUES } from '../../../test/harness/hostile.ts'
import { inputs } from '../src/inputs.ts'
import { readInputs } from './fixture.ts'

describe('inputs that do not go together are refused', () => {
  const refused: [what: string, given: Record<string, string>, sentence: string][] = [
    [
      'a bump of nothing',
      {},
      'image: give `image`, `storage-uri`, `annotations`, `env`, `value` or `changes`',
    ],
    ['an image that moves', { image: 'a:latest' }, 'image: the tag `latest` means another image tomorrow'],
    [
      'an image that moves in the list',
      { changes: '- image: a:latest' },
      'changes: the tag `latest` means another image tomorrow',
    ],
    ['no file', { file: '', image: 'a:1' }, 'file: is required'],
    ['no file for one of the list', { file: '', changes: '- image: a:1' }, 'file: is required'],
    ['a file twice', { file: 'a.yaml\na.yaml', image: 'a:1' }, 'want the paths of at most 50 files'],
    ['a value that stands nowhere', { value: '3' }, 'path: say where `value` stands'],
    ['a place without anything for it', { path: 'a.b', env: 'A=1' }, 'value: say what shall stand at `path`'],
    ['a marker without a namespace', { image: 'a:1', policy: 'churn' }, 'want a marker such as'],
    ['a marker of two names', { image: 'a:1', policy: 'a:b:tag' }, 'want a marker such as'],
    ['a marker and a name', { image: 'a:1', policy: 'a:b', name: 'c' }, 'policy: want no other way'],
    [
      'a marker and a path in a rollback',
      { mode: 'rollback', image: 'a:1', 'previous-image': 'a:0', policy: 'a:b', kind: 'Kustomization' },
      'policy: want no other way',
    ],
    [
      'a marker of a variable',
      { env: 'A=b', policy: 'a:b' },
      'policy: want nothing but image or storage-uri',
    ],
    ['an annotation without a key', { annotations: '=x' }, 'annotations: got'],
    ['an annotation with a blank in its key', { annotations: 'a b=x' }, 'want keys of annotations'],
    ['the model as a variable', { env: 'STORAGE_URI=s3://a/b/' }, 'STORAGE_URI to be given as storage-uri'],
    ['a variable of two words', { env: 'A B=1' }, 'want names of variables'],
    ['a registry with a scheme', { image: 'a:1', 'allowed-registries': 'https://a.b' }, 'want a registry'],
    [
      'a registry of nothing but stars',
      { image: 'a:1', 'allowed-registries': '*.*.*.*.a' },
      'want a registry',
    ],
    [
      'a list in a rollback',
      { mode: 'rollback', 'rollback-of': 'a'.repeat(40), changes: '- image: a:1' },
      'changes: is for `mode: bump` only',
    ],
    [
      'a bump with a previous image',
      { image: 'a:1', 'previous-image': 'a:0' },
      'previous-image: is for `mode: rollback` only',
    ],
    ['a rollback of nothing', { mode: 'rollback' }, 'rollback-of: give the commit'],
    [
      'a rollback of a first deployment',
      { mode: 'rollback', image: 'a:1' },
      'previous-image: is needed to take back `image`',
    ],
    [
      'a rollback to what is bad',
      { mode: 'rollback', image: 'a:1', 'previous-image': 'a:1', 'rollback-of': 'a'.repeat(40) },
      'previous-image: is the same as `image`: there is nothing to go back to',
    ],
    [
      'a rollback from anything',
      { mode: 'rollback', 'previous-storage-uri': 's3://a/b/' },
      'storage-uri: say which one is bad',
    ],
    [
      'an image without tag and digest',
      { image: 'registry.example/churn' },
      'want an image with a tag or a digest',
    ],
    [
      'a key for the API',
      { image: 'a:1', transport: 'api', 'ssh-key': 'k'.repeat(20) },
      'ssh-key: `transport: api` takes a token',
    ],
    [
      'a token in the URL',
      { image: 'a:1', repository: 'https://x:ghs_123456@github.com/a/b' },
      'repository: got',
    ],
    [
      'a token for the product of two lines',
      { image: 'a:1', 'source-token': 'ghs_1\nX-Header: y' },
      'source-token: holds white space',
    ],
    ['a token of two lines', { image: 'a:1', token: 'ghs_1\nX-Header: y' }, 'token: holds white space'],
    ['a trailer of our own', { image: 'a:1', trailers: 'Mlops-Run-Id=9' }, 'trailers: got'],
    ['a trailer of this version', { image: 'a:1', trailers: 'Mlops-At={}' }, 'trailers: got'],
    [
      'a trailer that an input is for',
      { image: 'a:1', trailers: 'Mlops-Model-Version=43', 'model-version': '44' },
      'trailers: Mlops-Model-Version is given by an input of its own already',
    ],
    ['an author without an address', { image: 'a:1', author: 'Ann' }, 'author: got "Ann"; want Name <email>'],
  ]
  test.each(refused)('%s', (_what, given, sentence) => {
    expect(() => readInputs(given)).toThrow(
      expect.objectContaining({ kind: 'config', message: expect.stringContaining(sentence) }),
    )
  })

  test('but a rollback of two values of which one was not changed is a rollback', () => {
    const uris = { 'storage-uri': 's3://a/2/', 'previous-storage-uri': 's3://a/1/' }
    expect(() =>
      readInputs({ mode: 'rollback', image: 'a:1', 'previous-image': 'a:1', ...uris }),
    ).not.toThrow()
  })

  test('all at once', () => {
    expect(() =>
      readInputs({ image: 'A', file: '../x', branch: '-x', mode: 'undo', component: 'p', 'dry-run': 'yes' }),
    ).toThrow('6 inputs are wrong')
  })
})

/** Free text, or a secret: anything goes, so it has to be harmless where it is used. */
const FREE = new Set([
  'commit-message',
  'validate',
  'token',
  'source-token',
  'ssh-key',
  'ssh-known-hosts',
  'ca-cert',
])

/** What of it is a value like any other, written down as the text that it is. */
const LEGAL: Readonly<Record<string, (value: string) => boolean>> = {
  // A path may be any name that a file can have; git takes it literally. Two lines are two files.
  file: (value) => !/^\/|\.\.|\u0000/.test(value),
  branch: (value) => ['$(id)', '`id`', '\'"'].includes(value),
  value: (value) => !/[\n\u0000]/.test(value),
  'freeze-file': (value) => !/^\/|\.\.|[\n\u0000]/.test(value),
  approver: (value) => value === 'a\nb',
  'mount-path': (value) => value === '/etc/passwd',
  'allowed-registries': (value) => value === 'a\nb',
}

describe.each(Object.keys(inputs.fields).filter((name) => !FREE.has(name)))('%s', (name) => {
  test.each(HOSTILE_VALUES)('refuses %j', (value) => {
    const others = {
      image: name === 'image' ? '' : 'registry.example/churn:v2',
      path: name === 'value' ? 'a.b' : '',
    }
    const read = (): unknown => readInputs({ ...others, [name]: value })
    const legal = LEGAL[name]?.(value) ?? false
    if (legal) expect(read).not.toThrow()
    else expect(read).toThrow(expect.objectContaining({ kind: 'config' }))
  })
})

test('the token and the key are masked before anything else', () => {
  const masked: string[] = []
  expect(() =>
    readInputs(
      { token: 'ghs_secret', 'source-token': 'ghs_source', 'ssh-key': 'key-secret', image: '!' },
      (secret) => masked.push(secret),
    ),
  ).toThrow()
  expect(masked).toEqual(['ghs_secret', 'ghs_source', 'key-secret'])
})
