import { generateKeyPairSync } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { fetchBranch, openRepository, parseRemoteUrl } from '../src/index.ts'
import { worldWith } from './fixture.ts'

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
const CREDENTIAL = { kind: 'ssh-key', privateKey, knownHosts: 'git.example ssh-ed25519 AAAA' } as const

let temp: string
beforeEach(async () => {
  temp = await mkdtemp(join(tmpdir(), 'ssh-test-'))
})
afterEach(() => rm(temp, { recursive: true, force: true }))

function open(url: string, more: { folder?: string; requestTimeout?: number; path?: string } = {}) {
  const { folder = temp, requestTimeout = 7_000, path = process.env['PATH'] ?? '' } = more
  return openRepository(worldWith({ PATH: path }), {
    remote: parseRemoteUrl(url),
    credential: CREDENTIAL,
    temp: folder,
    requestTimeout,
  })
}

describe('ssh', () => {
  test('takes no key and no host of the machine, and knows how long a server may be silent', async () => {
    const bin = join(temp, 'bin')
    await mkdir(bin)
    const spy = `#!/bin/sh\nPATH='${process.env['PATH']}' ssh -G "$@" > '${temp}/configuration'\nexit 255\n`
    await writeFile(join(bin, 'ssh'), spy)
    await chmod(join(bin, 'ssh'), 0o755)
    const repository = await open('git@git.example:acme/gitops.git', {
      path: `${bin}:${process.env['PATH']}`,
    })
    await expect(fetchBranch(repository, 'main')).rejects.toThrow()
    const lines = (await readFile(join(temp, 'configuration'), 'utf8')).split('\n')
    const of = (key: string) => lines.filter((line) => line.startsWith(`${key} `))
    expect(of('identityfile')).toEqual(['identityfile none'])
    expect(of('globalknownhostsfile')).toEqual(['globalknownhostsfile /dev/null'])
    expect(of('userknownhostsfile')).toEqual([
      `userknownhostsfile ${join(repository.directory, 'known_hosts')}`,
    ])
    expect(of('connecttimeout')).toEqual(['connecttimeout 7'])
    expect(of('serveraliveinterval')).toEqual(['serveraliveinterval 4'])
    expect(of('serveralivecountmax')).toEqual(['serveralivecountmax 1'])
    await repository.close()
  })

  test('leaves a server that takes the connection and is silent', async () => {
    const sockets: Socket[] = []
    const server = createServer((socket) => void sockets.push(socket))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const repository = await open(`ssh://git@127.0.0.1:${port}/acme/gitops.git`, { requestTimeout: 1_000 })
    try {
      await expect(fetchBranch(repository, 'main')).rejects.toMatchObject({
        kind: 'upstream',
        retryable: true,
        message: expect.stringContaining('timed out'),
      })
    } finally {
      await repository.close()
      for (const socket of sockets) socket.destroy()
      server.close()
    }
  })

  test('whose agent cannot listen is no fault of the key', async () => {
    const folder = join(temp, 'f'.repeat(100))
    await mkdir(folder)
    await expect(open('git@git.example:acme/gitops.git', { folder })).rejects.toMatchObject({
      kind: 'config',
      code: 'GIT_SSH_AGENT',
      message: expect.stringMatching(/too long.*RUNNER_TEMP/),
    })
  })
})
