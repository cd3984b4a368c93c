import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { SandboxRequest, SandboxResponse } from '@mlops-actions/sandbox/server'
import { failureOf } from '../../../test/harness/failure.ts'
import { configOf, DATA, type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const failure = (given: Record<string, string> = {}) => failureOf(() => fixture.run(given))
const everything = async () => Promise.all([...Object.keys(DATA), 'x.sh'].map((path) => fixture.read(path)))

describe('a remote that refuses', () => {
  const error = (status: number, code: string, more = ''): SandboxResponse => ({
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<Error><Code>${code}</Code><Message>the server said ${code}</Message>${more}</Error>`,
  })
  const isObject = ({ path, method }: SandboxRequest) =>
    method === 'GET' && path.includes('/files/md5/') && !path.endsWith('.dir')
  const OBJECT = String.raw`arn:aws:s3:::data/dvc/files/md5/\S+`

  test.each<[what: string, respond: SandboxResponse, kind: string, words: RegExp]>([
    ['a clock that is wrong', error(403, 'RequestTimeTooSkewed'), 'auth', /Correct the clock of the runner/],
    ['a token that has expired', error(400, 'ExpiredToken'), 'auth', /Use `role-to-assume`, which renews/],
    ['a secret key', error(403, 'SignatureDoesNotMatch'), 'auth', /Check the secret key/],
    [
      'a key that it does not know',
      error(403, 'InvalidAccessKeyId'),
      'auth',
      /which credentials this job has/,
    ],
    [
      'another region',
      error(301, 'PermanentRedirect', '<Region>eu-central-1</Region>'),
      'config',
      /The bucket lies in eu-central-1: .*`aws-region: eu-central-1`/,
    ],
    [
      'a bucket that it does not have',
      error(404, 'NoSuchBucket'),
      'not-found',
      /s3:\/\/data: .*name of the bucket/,
    ],
    [
      'an action without saying which',
      error(403, 'AccessDenied'),
      'auth',
      new RegExp(`\`s3:ListBucket\` on arn:aws:s3:::data and \`s3:GetObject\` on ${OBJECT}`),
    ],
  ])(
    '%s is told by that, from the list of files and from the threads that fetch',
    async (_, respond, kind, words) => {
      for (const match of [() => true, isObject]) {
        fixture.s3.faults.length = 0
        fixture.s3.faults.push({ match, times: 999, respond })
        const refused = await failure()
        expect([refused.kind, refused.retryable, refused.message]).toEqual([
          kind,
          false,
          expect.stringMatching(words),
        ])
        expect(refused.message).toMatch(
          match === isObject ? /^3 files of 3 could not be pulled/ : /^Cannot read an object/,
        )
        expect(await everything()).toEqual([undefined, undefined, undefined])
      }
    },
  )

  test.each([
    ['s3:ListBucket', 'arn:aws:s3:::data'],
    ['s3:GetObject', OBJECT],
  ])('%s names it, and the resource that it is denied on', async (action, arn) => {
    fixture.s3.state.deny.push({ action })
    const refused = await failure()
    expect(refused.kind).toBe('auth')
    expect(refused.details.next).toMatch(
      new RegExp(`^Have \`${action}\` on ${arn} taken out of an explicit deny`),
    )
  })

  test.each([
    ['that are not there', undefined, /ssl_verify of the remote "store": ENOENT.*exists on the runner/],
    ['that are none', 'hello', /ssl_verify of the remote "store": it holds no PEM certificate/],
  ])('is not asked with certificates %s', async (_, pem, words) => {
    if (pem !== undefined) await fixture.write('.dvc/ca.pem', pem)
    await fixture.write('.dvc/config', `${configOf(fixture.s3.url)}    ssl_verify = ca.pem\n`)
    expect(await failure()).toMatchObject({ kind: 'config', message: expect.stringMatching(words) })
    expect(fixture.s3.requests).toEqual([])
  })
})
