import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import { testWorld } from '../../../test/harness/world.ts'
import { resolveConnection } from '../src/index.ts'

const PEM = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n'
const base64 = (text: string) => Buffer.from(text).toString('base64')

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** A kubeconfig as `kubectl config view --raw` writes it. */
function kubeconfig(user: string, cluster = ''): string {
  return `apiVersion: v1
kind: Config
current-context: prod
clusters:
- name: c
  cluster:
    server: https://k8s.example.com:6443/
    certificate-authority-data: ${base64(PEM)}
${cluster}
contexts:
- name: prod
  context: { cluster: c, user: u, namespace: models }
users:
- name: u
  user:
${user}
`
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (thrown instanceof Failure) return thrown
  throw new Error(`expected a Failure, got ${String(thrown)}`)
}

describe('a kubeconfig', () => {
  test('with a token gives server, CA, namespace and the masked token', async () => {
    const world = testWorld()
    const connection = await resolveConnection(world, { kubeconfig: kubeconfig('    token: canary') })
    expect(connection).toEqual({
      server: 'https://k8s.example.com:6443',
      token: 'canary',
      caCert: PEM,
      namespace: 'models',
    })
    expect(world.secrets).toEqual(['canary'])
  })

  test('may be a file, and names others relative to itself', async () => {
    const world = testWorld()
    await writeFile(join(folder, 'token'), 'first\n')
    await writeFile(join(folder, 'config'), kubeconfig('    tokenFile: token'))
    const connection = await resolveConnection(world, { kubeconfig: join(folder, 'config') })
    const token = connection?.token
    if (typeof token !== 'function') throw new Error('the token is read anew for each request')
    expect(await token()).toBe('first')
    await writeFile(join(folder, 'token'), 'second\n')
    expect(await token()).toBe('second')
    expect(world.secrets).toEqual(['first', 'second'])
  })

  test('with a client certificate gives it, its key masked', async () => {
    const world = testWorld()
    const user = `    client-certificate-data: ${base64('CERT')}\n    client-key-data: ${base64('KEY')}`
    const connection = await resolveConnection(world, { kubeconfig: kubeconfig(user) })
    expect(connection?.clientCertificate).toEqual({ certificate: 'CERT', key: 'KEY' })
    expect(world.secrets).toEqual([base64('KEY'), 'KEY', 'KEY'])
  })

  test('has the secrets of all its users masked, those of users that are refused, too', async () => {
    const world = testWorld()
    const others = `    username: admin
    password: canary-password
- name: other
  user:
    token: canary-other
- name: program
  user:
    exec:
      command: vault
      args: [login, --token=canary-argument]
      env: [{ name: VAULT_TOKEN, value: canary-variable }]`
    await failureOf(resolveConnection(world, { kubeconfig: kubeconfig(others) }))
    expect(world.secrets).toEqual(['canary-password', 'canary-other', 'canary-variable'])
  })

  test('may be joined by a further CA', async () => {
    const connection = await resolveConnection(testWorld(), {
      kubeconfig: kubeconfig('    token: t'),
      caCert: PEM,
    })
    expect(connection?.caCert).toBe(`${PEM.trimEnd()}\n${PEM}`)
  })

  test.each([
    [
      'a program',
      kubeconfig('    exec:\n      command: aws\n      args: [eks, get-token, --cluster-name, c]'),
      'gets a token from the program `aws eks get-token`',
    ],
    [
      'a program that is told a secret',
      kubeconfig('    exec:\n      command: vault\n      args: [login, --token=canary]'),
      'gets a token from the program `vault login`,',
    ],
    ['an auth-provider', kubeconfig('    auth-provider: { name: gcp }'), 'auth-provider'],
    ['a password', kubeconfig('    username: admin\n    password: canary'), 'username and password'],
    [
      'TLS switched off',
      kubeconfig('    token: canary', '    insecure-skip-tls-verify: true'),
      'insecure-skip-tls-verify',
    ],
    ['a proxy of its own', kubeconfig('    token: canary', '    proxy-url: http://p:1'), 'proxy-url'],
    ['text that is not YAML', 'a: [canary\n', 'it is not YAML'],
    ['another shape', 'clusters: 3\n', 'clusters: got number, want array'],
    ['no context', '{}', 'no current-context'],
  ])('with %s is refused by name and shows no value', async (_name, text, seen) => {
    const failure = await failureOf(resolveConnection(testWorld(), { kubeconfig: text }))
    expect(failure.details).toMatchObject({
      kind: 'config',
      code: 'KUBECONFIG',
      seen: expect.stringContaining(seen),
    })
    expect(failure.message).not.toContain('canary')
  })

  test('that unfolds into millions of values is refused', async () => {
    const level = (key: string, at: number) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[at]}`)}]`
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...[...'bcdefgh'].map(level)].join('\n')
    const failure = await failureOf(resolveConnection(testWorld(), { kubeconfig: bomb }))
    expect(failure.details).toMatchObject({ kind: 'config', seen: expect.stringContaining('alias') })
  })

  test('without the asked context names those that it has', async () => {
    const failure = await failureOf(
      resolveConnection(testWorld(), { kubeconfig: kubeconfig('    token: t'), context: 'dev' }),
    )
    expect(failure.details.seen).toContain('there are: prod')
  })

  test('that is not there says so', async () => {
    const failure = await failureOf(resolveConnection(testWorld(), { kubeconfig: 'nowhere/config' }))
    expect(failure.details).toMatchObject({ kind: 'config', on: 'nowhere/config' })
  })
})

describe('without a kubeconfig', () => {
  test('server and token are taken as given', async () => {
    const world = testWorld()
    expect(
      await resolveConnection(world, { server: 'https://k8s.example.com/', token: 'canary', caCert: PEM }),
    ).toEqual({
      server: 'https://k8s.example.com',
      token: 'canary',
      caCert: PEM,
    })
    expect(world.secrets).toEqual(['canary'])
  })

  test('a server alone is refused', async () => {
    const failure = await failureOf(resolveConnection(testWorld(), { server: 'https://k8s.example.com' }))
    expect(failure.details.code).toBe('KUBERNETES_TOKEN')
  })

  test('a pod uses its service account, with a token read for each request', async () => {
    await writeFile(join(folder, 'ca.crt'), PEM)
    await writeFile(join(folder, 'namespace'), 'ci')
    await writeFile(join(folder, 'token'), 'projected')
    const world = testWorld({ env: { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' } })
    const connection = await resolveConnection(world, {}, folder)
    expect(connection).toMatchObject({ server: 'https://10.0.0.1:443', caCert: PEM, namespace: 'ci' })
    expect(typeof connection?.token === 'function' ? await connection.token() : undefined).toBe('projected')
    expect(world.secrets).toEqual(['projected'])
  })

  test('there is no connection elsewhere', async () => {
    expect(await resolveConnection(testWorld(), {}, folder)).toBeUndefined()
  })
})
