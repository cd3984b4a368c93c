import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  type S3Client,
} from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type S3Server, startS3 } from '../src/s3/index.ts'
import { compareKeys, listKeys, sortKeys } from '../src/s3/keys.ts'
import { connect, refusal, sendRaw } from './s3-client.ts'

let server: S3Server
let client: S3Client

beforeEach(async () => {
  server = await startS3({ buckets: ['data'] })
  client = connect(server)
})
afterEach(async () => {
  client.destroy()
  await server.close()
})

/** Puts empty objects there past the front door. */
function plant(keys: readonly string[]): void {
  const bucket = server.state.buckets.get('data')
  if (!bucket) throw new Error('there is no bucket')
  const shared = {
    body: Buffer.alloc(0),
    etag: 'e',
    lastModified: 0,
    checksum: undefined,
    headers: {},
    metadata: {},
  }
  for (const key of keys) bucket.objects.set(key, { key, ...shared })
  bucket.sortedKeys = undefined
}

/** Every page of a listing: keys, then prefixes with a slash behind them. */
async function pages(wish: Partial<ListObjectsV2CommandInput>): Promise<string[][]> {
  const found: string[][] = []
  for (let ContinuationToken: string | undefined; ; ) {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: 'data', ...wish, ...(ContinuationToken && { ContinuationToken }) }),
    )
    const keys = (page.Contents ?? []).map(({ Key }) => Key ?? '')
    const prefixes = (page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? '')
    expect([page.KeyCount, page.IsTruncated]).toEqual([
      keys.length + prefixes.length,
      page.NextContinuationToken !== undefined,
    ])
    found.push([...keys, ...prefixes])
    ContinuationToken = page.NextContinuationToken
    if (ContinuationToken === undefined) return found
  }
}

describe('ListObjectsV2', () => {
  const KEYS = ['a', 'b/1', 'b/2', 'b0', 'c/d/e', 'c/f', 'z']

  test.each<[string, Partial<ListObjectsV2CommandInput>, string[][]]>([
    ['everything', {}, [KEYS]],
    ['a prefix', { Prefix: 'b' }, [['b/1', 'b/2', 'b0']]],
    ['a prefix that nothing has', { Prefix: 'q' }, [[]]],
    ['a delimiter', { Delimiter: '/' }, [['a', 'b0', 'z', 'b/', 'c/']]],
    ['a delimiter below a prefix', { Prefix: 'c/', Delimiter: '/' }, [['c/f', 'c/d/']]],
    [
      'a delimiter of several characters',
      { Delimiter: '/d/' },
      [['a', 'b/1', 'b/2', 'b0', 'c/f', 'z', 'c/d/']],
    ],
    ['pages of two', { MaxKeys: 2 }, [['a', 'b/1'], ['b/2', 'b0'], ['c/d/e', 'c/f'], ['z']]],
    ['pages with a delimiter', { MaxKeys: 2, Delimiter: '/' }, [['a', 'b/'], ['b0', 'c/'], ['z']]],
    ['what follows a key', { StartAfter: 'b/1' }, [['b/2', 'b0', 'c/d/e', 'c/f', 'z']]],
    ['what follows a key that is not there', { StartAfter: 'b/15' }, [['b/2', 'b0', 'c/d/e', 'c/f', 'z']]],
    ['what follows a key, by pages', { StartAfter: 'c', MaxKeys: 2 }, [['c/d/e', 'c/f'], ['z']]],
    ['what follows a common prefix', { StartAfter: 'b/', Delimiter: '/' }, [['b0', 'z', 'c/']]],
    ['nothing at all', { MaxKeys: 0 }, [[]]],
  ])('%s', async (_name, wish, expected) => {
    plant(KEYS)
    expect(await pages(wish)).toEqual(expected)
  })

  test('sorts by the bytes of UTF-8, where characters beyond the basic plane come last', async () => {
    const keys = ['\u{1F600}', '\uFB00', 'z', 'é', 'Z']
    plant(keys)
    expect(await pages({})).toEqual([['Z', 'z', 'é', '\uFB00', '\u{1F600}']])
    expect([...sortKeys([...keys])]).toEqual([...keys].sort(compareKeys))
  })

  test('names the owner only to who asks, the old listing always does', async () => {
    plant(['a'])
    const ownerOf = async (more: object) =>
      (await client.send(new ListObjectsV2Command({ Bucket: 'data', ...more }))).Contents?.[0]?.Owner
    expect([await ownerOf({}), await ownerOf({ FetchOwner: true })]).toEqual([
      undefined,
      { ID: '123456789012' },
    ])
    const old = await client.send(new ListObjectsCommand({ Bucket: 'data' }))
    expect(old.Contents?.[0]?.Owner).toEqual({ ID: '123456789012' })
  })

  test('encodes keys as forms do, slashes aside, when asked to', async () => {
    const key = "a b/ü+~!'()*&<\u0001"
    plant([key])
    const query = { 'list-type': '2', 'encoding-type': 'url' }
    const { text } = await sendRaw(server, { path: '/data', query })
    expect(text).toContain('<Key>a+b/%C3%BC%2B%7E%21%27%28%29*%26%3C%01</Key>')
    const page = await client.send(new ListObjectsV2Command({ Bucket: 'data', EncodingType: 'url' }))
    expect(decodeURIComponent((page.Contents?.[0]?.Key ?? '').replaceAll('+', ' '))).toBe(key)
  })

  test.each([
    ['max-keys', '-1'],
    ['max-keys', 'many'],
    ['max-keys', ''],
    ['encoding-type', 'base64'],
    ['continuation-token', 'zzz'],
  ])('refuses %s=%s', async (name, value) => {
    const answer = await sendRaw(server, { path: '/data', query: { 'list-type': '2', [name]: value } })
    expect([answer.status, answer.code]).toEqual([400, 'InvalidArgument'])
  })

  test('looks at no more keys than it answers', () => {
    const keys = Array.from({ length: 100_000 }, (_, index) => `k/${String(index).padStart(6, '0')}`)
    let looked = 0
    const counting = new Proxy(keys, {
      get: (target, name, receiver) => {
        if (typeof name === 'string' && /^\d+$/.test(name)) looked += 1
        return Reflect.get(target, name, receiver)
      },
    })
    const page = listKeys(counting, { prefix: 'k/05', delimiter: '', after: 'k/050010', maxKeys: 10 })
    expect([page.keys[0], page.keys.length]).toEqual(['k/050011', 10])
    listKeys(counting, { prefix: '', delimiter: '/', after: '', maxKeys: 10 })
    expect(looked).toBeLessThan(100)
  })
})

describe('ListMultipartUploads', () => {
  const begin = async (Key: string): Promise<string> =>
    (await client.send(new CreateMultipartUploadCommand({ Bucket: 'data', Key }))).UploadId ?? ''

  test('gives uploads by key and then by age, page by page', async () => {
    const [b, first, second, c] = [await begin('b'), await begin('a'), await begin('a'), await begin('c/1')]
    const seen: (readonly [string | undefined, string | undefined])[][] = []
    for (let marker: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {}; marker; ) {
      const page: ListMultipartUploadsCommandOutput = await client.send(
        new ListMultipartUploadsCommand({ Bucket: 'data', MaxUploads: 2, ...marker }),
      )
      seen.push((page.Uploads ?? []).map(({ Key, UploadId }) => [Key, UploadId] as const))
      marker = page.IsTruncated
        ? {
            ...(page.NextKeyMarker === undefined ? {} : { KeyMarker: page.NextKeyMarker }),
            ...(page.NextUploadIdMarker === undefined ? {} : { UploadIdMarker: page.NextUploadIdMarker }),
          }
        : undefined
    }
    expect(seen).toEqual([
      [
        ['a', first],
        ['a', second],
      ],
      [
        ['b', b],
        ['c/1', c],
      ],
    ])
  })

  test('knows prefix and delimiter, and refuses a number that is none', async () => {
    await begin('a/1')
    await begin('a/2')
    await begin('b')
    const page = await client.send(new ListMultipartUploadsCommand({ Bucket: 'data', Delimiter: '/' }))
    expect([page.Uploads?.map(({ Key }) => Key), page.CommonPrefixes]).toEqual([['b'], [{ Prefix: 'a/' }]])
    const below = await client.send(new ListMultipartUploadsCommand({ Bucket: 'data', Prefix: 'a/' }))
    expect(below.Uploads?.map(({ Key }) => Key)).toEqual(['a/1', 'a/2'])
    const wrong = new ListMultipartUploadsCommand({ Bucket: 'data', MaxUploads: -1 })
    expect(await refusal(client.send(wrong))).toBe('InvalidArgument 400')
  })
})
