import { match, ok, strictEqual } from 'node:assert'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addRepository } from '@mlops-actions/sandbox/registry'
import type { Check } from '../../scripts/real/peer.ts'
import type { ImageStore } from './docker-engine.ts'
import type { Step } from './docker-inputs.ts'
import { startRealRegistry } from './docker-registry.ts'
import { type Prepared, REPOSITORY, shownBy } from './docker-stack.ts'
import { watchArguments } from './processes.ts'

/** A base image in another registry, behind a password: opened by `registries`, or by what the user's Docker knows. */
export async function checkRegistries(
  prepared: Prepared,
  store: ImageStore,
  workspace: string,
  step: Step,
  check: Check,
): Promise<void> {
  const { root, folder, ecr, engines } = prepared
  const other = await startRealRegistry(root, join(folder, `bases-${store}`))
  const base = await prepared.registry.manifest(REPOSITORY, `${store}-1`)
  if (base === undefined) throw new Error('there is no image to take for a base')
  await copyBlobs(prepared, other, base.bytes)
  await other.putManifest('team/base', '1', base)
  addRepository(ecr.state.registry, 'ml/derived', Date.now())
  const { password } = other
  writeFileSync(join(workspace, 'Derived.Dockerfile'), `FROM ${other.host}/team/base:1\nCOPY sh /extra\n`)
  const given = { repository: 'ml/derived', file: 'Derived.Dockerfile' }
  const config = engines[store].env.DOCKER_CONFIG
  try {
    await check(`[${store}] a private base that nothing opens fails, and says how to open it`, async () => {
      const { code, errors } = await step({ ...given, tags: `${store}-closed`, reuse: 'false' })
      strictEqual(code, 1)
      match(errors[0]?.message ?? '', /in `registries`/)
    })
    await check(
      `[${store}] a private base is opened by registries, and its password is seen nowhere`,
      async () => {
        const watch = watchArguments([password, other.auth, '--tag='])
        const registries = `${other.host}=AWS:${password}`
        const pushed = await step({
          ...given,
          tags: `${store}-opened`,
          registries,
        })
        const shown = watch.stop()
        strictEqual(pushed.code, 0, pushed.stdout)
        ok(shown.length > 0, 'the watcher never saw docker')
        ok(!shown.some((line) => line.includes(password) || line.includes(other.auth)), shown.join('\n'))
        for (const text of shownBy(pushed))
          ok(!text.includes(password) && !text.includes(other.auth), 'the password is shown')
        const again = await step({ ...given, tags: `${store}-again`, registries }, { PATH: '/nowhere' })
        strictEqual(again.outputs['cache-hit'], 'true', again.stdout)
      },
    )
    await check(`[${store}] a login in the user's Docker configuration goes on working`, async () => {
      writeFileSync(
        join(config, 'config.json'),
        JSON.stringify({ auths: { [other.host]: { auth: other.auth } } }),
      )
      const { code, stdout } = await step({ ...given, tags: `${store}-own`, 'no-cache': 'true' })
      strictEqual(code, 0, stdout)
    })
    const bin = writeHelper(folder, store, { host: other.host, password })
    for (const [what, helpers] of [
      ['a credential helper', { credHelpers: { [other.host]: 'real' } }],
      ['a store of credentials', { credsStore: 'real' }],
    ] as const)
      await check(`[${store}] ${what} of the user's Docker configuration goes on working`, async () => {
        writeFileSync(join(config, 'config.json'), JSON.stringify(helpers))
        const env = { PATH: `${bin}:${engines[store].env.PATH}` }
        const tags = `${store}-${Object.keys(helpers).join().toLowerCase()}`
        const { code, stdout } = await step({ ...given, tags, 'no-cache': 'true' }, env)
        strictEqual(code, 0, stdout)
      })
    await check(`[${store}] a store of credentials whose program is not there is named`, async () => {
      writeFileSync(join(config, 'config.json'), JSON.stringify({ credsStore: 'nowhere' }))
      const { errors, outputs } = await step({ ...given, tags: `${store}-nowhere`, reuse: 'false' })
      strictEqual(outputs['failure-kind'], 'config')
      match(errors[0]?.message ?? '', /Install docker-credential-nowhere on the runner/)
    })
  } finally {
    rmSync(join(config, 'config.json'), { force: true })
    await other.stop()
  }
}

/** A program of credentials that knows one registry; for others it says what all of them say. */
function writeHelper(
  folder: string,
  store: ImageStore,
  { host, password }: { readonly host: string; readonly password: string },
): string {
  const bin = join(folder, `helpers-${store}`)
  mkdirSync(bin, { recursive: true })
  const answer = JSON.stringify({ ServerURL: host, Username: 'AWS', Secret: password })
  const script = `#!/bin/sh
read -r host
[ "$host" = '${host}' ] && echo '${answer}' && exit
echo 'credentials not found in native keychain'
exit 1
`
  writeFileSync(join(bin, 'docker-credential-real'), script, { mode: 0o755 })
  return bin
}

/** All that a manifest names. */
async function copyBlobs(
  { registry }: Pick<Prepared, 'registry'>,
  other: Prepared['registry'],
  manifest: Buffer,
): Promise<void> {
  const { config, layers } = JSON.parse(String(manifest)) as {
    config: { digest: string }
    layers: readonly { digest: string }[]
  }
  for (const { digest } of [config, ...layers])
    strictEqual(await other.putBlob('team/base', await registry.blob(REPOSITORY, digest)), digest)
}
