import { deepStrictEqual, match, strictEqual } from 'node:assert'
import { join } from 'node:path'
import type { Check } from '../../scripts/real/peer.ts'
import { startBuilder } from './buildkit.ts'
import type { Step } from './docker-inputs.ts'
import { pull } from './docker-promote.ts'
import { NO_DOCKER, type Prepared, REPOSITORY } from './docker-stack.ts'

/** Images of two platforms, pushed by digest by a BuildKit of its own, made one without Docker, and pulled by an engine. */
export async function checkMerge(prepared: Prepared, step: Step, check: Check): Promise<void> {
  const { root, folder, engines, registry } = prepared
  await check(
    'the builder of the engine refuses to push by digest, and the failure says what to do',
    async () => {
      const { code, errors } = await step({ 'push-by-digest': 'true', reuse: 'false' })
      strictEqual(code, 1)
      match(errors[0]?.message ?? '', /the input `push-by-digest`[\s\S]*docker\/setup-buildx-action/)
    },
  )
  const builder = await startBuilder(root, join(folder, 'buildkit'), engines.containerd)
  try {
    const build = (platforms: string, more: Record<string, string> = {}) =>
      step({ 'push-by-digest': 'true', builder: builder.name, platforms, reuse: 'false', ...more })
    // BuildKit makes Docker's media types of an image without attestations, whose list has no place for annotations.
    const outputs = 'type=image,oci-mediatypes=true'
    const digests: string[] = []
    await check('an image is pushed by its digest, and no tag names it', async () => {
      for (const platform of ['linux/amd64', 'linux/arm64']) {
        const built = await build(platform, { outputs })
        strictEqual(built.code, 0, built.stdout)
        strictEqual(built.outputs['tags'], '[]')
        digests.push(built.outputs['digest'] ?? '')
      }
      for (const digest of digests) strictEqual((await registry.manifest(REPOSITORY, digest))?.digest, digest)
      strictEqual(await registry.manifest(REPOSITORY, 'latest'), undefined)
    })
    await check(
      'digests are merged without Docker, and an engine pulls the image of its platform',
      async () => {
        const given = { mode: 'merge', digests: digests.join(), tags: 'merged,merged-2' }
        const merged = await step({ ...given, annotations: 'index:org.example.team=ml' }, NO_DOCKER)
        strictEqual(merged.code, 0, merged.stdout)
        const index = await registry.manifest(REPOSITORY, 'merged-2')
        strictEqual(index?.digest, merged.outputs['digest'])
        const { manifests, annotations } = JSON.parse(String(index?.bytes)) as Index
        strictEqual(manifests.length, 2)
        deepStrictEqual(annotations, { 'org.example.team': 'ml' })
        await pull(prepared, engines.containerd, `${registry.host}/${REPOSITORY}@${index?.digest}`)
      },
    )
    await check('the same digests in another order change nothing', async () => {
      const annotations = 'index:org.example.team=ml'
      const given = { mode: 'merge', digests: digests.toReversed().join(), tags: 'merged', annotations }
      const { code, outputs, stdout } = await step(given, NO_DOCKER)
      strictEqual(code, 0, stdout)
      strictEqual(outputs['changed'], 'false')
    })
    await check('images with provenance are merged with their attestations', async () => {
      const attested: string[] = []
      // By other names of the same platforms, for which BuildKit and its registry have one.
      for (const platform of ['linux/x86_64', 'linux/arm64/v8']) {
        const annotations = `manifest[${platform}]:org.example.team=ml`
        const { code, outputs, stdout } = await build(platform, { provenance: 'mode=max', annotations })
        strictEqual(code, 0, stdout)
        attested.push(outputs['digest'] ?? '')
      }
      const merged = await step({ mode: 'merge', digests: attested.join(), tags: 'attested' }, NO_DOCKER)
      strictEqual(merged.code, 0, merged.stdout)
      const index = await registry.manifest(REPOSITORY, 'attested')
      const { manifests } = JSON.parse(String(index?.bytes)) as Index
      deepStrictEqual(
        manifests.map(({ platform }) => `${platform.os}/${platform.architecture}`),
        ['linux/amd64', 'linux/arm64', 'unknown/unknown', 'unknown/unknown'],
      )
      deepStrictEqual(
        manifests.slice(2).map(({ annotations }) => annotations?.['vnd.docker.reference.digest']),
        manifests.slice(0, 2).map(({ digest }) => digest),
      )
    })
    await check('two images for one platform are refused, and no tag is set', async () => {
      const other = await build('linux/arm64', { labels: 'another=image', outputs })
      const given = { mode: 'merge', digests: [...digests, other.outputs['digest']].join(), tags: 'twice' }
      const { code, errors } = await step(given, NO_DOCKER)
      strictEqual(code, 1)
      match(errors[0]?.message ?? '', /two of them are for linux\/arm64/)
      strictEqual(await registry.manifest(REPOSITORY, 'twice'), undefined)
    })
  } finally {
    await builder.stop()
  }
}

interface Index {
  readonly manifests: readonly Entry[]
  readonly annotations?: Readonly<Record<string, string>>
}

interface Entry {
  readonly digest: string
  readonly platform: { readonly os: string; readonly architecture: string }
  readonly annotations?: Readonly<Record<string, string>>
}
