import { describe, expect, test } from '@jest/globals'
import { HOSTILE_VALUES } from '../../../test/harness/hostile.ts'
import { inputs } from '../src/inputs.ts'
import { readInputs } from './fixture.ts'

describe('inputs that do not go together are refused', () => {
  const refused: [what: string, given: Record<string, string>, sentence: string][] = [
    ['a bump of nothing', {}, 'image: give `image`, `storage-uri` or both'],
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
    ['a token of two lines', { image: 'a:1', token: 'ghs_1\nX-Header: y' }, 'token: holds white space'],
    ['a trailer of our own', { image: 'a:1', trailers: 'Mlops-Run-Id=9' }, 'trailers: got'],
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
const FREE = new Set(['commit-message', 'token', 'ssh-key', 'ssh-known-hosts', 'ca-cert'])

describe.each(Object.keys(inputs.fields).filter((name) => !FREE.has(name)))('%s', (name) => {
  test.each(HOSTILE_VALUES)('refuses %j', (value) => {
    const others = name === 'image' ? {} : { image: 'registry.example/churn:v2' }
    // A path may be any name that a file can have; git takes it literally.
    const harmless = name === 'file' && !/^\/|\.\.|[\n\u0000]/.test(value)
    const legal = harmless || (name === 'branch' && ['$(id)', '`id`', '\'"'].includes(value))
    const read = (): unknown => readInputs({ ...others, [name]: value })
    if (legal) expect(read).not.toThrow()
    else expect(read).toThrow(expect.objectContaining({ kind: 'config' }))
  })
})

test('the token and the key are masked before anything else', () => {
  const masked: string[] = []
  expect(() =>
    readInputs({ token: 'ghs_secret', 'ssh-key': 'key-secret', image: '!' }, (secret) => masked.push(secret)),
  ).toThrow()
  expect(masked).toEqual(['ghs_secret', 'key-secret'])
})
