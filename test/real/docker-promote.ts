import { deepStrictEqual, match, ok, strictEqual } from 'node:assert'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addRepository } from '@mlops-actions/sandbox/registry'
import { runCommand } from '../../scripts/command.ts'
import type { Check } from '../../scripts/real/peer.ts'
import { runBundle, type StepResult } from '../harness/bundle.ts'
import type { Engine, ImageStore } from './docker-engine.ts'
import { type Prepared, REPOSITORY } from './docker-stack.ts'

/** Any push of ecr-build-push into the source. */
type Push = (inputs: Record<string, string>) => Promise<StepResult>

/** Images that a real engine has pushed, promoted through a real registry, and pulled by their digest. */
export async function checkPromote(
  prepared: Prepared,
  store: ImageStore,
  push: Push,
  check: Check,
): Promise<void> {
  const { ecr, registry, engines } = prepared
  const [mounted, streamed] = [`ml/mounted-${store}`, `ml/streamed-${store}`]
  for (const name of [mounted, streamed]) addRepository(ecr.state.registry, name, Date.now())
  // By another name the registry is another one to the client, so that nothing can be mounted.
  const otherName = registry.host.replace('127.0.0.1', 'localhost')
  await check(`[${store}] an image is promoted to another repository, its layers mounted`, async () => {
    const { outputs } = await push({ tags: `${store}-promote` })
    const done = await promote(prepared, { tag: `${store}-promote`, repository: mounted })
    await compare(prepared, outputs['digest'] ?? '', { tag: `${store}-promote`, repository: mounted, done })
    deepStrictEqual([layersOf(done, 'copied'), layersOf(done, 'there')], [0, 0])
    ok(layersOf(done, 'mounted') > 1)
  })
  await check(`[${store}] an image is promoted to another registry, its layers streamed`, async () => {
    const tag = `${store}-promote`
    const done = await promote(prepared, { tag, repository: streamed, registry: otherName })
    const digest = done.outputs['digest'] ?? ''
    await compare(prepared, digest, { tag, repository: streamed, done })
    deepStrictEqual([layersOf(done, 'mounted'), layersOf(done, 'there')], [0, 0])
    ok(layersOf(done, 'copied') > 1)
    await pull(prepared, engines[store], `${registry.host}/${streamed}@${digest}`)
  })
  await check(`[${store}] the same promotion again changes nothing`, async () => {
    const done = await promote(prepared, { tag: `${store}-promote`, repository: mounted })
    strictEqual(done.outputs['changed'], 'false', done.stdout)
  })
  if (store !== 'containerd') return
  await check(`[${store}] an index is promoted with its attestation`, async () => {
    const { outputs } = await push({ tags: 'indexed', provenance: 'mode=min' })
    const done = await promote(prepared, { tag: 'indexed', repository: streamed, registry: otherName })
    await compare(prepared, outputs['digest'] ?? '', { tag: 'indexed', repository: streamed, done })
    const index = await registry.manifest(streamed, 'indexed')
    match(index?.mediaType ?? '', /index/)
    const { manifests } = JSON.parse(String(index?.bytes)) as { manifests: readonly { digest: string }[] }
    ok(manifests.length > 1, 'there is no attestation')
    for (const { digest } of manifests)
      deepStrictEqual(
        (await registry.manifest(streamed, digest))?.bytes,
        (await registry.manifest(REPOSITORY, digest))?.bytes,
      )
  })
}

interface Promotion {
  readonly tag: string
  readonly repository: string
  readonly registry?: string
}

function promote({ ecr, registry }: Prepared, { tag, ...target }: Promotion): Promise<StepResult> {
  const [principal] = ecr.state.principals
  return runBundle('ecr-promote', {
    inputs: { image: `${registry.host}/${REPOSITORY}:${tag}`, tags: tag, ...target },
    env: {
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_ECR: ecr.url,
      AWS_ACCESS_KEY_ID: principal?.accessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: principal?.secretAccessKey ?? '',
    },
  })
}

/** Both ends have the very same bytes under the very same digest. */
async function compare(
  { registry }: Prepared,
  digest: string,
  { tag, repository, done }: { tag: string; repository: string; done: StepResult },
): Promise<void> {
  strictEqual(done.code, 0, done.stdout)
  const [from, to] = [await registry.manifest(REPOSITORY, tag), await registry.manifest(repository, tag)]
  deepStrictEqual([from?.digest, to?.digest, done.outputs['digest']], [digest, digest, digest])
  deepStrictEqual(to?.bytes, from?.bytes)
}

function layersOf({ outputs }: StepResult, how: string): number {
  const report = JSON.parse(outputs['report'] ?? '{}') as { layers: Record<string, { count: number }> }
  return report.layers[how]?.count ?? 0
}

/** By the engine itself, which checks every digest once more; its password in a configuration of its own. */
export async function pull({ folder, registry }: Prepared, { env }: Engine, image: string): Promise<void> {
  const config = join(folder, 'pull-config')
  mkdirSync(config, { recursive: true })
  const auths = { [registry.host]: { auth: registry.auth } }
  writeFileSync(join(config, 'config.json'), JSON.stringify({ auths }))
  const options = { cwd: '/', env: { ...env, DOCKER_CONFIG: config } }
  const { code, output } = await runCommand('docker', ['pull', image], options)
  strictEqual(code, 0, output)
}
