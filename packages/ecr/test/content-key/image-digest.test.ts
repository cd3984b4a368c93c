import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { testWorld } from '../../../../test/harness/world.ts'
import { headDigest } from '../../src/content-key/image-digest.ts'
import { Unkeyable } from '../../src/content-key/unkeyable.ts'
import { readRegistryAuths } from '../../src/docker-config.wire.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`
const auth = btoa('me:secret')

type Answer = (request: IncomingMessage, response: ServerResponse) => void

let answer: Answer
let host: string
let asked: string[]
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`)
  answer(request, response)
})
beforeEach(async () => {
  asked = []
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

const manifest: Answer = (_, response) =>
  response.writeHead(200, { 'docker-content-digest': DIGEST, 'content-length': '7' }).end()
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(code, headers).end()

function digestOf(auths: readonly [string, string][] = [], world = testWorld()): Promise<string> {
  return headDigest(world, `${host}/ml/base:1`, { auths: new Map(auths), requestTimeout: 2_000 })
}

test('is asked for by HEAD, with every kind of manifest accepted', async () => {
  let accept = ''
  answer = (request, response) => {
    accept = request.headers.accept ?? ''
    manifest(request, response)
  }
  expect(await digestOf()).toBe(DIGEST)
  expect(asked).toEqual(['HEAD /v2/ml/base/manifests/1 -'])
  expect(accept).toMatch(/image\.index.*manifest\.list.*image\.manifest.*manifest\.v2/)
})

test('is asked for with the login of this host, only when the registry wants one', async () => {
  answer = (request, response) =>
    request.headers.authorization === `Basic ${auth}`
      ? manifest(request, response)
      : response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
  expect(await digestOf([[host, auth]])).toBe(DIGEST)
  await expect(digestOf([['other.example', auth]])).rejects.toThrow(Unkeyable)
  expect(asked.filter((line) => line.includes(auth))).toHaveLength(1)
})

test('is asked for with a token that the registry sends us for, which is masked', async () => {
  answer = (request, response) => {
    if (request.url?.startsWith('/token') === true)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"token":"t0ken"}')
    else if (request.headers.authorization === 'Bearer t0ken') manifest(request, response)
    else
      response
        .writeHead(401, { 'www-authenticate': `Bearer realm="http://${host}/token",service="reg",scope="x"` })
        .end()
  }
  const world = testWorld()
  expect(await digestOf([[host, auth]], world)).toBe(DIGEST)
  expect(asked[1]).toBe(`GET /token?scope=repository%3Aml%2Fbase%3Apull&service=reg Basic ${auth}`)
  expect(world.secrets).toContain('t0ken')
})

describe('is not known, and no failure,', () => {
  test.each<[string, Answer]>([
    ['where the image is not there', status(404)],
    ['where nobody may see it', status(403)],
    ['where too much was asked', status(429)],
    ['where the registry is broken', status(500)],
    ['where no digest is said', status(200)],
    ['where the digest is none', status(200, { 'docker-content-digest': 'sha256:1' })],
    [
      'where the token has to come from elsewhere without TLS',
      status(401, { 'www-authenticate': 'Bearer realm="http://evil.example/t"' }),
    ],
    ['where the challenge is none', status(401, { 'www-authenticate': 'Negotiate' })],
    ['where the connection breaks', (request) => request.socket.destroy()],
  ])('%s', async (_, how) => {
    answer = how
    await expect(digestOf()).rejects.toThrow(Unkeyable)
  })

  test('where the name is none', async () => {
    await expect(
      headDigest(testWorld(), '$(id)::x', { auths: new Map(), requestTimeout: 1_000 }),
    ).rejects.toThrow(Unkeyable)
  })
})

test('logins are those of DOCKER_AUTH_CONFIG and of the file, by host; the variable wins', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'docker-'))
  const file = {
    auths: { 'https://index.docker.io/v1/': { auth: 'a' }, 'https://b.example/v2/': { auth: 'b' }, c: {} },
  }
  await writeFile(join(folder, 'config.json'), JSON.stringify(file))
  const auths = await readRegistryAuths({
    DOCKER_CONFIG: folder,
    DOCKER_AUTH_CONFIG: '{"auths":{"b.example":{"auth":"B"}}}',
  })
  expect(Object.fromEntries(auths)).toEqual({ 'docker.io': 'a', 'b.example': 'B' })
  await writeFile(join(folder, 'config.json'), '{"auths"')
  expect((await readRegistryAuths({ DOCKER_CONFIG: folder })).size).toBe(0)
  await rm(folder, { recursive: true })
})
