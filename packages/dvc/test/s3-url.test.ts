import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { resolveRemote } from '../src/index.ts'
import { md5Hex } from '../src/objects/hash.ts'
import { formatS3Url, parsePublicUrl, parseS3Url } from '../src/repository/s3-url.ts'
import { startRemote, type TestRemote } from './remote.ts'
import { CONFIG, configOf, dvcFile, makeRepository, type TestRepository } from './repository.ts'

const OBJECT = 'files/md5/76/4efa883dda1e11db47671c4a3bbd9e'

/** Where `dvc push` of DVC 3.67.1 has put the object of `hi\n` for the url, on a server that stores keys as they come. */
const WRITTEN_BY_DVC: readonly [url: string, key: string][] = [
  ['s3://data', OBJECT],
  ['s3://data/', OBJECT],
  ['s3://data/a/', `a/${OBJECT}`],
  ['S3://data/a', `a/${OBJECT}`],
  ['s3://data//', `/${OBJECT}`],
  ['s3://data///', `//${OBJECT}`],
  ['s3://data//a', `/a/${OBJECT}`],
  ['s3://data/a//b', `a//b/${OBJECT}`],
  ['s3://data/a//', `a//${OBJECT}`],
  ['s3://data/a\\b', `a\\b/${OBJECT}`],
  ['s3://data/a%20b', `a%20b/${OBJECT}`],
  ['s3://data/a%2Fb', `a%2Fb/${OBJECT}`],
  ['s3://data/%2e%2e/a', `%2e%2e/a/${OBJECT}`],
  ['s3://data/a b', `a b/${OBJECT}`],
  ['s3://data/a+b', `a+b/${OBJECT}`],
  ['s3://data/a#b', `a#b/${OBJECT}`],
  ['s3://data/a;b', `a;b/${OBJECT}`],
  ['s3://data/[a]', `[a]/${OBJECT}`],
  ['s3://data/é', `é/${OBJECT}`],
  ['s3://data/.../a', `.../a/${OBJECT}`],
]

describe('a push to a remote', () => {
  let repository: TestRepository
  let remote: TestRemote

  beforeEach(async () => {
    remote = await startRemote()
    repository = await makeRepository({ 'f.dvc': dvcFile(md5Hex('hi\n'), 'f'), f: 'hi\n' })
  })
  afterEach(async () => {
    await remote.close()
    await repository.close()
  })

  test.each(WRITTEN_BY_DVC)('at %s writes where DVC does, and finds it again', async (url, key) => {
    await repository.write('.dvc/config', CONFIG.replace('s3://data/dvc', `"${url}"`))
    const { result } = await (await remote.connect(repository.root)).push()
    expect([remote.keys(), [...result.failed]]).toEqual([[key], []])
    const again = await (await remote.connect(repository.root)).push()
    expect([...again.plan.steps.values()]).toEqual(['skip'])
  })
})

// botocore 1.x: VALID_BUCKET; `S3FileSystem._strip_protocol` of DVC 3.67.1 keeps the case.
describe('a bucket that is named as us-east-1 allowed it until 2018', () => {
  test.each(['My_Data', 'DATA', '_old_', 'a..b', '-x-', 'n'.repeat(255)])('%s is one', (name) => {
    expect(parseS3Url('x', `S3://${name}/dvc`)).toEqual({ bucket: name, prefix: 'dvc/' })
    expect(parsePublicUrl('x', `s3://${name}`)).toEqual({ bucket: name, prefix: '' })
  })

  test('is pushed to, and nothing is to do the second time', async () => {
    const remote = await startRemote()
    const repository = await makeRepository({ 'f.dvc': dvcFile(md5Hex('hi\n'), 'f'), f: 'hi\n' })
    try {
      await repository.write('.dvc/config', CONFIG.replace('s3://data/dvc', 's3://Legacy_Data/dvc'))
      const { result } = await (await remote.connect(repository.root)).push()
      expect([remote.keys('Legacy_Data'), [...result.failed]]).toEqual([[`dvc/${OBJECT}`], []])
      const again = await (await remote.connect(repository.root)).push()
      expect([...again.plan.steps.values()]).toEqual(['skip'])
    } finally {
      await remote.close()
      await repository.close()
    }
  })
})

describe('a url', () => {
  test.each([
    ['s3://data/../x', /"\.\." in a key is a name like any other to S3 and another folder/],
    ['s3://data/a/..', /"\.\."/],
    ['s3://data/./a', /"\." in a key/],
    ['s3://data/.', /"\." in a key/],
    ['s3://../x', /names no bucket/],
    ['s3://.../x', /names no bucket/],
    ['s3://ab/x', /names no bucket/],
    ['s3://da%74a/x', /names no bucket/],
    ['s3://arn:aws:s3:eu-west-1:123456789012:accesspoint:Models/x', /names no bucket/],
    [
      's3://arn:aws:s3::123456789012:accesspoint/m.mrap/x',
      /a Multi-Region Access Point.*not supported.*in one region/,
    ],
    ['s3://arn:aws:s3::123456789012:accesspoint:models/x', /a Multi-Region Access Point/],
    ['s3:///data/x', /names no bucket/],
    ['s3://data:90/x', /names no bucket/],
    ['s3a://data/x', /remotes of the kind s3a are not supported/],
    ['s3://data/a?versionId=x', /DVC leaves out what follows the \?/],
    ['s3://data?x', /DVC leaves out what follows the \?/],
    ['s3://data/a\tb', /"s3:\/\/data\/a\\tb", with a control character/],
    ['s3://data/a\nb', /control character/],
    ['s3://data/a\u0000b', /control character/],
    ['s3://data/a\u007f', /control character/],
    ['s3://ann:hunter2@data/x', /a user name or a password before the bucket/],
  ])('%j is refused by name', (url, words) => {
    expect(() => parseS3Url('remote "store"', url)).toThrow(words)
  })

  test('with a password in it is refused without showing that', () => {
    expect(() => parseS3Url('remote "store"', 's3://ann:hunter2@data/x?a')).not.toThrow(/hunter2/)
  })

  test('is written so that it is read as the same', () => {
    const segment = fc.stringMatching(/^[a-z%\\ #.]{0,3}$/).filter((name) => !/^\.{1,2}$/.test(name))
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 4 }), (segments) => {
        const location = parseS3Url('x', `s3://data/${segments.join('/')}`)
        expect(parseS3Url('x', formatS3Url(location))).toEqual(location)
      }),
    )
  })

  test.each([
    ['s3://models//serve', /an empty part between two slashes gets lost/],
    ['s3://models//', /an empty part/],
    ['s3://models/serve//', /an empty part/],
    ['s3://models/a#b', /what follows the # gets lost/],
    ['s3://models/a?b', /the \?/],
    ['s3://models/../a', /"\.\."/],
  ])('%j is none to publish to', (url, words) => {
    expect(() => parsePublicUrl('publish-to', url)).toThrow(words)
  })
})

describe('a url that refers to another remote', () => {
  const prefixOf = (base: string, reference: string) => {
    const text = `['remote "base"']\nurl = "${base}"\n['remote "store"']\nurl = "${reference}"\n`
    return resolveRemote(configOf(text), 'store').prefix
  }

  // By `_resolve_remote_refs` of DVC 3.67.1, which puts one slash between the two whatever they end and begin with.
  test.each([
    ['s3://data/p', 'remote://base/sub', 'p/sub/'],
    ['s3://data/p', 'remote://base', 'p/'],
    ['s3://data/p', 'remote://BASE//sub', 'p/sub/'],
    ['s3://data/p/', 'remote://base/sub', 'p//sub/'],
  ])('%s and %s make the prefix %s', (base, reference, prefix) => {
    expect(prefixOf(base, reference)).toBe(prefix)
  })

  test.each([
    ['remote://base/../x', /"\.\."/],
    ['remote://base/a?b', /the \?/],
    ['remote://base/a#b', /the #/],
  ])('%s is refused', (reference, words) => {
    expect(() => prefixOf('s3://data/p', reference)).toThrow(words)
  })
})
