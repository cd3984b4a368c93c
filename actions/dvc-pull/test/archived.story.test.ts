import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { failureOf } from '../../../test/harness/failure.ts'
import { DATA, DATA_OID, type Fixture, md5Of, startFixture } from './fixture.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const [A, B, X] = [md5Of(DATA['data/a.txt']), md5Of(DATA['data/sub/b.txt']), md5Of('#!/bin/sh\n')]
const keyOf = (oid: string) => `dvc/files/md5/${oid.slice(0, 2)}/${oid.slice(2)}`
const failure = (given: Record<string, string> = {}) => failureOf(() => fixture.run(given))
const everything = async () => Promise.all([...Object.keys(DATA), 'x.sh'].map((path) => fixture.read(path)))
const NOTHING = [undefined, undefined, undefined]
const asked = (method: string) => fixture.s3.requests.filter((request) => request.method === method).length

/** As a lifecycle rule does it. */
function archive(oid: string, storageClass = 'GLACIER', restore?: { readyAt: number; expiresAt: number }) {
  const objects = fixture.s3.state.buckets.get('data')?.objects
  const object = objects?.get(keyOf(oid))
  if (object === undefined) throw new Error(`there is no ${oid}`)
  const headers = { ...object.headers, 'x-amz-storage-class': storageClass }
  objects?.set(keyOf(oid), { ...object, headers, ...(restore === undefined ? {} : { restore }) })
}

const FOREVER = Number.MAX_SAFE_INTEGER / 1024
const READY = { readyAt: 0, expiresAt: FOREVER }
const UNDER_WAY = { readyAt: FOREVER, expiresAt: FOREVER }

describe('what lies in an archive', () => {
  test('fails the step before the first byte, with all of it named and one command that brings it back', async () => {
    archive(A)
    archive(X, 'DEEP_ARCHIVE')
    const { kind, code, retryable, details } = await failure()
    expect([kind, code, retryable]).toEqual(['policy', 'DVC_PULL_ARCHIVED', false])
    expect(details.on).toBe('archived: data/a.txt, x.sh')
    expect(details.seen).toContain('data/a.txt: it lies in an archive of the remote "store"')
    expect(details.outputs).toMatchObject({ archived: 2, missing: 0, downloaded: 0, changed: false })
    expect(details.report).toMatchObject({
      problems: [
        { kind: 'archived', path: 'data/a.txt', bucket: 'data', key: keyOf(A), restoring: false },
        { kind: 'archived', path: 'x.sh', bucket: 'data', key: keyOf(X), restoring: false },
      ],
    })
    expect(details.summary).toContain(
      `aws s3api restore-object --bucket data --key ${keyOf(X)} --restore-request Days=7\n`,
    )
    expect(await everything()).toEqual(NOTHING)
  })

  test('and is restored is brought like everything else', async () => {
    archive(A, 'GLACIER', READY)
    expect((await fixture.run()).outputs).toMatchObject({ downloaded: 3 })
  })

  test('and is being restored says that waiting is all there is to do', async () => {
    archive(A, 'GLACIER', UNDER_WAY)
    const { details, retryable } = await failure()
    expect(details.seen).toContain(
      'data/a.txt: it lies in an archive of the remote "store", and is being restored',
    )
    expect(details.next).toMatch(/^Run the step again when the restore is done/)
    expect(details.next).not.toContain('restore-object')
    expect(retryable).toBe(true)
  })

  test('stops nothing that does not need it: the cache has it', async () => {
    archive(X)
    await fixture.write(`.dvc/cache/files/md5/${X.slice(0, 2)}/${X.slice(2)}`, '#!/bin/sh\n')
    expect((await fixture.run()).outputs).toMatchObject({ downloaded: 2, cached: 1 })
  })

  test('as a list of files names its directory, and the others are named beside it', async () => {
    archive(DATA_OID)
    archive(X)
    const { code, details } = await failure()
    expect([code, details.on]).toEqual(['DVC_PULL_ARCHIVED', 'archived: data, x.sh'])
    expect(details.seen).toContain('data: its list of files lies in an archive')
    expect(await everything()).toEqual(NOTHING)
  })

  test('fails a dry run, too', async () => {
    archive(B)
    expect((await failure({ 'dry-run': 'true' })).code).toBe('DVC_PULL_ARCHIVED')
  })

  test('and no listing says so is named when its turn comes: all of it, with one command', async () => {
    for (let at = 0; at < 20; at++) {
      const oid = await fixture.store(`file ${at}`)
      await fixture.write(`f${at}.dvc`, `outs:\n- md5: ${oid}\n  hash: md5\n  path: f${at}\n`)
    }
    const respond = {
      status: 403,
      headers: { 'content-type': 'application/xml' },
      body: '<Error><Code>InvalidObjectState</Code><Message>archived</Message></Error>',
    }
    const match = ({ method, path }: { method: string; path: string }) =>
      method === 'GET' && path.includes('/files/md5/') && !path.endsWith('.dir') && !path.endsWith(keyOf(X))
    fixture.s3.faults.push({ respond, times: 99, match })
    const { kind, code, details } = await failure()
    expect([kind, code]).toEqual(['policy', 'S3_ARCHIVED'])
    expect(details.outputs).toMatchObject({ archived: 22, downloaded: 1 })
    expect(details.next).toContain('REPORT is the file of `report-file`')
    expect(details.summary).toContain(`--key ${keyOf(md5Of('file 19'))} --restore-request Days=7\n`)
    expect(await everything()).toEqual([undefined, undefined, '#!/bin/sh\n'])
  })

  test('only by its name is brought: servers of others call any class so', async () => {
    archive(A)
    archive(X)
    const answer = { status: 206, headers: { etag: `"${A}"`, 'content-range': 'bytes 0-0/6' }, body: 'h' }
    fixture.s3.faults.push({
      respond: answer,
      times: 1,
      match: ({ headers }) => headers['range'] === 'bytes=0-0',
    })
    expect((await failure()).code).toBe('S3_ARCHIVED')
  })
})

test('a pull asks as often as ever where nothing is archived, and once more for each object that is', async () => {
  for (let at = 0; at < 300; at++) {
    const oid = await fixture.store(`file ${at}`)
    await fixture.write(`f${at}.dvc`, `outs:\n- md5: ${oid}\n  hash: md5\n  path: f${at}\n`)
  }
  await fixture.run()
  expect(asked('HEAD')).toBe(0)
  archive(md5Of('file 7'), 'GLACIER', READY)
  archive(md5Of('file 8'), 'DEEP_ARCHIVE', READY)
  for (let at = 0; at < 300; at++) await rm(join(fixture.workspace, `f${at}`))
  await fixture.run()
  expect(asked('HEAD')).toBe(2)
})

describe('an object whose size is not the recorded one', () => {
  const other = (content: string) => fixture.store(content, X)

  test('fails the step before the first byte', async () => {
    await other('#!/bin/sh -e\n')
    const { kind, code, details } = await failure()
    expect([kind, code]).toEqual(['integrity', 'DVC_PULL_CORRUPT'])
    expect(details.seen).toBe('x.sh: the remote holds 13 bytes under its name, and 10 were recorded')
    expect(await everything()).toEqual(NOTHING)
  })

  test('and whose ETag is its MD5 is brought: the record is what is wrong, and the hash decides', async () => {
    await fixture.write('x.sh.dvc', `outs:\n- md5: ${X}\n  size: 11\n  hash: md5\n  path: x.sh\n`)
    expect((await fixture.run()).outputs).toMatchObject({ downloaded: 3 })
  })
})
