import { match, ok, strictEqual } from 'node:assert'
import { createAuthority, createIdentity, type Identity } from '@mlops-actions/sandbox/faults'
import { type Bench, freePort, type Inputs, startPlain, startRemote, trusting } from './remote-buildkit.ts'

const DAY = 86_400_000

/** Every way in which a BuildKit, or the way to it, can refuse. */
export async function checkRefusals(bench: Bench): Promise<void> {
  const { prepared, remote, inputs, client, check } = bench
  const { authority } = remote
  const other = createAuthority('Strangers')
  const past = { notBefore: new Date(Date.now() - 3 * DAY), notAfter: new Date(Date.now() - DAY) }
  const refuse = (what: string, given: Inputs, kind: string, says: RegExp) =>
    check(`${what}: said in a moment, and no repository is created`, async () => {
      const repository = `ml/${what.toLowerCase().replaceAll(/\W+/g, '-')}`
      const { code, outputs, errors, stdout } = await bench.step({
        ...inputs,
        ...given,
        repository,
        tags: 'v1',
        'create-repository': 'true',
      })
      strictEqual(code, 1, stdout)
      strictEqual(outputs['failure-kind'], kind, errors[0]?.message)
      match(errors[0]?.message ?? '', says)
      ok(!prepared.ecr.state.registry.repositories.has(repository), 'the repository was created')
      strictEqual(bench.left().join(), '')
    })
  const identity = ({ cert, key }: Identity): Inputs => ({ 'buildkit-cert': cert, 'buildkit-key': key })
  const CLIENT = /the input `buildkit-cert`[\s\S]*--tlscacert/
  await refuse(
    'a builder of another authority',
    { 'buildkit-ca': other.certificate },
    'config',
    /the input `buildkit-ca`[\s\S]*unable to verify/,
  )
  await refuse(
    'a client of another authority',
    identity(createIdentity({ hosts: ['job'] }, other)),
    'auth',
    CLIENT,
  )
  await refuse(
    'a client that has expired',
    identity(createIdentity({ hosts: ['job'], ...past }, authority)),
    'auth',
    CLIENT,
  )
  await refuse(
    'a client that names itself only',
    identity(createIdentity({ hosts: ['job'] })),
    'auth',
    CLIENT,
  )
  await refuse(
    'nobody at the port',
    { buildkit: `tcp://127.0.0.1:${await freePort()}` },
    'upstream',
    /the input `buildkit`[\s\S]*ECONNREFUSED[\s\S]*Start buildkitd/,
  )
  await refuse(
    'no such host',
    { buildkit: 'tcp://nohost.invalid:1234' },
    'config',
    /the input `buildkit`[\s\S]*cannot resolve/,
  )
  await refuse(
    'no certificates for one that wants them',
    { 'buildkit-ca': '', 'buildkit-cert': '', 'buildkit-key': '' },
    'upstream',
    /ended the connection without an answer[\s\S]*`buildkit-ca`, `buildkit-cert` and `buildkit-key`/,
  )
  const expired = await startRemote(prepared, 'expired', authority, past)
  const named = await startRemote(prepared, 'named', authority, { hosts: ['buildkitd.test'] })
  const plain = await startPlain(prepared)
  try {
    await refuse(
      'a builder that has expired',
      { buildkit: expired.address },
      'config',
      /the input `buildkit`[\s\S]*certificate has expired/,
    )
    await refuse(
      'a builder of another name',
      { buildkit: named.address },
      'config',
      /the input `buildkit`[\s\S]*not in the cert's list[\s\S]*\?servername=/,
    )
    await refuse(
      'a builder that speaks no TLS',
      { buildkit: plain.address },
      'config',
      /the input `buildkit`[\s\S]*it speaks no TLS at this port/,
    )
    await check('the name that the certificate has lets it be reached', async () => {
      const given = { ...trusting(named, client), buildkit: `${named.address}?servername=buildkitd.test` }
      const { code, stdout } = await bench.step({ ...given, tags: 'remote-named', reuse: 'false' })
      strictEqual(code, 0, stdout)
    })
    await check('on this machine none is needed, neither by TCP nor by a socket', async () => {
      const none = { 'buildkit-ca': '', 'buildkit-cert': '', 'buildkit-key': '' }
      for (const buildkit of [plain.address, plain.socket]) {
        const { code, stdout } = await bench.step({ ...none, buildkit, tags: 'remote-plain', reuse: 'false' })
        strictEqual(code, 0, stdout)
      }
    })
  } finally {
    await Promise.all([expired.stop(), named.stop(), plain.stop()])
  }
}
