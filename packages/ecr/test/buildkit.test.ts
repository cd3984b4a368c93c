import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { startBuildkit } from '@mlops-actions/sandbox/buildkit'
import { createIdentity } from '@mlops-actions/sandbox/faults'
import fc from 'fast-check'
import { testWorld } from '../../../test/harness/world.ts'
import type { Answer } from '../src/buildkit/connection.ts'
import { explainConnection } from '../src/buildkit/explain.ts'
import { askBuildkit, isOnThisMachine, parseBuildkitAddress } from '../src/buildkit/index.ts'
import { isTooOld, parseInfo } from '../src/buildkit/info.ts'

describe('an address', () => {
  test.each([
    ['tcp://buildkitd.ci:1234', { kind: 'tcp', host: 'buildkitd.ci', port: 1234, serverName: undefined }],
    ['tcp://[fd00::7]:1234', { kind: 'tcp', host: 'fd00::7', port: 1234, text: 'tcp://[fd00::7]:1234' }],
    [
      'tcp://10.0.0.7:1234?servername=buildkitd.ci',
      { text: 'tcp://10.0.0.7:1234', host: '10.0.0.7', serverName: 'buildkitd.ci' },
    ],
    ['unix:///run/buildkit/buildkitd.sock', { kind: 'unix', socket: '/run/buildkit/buildkitd.sock' }],
    [
      'ssh://builder@host:2222/run/buildkit.sock',
      { kind: 'ssh', text: 'ssh://builder@host:2222/run/buildkit.sock' },
    ],
    [
      'kube-pod://buildkitd-0?namespace=ci&container=buildkitd',
      { kind: 'kube-pod', text: 'kube-pod://buildkitd-0?namespace=ci&container=buildkitd' },
    ],
  ])('%s', (text, want) => {
    expect(parseBuildkitAddress(text)).toMatchObject(want)
  })

  test.each([
    'buildkitd:1234',
    'tcp://buildkitd',
    'tcp://buildkitd:0',
    'tcp://buildkitd:65536',
    'tcp://-oProxyCommand=x:1234',
    'tcp://user@host:1234',
    'tcp://h:1234?servername=-x',
    'tcp://h:1234?insecure=1',
    'tcp://h:1234 ',
    'unix://run/x.sock',
    'unix:///run/x.sock?y',
    'ssh://-oProxyCommand=touch%20x',
    'ssh://user:password@host',
    'ssh://-l@host',
    'kube-pod://--kubeconfig=x',
    'kube-pod://pod?namespace=--all',
    'kube-pod://pod?other=x',
    'docker-container://buildkit',
    'https://buildkitd:1234',
    'tcp://h:1\n::warning::',
  ])('%j is none', (text) => {
    expect(() => parseBuildkitAddress(text)).toThrow()
  })

  test.each([
    ['tcp://127.0.0.1:1234', true],
    ['tcp://localhost:1234', true],
    ['tcp://[::1]:1234', true],
    ['unix:///x.sock', true],
    ['tcp://10.0.0.7:1234', false],
    ['tcp://localhost.example:1234', false],
    ['ssh://host', false],
  ])('%s leads to this machine: %s', (text, want) => {
    expect(isOnThisMachine(parseBuildkitAddress(text))).toBe(want)
  })
})

const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/buildkit.json'), 'utf8'))

/** What a real BuildKit, or the way to it, had to say (fixtures/record-buildkit.ts). */
function recorded(name: string): Answer {
  const { body, code, message, ...said } = cases[name]
  if (said.kind === 'error') return { kind: 'error', error: Object.assign(new Error(message), { code }) }
  return said.kind === 'answer' ? { ...said, message, body: Buffer.from(body, 'hex') } : said
}

function infoOf(name: string) {
  const answer = recorded(name)
  return answer.kind === 'answer' ? parseInfo(answer.body) : undefined
}

const ADDRESS = parseBuildkitAddress('tcp://10.0.0.7:1234')

describe('what a BuildKit says of itself', () => {
  test.each(['answers', 'answers without TLS'])('is read: %s', (name) => {
    expect(infoOf(name)).toEqual({ version: 'v0.0.0+unknown' })
  })

  test('is nothing where it does not know the question', () => {
    expect(infoOf('older than 0.11')).toBeUndefined()
  })

  test('is not guessed from other bytes, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const info = parseInfo(Buffer.from(bytes))
        expect(info === undefined || typeof info.version === 'string').toBe(true)
      }),
    )
  })

  test('is read behind fields that are new', () => {
    // Field 9, a number; then field 1 with field 2, the version.
    const version = Buffer.concat([Buffer.of(0x12, 7), Buffer.from('v0.25.2')])
    const message = Buffer.concat([Buffer.of(0x48, 0x96, 0x01, 0x0a, version.length), version])
    const head = Buffer.of(0, 0, 0, 0, message.length)
    expect(parseInfo(Buffer.concat([head, message]))).toEqual({ version: 'v0.25.2' })
    expect(parseInfo(Buffer.concat([head, message.subarray(1)]))).toBeUndefined()
  })

  test.each([
    ['v0.10.6', true],
    ['v0.11.0', false],
    ['v0.25.2', false],
    ['v1.0.0', false],
    ['v0.0.0+unknown', false],
    ['', false],
  ])('%j is too old: %s', (version, want) => {
    expect(isTooOld({ version })).toBe(want)
  })
})

const CASES: readonly (readonly [name: string, kind: string, code: string, on: string, seen: string, next: string])[] =
  [
    ['another authority', 'config', 'BUILDKIT_CA', 'buildkit-ca', 'unable to verify the first certificate', 'authority that has signed'],
    ['client of another authority', 'auth', 'BUILDKIT_CLIENT_REFUSED', 'buildkit-cert', 'tcp://10.0.0.7:1234: tlsv1 alert unknown ca', '`--tlscacert` of buildkitd'],
    ['client that has expired', 'auth', 'BUILDKIT_CLIENT_REFUSED', 'buildkit-cert', 'alert certificate expired', 'has not expired'],
    ['client that is not valid yet', 'auth', 'BUILDKIT_CLIENT_REFUSED', 'buildkit-cert', 'alert certificate expired', 'has not expired'],
    ['client that has signed itself', 'auth', 'BUILDKIT_CLIENT_REFUSED', 'buildkit-cert', 'alert unknown ca', '`--tlscacert` of buildkitd'],
    ['no certificates', 'upstream', 'BUILDKIT_UNREACHABLE', 'buildkit', 'ended the connection without an answer', '`buildkit-ca`, `buildkit-cert` and `buildkit-key`'],
    ['nobody at the port', 'upstream', 'BUILDKIT_REFUSED', 'buildkit', 'ECONNREFUSED', 'Start buildkitd'],
    ['no such host', 'config', 'BUILDKIT_HOST', 'buildkit', 'ENOTFOUND', 'cannot resolve'],
    ['no such socket', 'config', 'BUILDKIT_SOCKET', 'buildkit', 'ENOENT', 'mount it'],
    ['builder that has expired', 'config', 'BUILDKIT_CERT_EXPIRED', 'buildkit', 'certificate has expired', 'new certificate'],
    ['builder that is not valid yet', 'config', 'BUILDKIT_CERT_EARLY', 'buildkit', 'not yet valid', 'clock'],
    ['builder of another name', 'config', 'BUILDKIT_NAME', 'buildkit', "not in the cert's list", 'tcp://10.0.0.7:1234?servername=…'],
    ['no TLS there', 'config', 'BUILDKIT_NO_TLS', 'buildkit', 'wrong version number', 'speaks no TLS'],
    ['older than 0.11', 'config', 'BUILDKIT_TOO_OLD', 'buildkit', 'unknown method Info', 'BuildKit 0.11 or newer'],
  ] // biome-ignore format: a table

describe('what a real BuildKit, or the way to it, says is understood', () => {
  test.each(CASES)('%s', (name, kind, code, input, seen, next) => {
    const failure = explainConnection(recorded(name), ADDRESS, 10_000)
    expect(failure).toMatchObject({
      kind,
      code,
      details: { what: 'Cannot reach the builder', on: `the input \`${input}\`` },
    })
    expect(failure.details.seen).toContain(seen)
    expect(failure.details.seen).not.toMatch(/ssl3_read|\.c:\d/)
    expect(failure.details.next).toContain(next)
  })

  test('every case that was recorded is', () => {
    const known = [
      ...CASES.map(([name]) => name),
      'answers',
      'answers without TLS',
      'certificate and key of two',
    ]
    expect(Object.keys(cases).sort()).toEqual(known.sort())
  })
})

describe('a BuildKit whose certificate has another name than the address', () => {
  /** @param name that stands in the certificate */
  async function askAs(name: string, behind: string) {
    const server = await startBuildkit({ hosts: [name] })
    try {
      const { authority, address } = server
      const tls = { ca: authority.certificate, ...createIdentity({ hosts: ['runner'] }, authority) }
      return await askBuildkit(testWorld(), parseBuildkitAddress(`${address}${behind}`), tls)
    } finally {
      await server.close()
    }
  }

  test.each(['buildkitd.ci', '10.0.0.7'])('is asked by that name: %s', async (name) => {
    expect(await askAs(name, `?servername=${name}`)).toBe('v0.25.2')
  })

  test.each(['', '?servername=10.0.0.8', '?servername=other'])(
    'is not by another one: %j',
    async (behind) => {
      await expect(askAs('10.0.0.7', behind)).rejects.toMatchObject({ code: 'BUILDKIT_NAME' })
    },
  )
})

describe('a BuildKit that cannot be asked', () => {
  async function ask(onConnection: (socket: import('node:net').Socket) => void, patience = 5_000) {
    const server = createServer(onConnection)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    try {
      return await askBuildkit(
        testWorld(),
        parseBuildkitAddress(`tcp://127.0.0.1:${port}`),
        undefined,
        patience,
      ).catch((thrown) => thrown)
    } finally {
      server.close()
    }
  }

  test('because it is silent is a timeout', async () => {
    expect(await ask(() => undefined, 50)).toMatchObject({
      kind: 'timeout',
      code: 'BUILDKIT_TIMEOUT',
      details: { seen: expect.stringContaining('gave no answer within 0.05 s') },
    })
  })

  test('because something else answers is told so', async () => {
    const failure = await ask((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    expect(failure).toMatchObject({ kind: 'config', code: 'BUILDKIT_STRANGER' })
  })

  test('because it hangs up at once may want certificates', async () => {
    const failure = await ask((socket) => socket.destroy())
    expect(failure.details.next).toMatch(/`buildkit-ca`|Run the step again/)
  })

  test('because the step is cancelled ends with that', async () => {
    const world = testWorld()
    const reason = new Error('cancelled')
    world.cancel(reason)
    await expect(askBuildkit(world, ADDRESS, undefined)).rejects.toBe(reason)
  })

  test.each(['ssh://host', 'kube-pod://buildkitd-0'])(
    'because a program leads there is not asked: %s',
    async (text) => {
      await expect(askBuildkit(testWorld(), parseBuildkitAddress(text), undefined)).resolves.toBeUndefined()
    },
  )
})
