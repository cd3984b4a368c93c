import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { listAll, listPage } from '../src/store/list.ts'
import { isWholePage, scanPage } from '../src/store/listing-scan.ts'
import type { Store } from '../src/store/store.ts'
import { listObjects } from '../src/store/survey.ts'
import { startRemote, type TestRemote } from './remote.ts'
import { dvcFile, makeRepository, type TestRepository } from './repository.ts'

// As S3 writes it (ListObjectsV2 in the API reference), with owner, checksum and restore status.
const CONTENTS = `<Contents><Key>a%2Bb</Key><LastModified>2026-01-15T12:00:00.000Z</LastModified><ETag>&quot;e1&quot;</ETag><ChecksumAlgorithm>CRC32</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>7</Size><Owner><ID>x</ID><DisplayName>y</DisplayName></Owner><StorageClass>STANDARD</StorageClass><RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress></RestoreStatus></Contents>`
const page = (inside: string, more = '<IsTruncated>false</IsTruncated>') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>data</Name><Prefix></Prefix><EncodingType>url</EncodingType>${more}${inside}</ListBucketResult>`

describe('the objects of a page', () => {
  test('are taken out, and the rest stays for the parser', () => {
    const text = page(
      `${CONTENTS}\n  <Contents>\n <Key>k</Key><ETag>"e2"</ETag>\n<Size>0</Size><Owner/></Contents>`,
    )
    expect(scanPage(text)).toEqual({
      objects: [
        { key: 'a%2Bb', size: 7, etag: '"e1"', storageClass: 'STANDARD' },
        { key: 'k', size: 0, etag: '"e2"', storageClass: undefined },
      ],
      rest: page('\n  '),
    })
    expect(scanPage(page(''))).toEqual({ objects: [], rest: page('') })
  })

  test('may stand on both sides of something else', () => {
    const between = '<CommonPrefixes><Prefix>p/</Prefix></CommonPrefixes>'
    expect(scanPage(page(CONTENTS + between + CONTENTS))).toMatchObject({ rest: page(between) })
  })

  test.each([
    ['&amp;&lt;&gt;&quot;&apos;', '&<>"\''],
    ['&#65;&#x1F600;', 'A\u{1f600}'],
    ['&amp;quot;&quot;&amp;#34;', '&quot;"&#34;'],
    ['&unknown;', '&unknown;'],
    ['~/é', '~/é'],
  ])('have their entities resolved: %s', (written, key) => {
    const text = page(`<Contents><Key>${written}</Key><ETag>"e"</ETag><Size>1</Size></Contents>`)
    expect(scanPage(text)?.objects[0]?.key).toBe(key)
  })

  test.each([
    ['no key', '<Contents><ETag>"e"</ETag><Size>1</Size></Contents>'],
    ['no size', '<Contents><Key>k</Key><ETag>"e"</ETag></Contents>'],
    ['no ETag', '<Contents><Key>k</Key><Size>1</Size></Contents>'],
    ['a size that is none', '<Contents><Key>k</Key><ETag>"e"</ETag><Size>-1</Size></Contents>'],
    ['a comment', '<Contents><Key>k</Key><!-- x --><ETag>"e"</ETag><Size>1</Size></Contents>'],
    ['an attribute', '<Contents><Key x="1">k</Key><ETag>"e"</ETag><Size>1</Size></Contents>'],
    ['other text', '<Contents>text<Key>k</Key><ETag>"e"</ETag><Size>1</Size></Contents>'],
    ['no end', '<Contents><Key>k</Key><ETag>"e"</ETag><Size>1</Size>'],
    ['an element that is not closed', '<Contents><Key>k<ETag>"e"</ETag><Size>1</Size></Contents>'],
  ])('of another shape are left to the parser: %s', (_what, inside) => {
    expect(scanPage(page(inside))).toBeUndefined()
  })

  test('a page that was cut is not whole', () => {
    const text = page(CONTENTS)
    expect(isWholePage(`${text}\n`)).toBe(true)
    expect(isWholePage('<x:ListBucketResult></x:ListBucketResult>')).toBe(true)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), (at) => !isWholePage(text.slice(0, at))),
    )
  })
})

describe('a listing', () => {
  let remote: TestRemote
  let repository: TestRepository
  let store: Store

  beforeEach(async () => {
    remote = await startRemote()
    repository = await makeRepository({ 'x.dvc': dvcFile('0'.repeat(32), 'x') })
    store = (await remote.connect(repository.root)).store
  })
  afterEach(async () => {
    await remote.close()
    await repository.close()
  })

  const answer = (body: string) =>
    remote.server.faults.push({
      match: () => true,
      times: 1,
      respond: { status: 200, headers: { 'content-type': 'application/xml' }, body },
    })

  test('has every object, whatever it is called and however many pages it takes', async () => {
    const names = ['plain', 'sp ace', 'a+b', 'a%2Bb', 'ü/😀', '<&>"\'', 'tab\t', 'new\nline']
    const many = Array.from({ length: 2_500 }, (_, at) => `many/${at}`)
    for (const key of [...names, ...many]) remote.plant(key, key)
    const listed = await listAll(store, 'data', '')
    expect(listed.map(({ key }) => key).sort()).toEqual([...names, ...many].sort())
    expect(listed.every(({ key, size }) => size === Buffer.byteLength(key))).toBe(true)
    expect((await listAll(store, 'data', 'many/1')).length).toBe(1 + 10 + 100 + 1_000)
  })

  test('of many prefixes is never in memory for all of them at once', async () => {
    const { pace } = store
    let [under, most] = [0, 0]
    const take = async () => {
      most = Math.max(most, ++under)
      const turn = await pace.take()
      return {
        end: (bytes: number) => {
          under -= 1
          turn.end(bytes)
        },
      }
    }
    const prefixes = Array.from({ length: 256 }, (_, at) => `${at.toString(16).padStart(2, '0')}/`)
    remote.plant(`dvc/files/md5/ab/${'c'.repeat(30)}`, 'x')
    const found: string[] = []
    await listObjects({ ...store, pace: { ...pace, max: 128, take } }, 'md5', prefixes, (oid) =>
      found.push(oid),
    )
    expect(found).toEqual([`ab${'c'.repeat(30)}`])
    expect(most).toBe(16)
  })

  test('in a shape that only a parser reads is read by one', async () => {
    answer(page('<Contents><!-- x --><Key>a%2Bb</Key><ETag>"e"</ETag><Size>1</Size></Contents>'))
    expect(await listPage(store, 'data', '', undefined)).toEqual({
      objects: [{ key: 'a+b', size: 1, etag: 'e' }],
      more: undefined,
    })
  })

  test.each([
    ['of another bucket', page('').replace('<Name>data', '<Name>other')],
    ['that was cut', page(CONTENTS).slice(0, -30)],
    ['that was cut between two objects', page(CONTENTS).replace('</ListBucketResult>', '')],
    ['that does not say whether it goes on', page(CONTENTS, '')],
    ['that goes on, and does not say where', page(CONTENTS, '<IsTruncated>true</IsTruncated>')],
    [
      'with fewer objects than it counts',
      page(CONTENTS, '<IsTruncated>false</IsTruncated><KeyCount>2</KeyCount>'),
    ],
    ['with an object that has no size', page(CONTENTS.replace('<Size>7</Size>', ''))],
    ['with a name that no encoder makes', page(CONTENTS.replace('a%2Bb', 'a%2'))],
    ['that is another document', '<html></html>'],
    ['that is empty', ''],
  ])('%s is an error', async (_what, body) => {
    answer(body)
    await expect(listPage(store, 'data', '', undefined)).rejects.toMatchObject({
      kind: 'upstream',
      code: 'S3_NO_LISTING',
    })
  })

  test('that gives the same token again and again is an error', async () => {
    const more = '<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>'
    answer(page(CONTENTS, more))
    answer(page(CONTENTS, more))
    await expect(listAll(store, 'data', '')).rejects.toMatchObject({ code: 'S3_NO_LISTING' })
  })

  test('through an access point may have another name', async () => {
    answer(page(CONTENTS))
    expect((await listPage(store, 'models-abc-s3alias', '', undefined)).objects).toHaveLength(1)
  })

  test('with an error in the place of a page says that error', async () => {
    remote.server.faults.push({
      match: () => true,
      times: 99,
      respond: {
        status: 200,
        headers: { 'content-type': 'application/xml' },
        body: '<Error><Code>InternalError</Code></Error>',
      },
    })
    await expect(listPage(store, 'data', '', undefined)).rejects.toMatchObject({ kind: 'upstream' })
  })
})
