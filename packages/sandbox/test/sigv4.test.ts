import { describe, expect, test } from '@jest/globals'
import type { SandboxRequest } from '../src/server.ts'
import { once } from '../src/server-io.ts'
import { type Principal, verifySignature } from '../src/sigv4/index.ts'

// The keys, requests and signatures that AWS publishes: Amazon S3 API reference, "Authenticating Requests:
// Using the Authorization Header" and "… Using Query Parameters".
const principal: Principal = {
  arn: 'arn:aws:iam::123456789012:user/example',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const NOW = Date.UTC(2013, 4, 24)

function signed(
  method: string,
  target: string,
  headers: Record<string, string>,
  signature?: string,
): SandboxRequest {
  const [rawPath = '/', rawQuery = ''] = target.split('?')
  const all: Record<string, string> = { host: 'examplebucket.s3.amazonaws.com', ...headers }
  const names = Object.keys(all).sort().join(';')
  const credential = `${principal.accessKeyId}/20130524/us-east-1/s3/aws4_request`
  if (signature)
    all['authorization'] =
      `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${names},Signature=${signature}`
  const query = new URLSearchParams(rawQuery)
  const signal = new AbortController().signal
  const body = Buffer.alloc(0)
  return { method, path: rawPath, rawPath, query, rawQuery, headers: all, body, content: once(body), signal }
}

const verify = (request: SandboxRequest, now = NOW) =>
  verifySignature(request, { principals: [principal], service: 's3', regions: ['us-east-1'], now })

describe('verifySignature on the published examples', () => {
  const basic = { 'x-amz-content-sha256': EMPTY, 'x-amz-date': '20130524T000000Z' }
  test.each([
    [
      'GET object with a range',
      signed(
        'GET',
        '/test.txt',
        { range: 'bytes=0-9', ...basic },
        'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
      ),
    ],
    [
      'PUT object with a dollar in its name',
      signed(
        'PUT',
        '/test$file.text',
        {
          date: 'Fri, 24 May 2013 00:00:00 GMT',
          'x-amz-date': '20130524T000000Z',
          'x-amz-storage-class': 'REDUCED_REDUNDANCY',
          'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
        },
        '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
      ),
    ],
    [
      'GET bucket lifecycle',
      signed('GET', '/?lifecycle', basic, 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'),
    ],
    [
      'list',
      signed(
        'GET',
        '/?max-keys=2&prefix=J',
        basic,
        '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
      ),
    ],
    [
      'presigned GET',
      signed(
        'GET',
        '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
        {},
      ),
    ],
  ])('%s is accepted', (_name, request) => {
    expect(verify(request)).toMatchObject({ ok: true, principal })
  })
})

describe('verifySignature refuses', () => {
  const headers = { range: 'bytes=0-9', 'x-amz-content-sha256': EMPTY, 'x-amz-date': '20130524T000000Z' }
  const good = signed(
    'GET',
    '/test.txt',
    headers,
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  )
  const reason = (request: SandboxRequest, now = NOW) => {
    const verdict = verify(request, now)
    return verdict.ok ? 'accepted' : verdict.refusal.reason
  }
  test.each([
    ['another path', { ...good, rawPath: '/test2.txt' }, 'mismatch'],
    ['another method', { ...good, method: 'PUT' }, 'mismatch'],
    ['an altered signed header', { ...good, headers: { ...good.headers, range: 'bytes=0-99' } }, 'mismatch'],
    [
      'an x-amz header that was not signed',
      { ...good, headers: { ...good.headers, 'x-amz-acl': 'public-read' } },
      'unsigned-headers',
    ],
    [
      'a session token that nobody issued',
      { ...good, headers: { ...good.headers, 'x-amz-security-token': 'x' } },
      'invalid-token',
    ],
    ['no authorization', { ...good, headers: {} }, 'missing'],
    ['signature version 2', { ...good, headers: { authorization: 'AWS AKIA:c2ln' } }, 'unsupported'],
    ['another scheme', { ...good, headers: { authorization: 'Bearer x' } }, 'malformed'],
  ])('%s', (_name, request, expected) => {
    expect(reason(request)).toBe(expected)
  })

  test.each([
    [15 * 60_000, 'accepted'],
    [15 * 60_000 + 1, 'skewed'],
    [-15 * 60_000, 'accepted'],
    [-15 * 60_000 - 1, 'skewed'],
  ])('a clock that is %i ms off: %s', (offset, expected) => {
    expect(reason(good, NOW + offset)).toBe(expected)
  })
})
