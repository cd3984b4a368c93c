import { deepStrictEqual, notDeepStrictEqual, strictEqual } from 'node:assert'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addRepository } from '@mlops-actions/sandbox/registry'
import type { Check } from '../../scripts/real/peer.ts'
import { type Engine, type ImageStore, startEngine } from './docker-engine.ts'
import type { RealRegistry } from './docker-registry.ts'
import { type Prepared, stepIn } from './docker-stack.ts'

/** A base whose tag has moved since this engine has pulled it: what gets the content key is built on the newer one. */
export async function checkBases(prepared: Prepared, store: ImageStore, check: Check): Promise<void> {
  const { root, folder, registry, ecr, engines } = prepared
  const [base, product] = [`ml/base-${store}`, `ml/on-base-${store}`]
  for (const name of [base, product]) addRepository(ecr.state.registry, name, Date.now())
  const workspace = join(folder, `bases-moved-${store}`)
  mkdirSync(workspace, { recursive: true })
  const named = `${registry.host}/${base}:1`
  // ARG in FROM, the base once more in COPY --from, and what it leaves to be done.
  const files = {
    'Old.Dockerfile': 'FROM scratch\nCOPY old.txt /from-base\n',
    'New.Dockerfile': 'FROM scratch\nCOPY new.txt /from-base\nONBUILD COPY own.txt /on-build\n',
    Dockerfile: `ARG V=1\nFROM ${registry.host}/${base}:$V\nCOPY --from=${named} /from-base /copied\n`,
    'old.txt': 'old',
    'new.txt': 'new',
    'own.txt': store,
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(workspace, name), text)
  const registries = `${registry.host}=AWS:${registry.password}`
  const away = await startEngine(root, join(folder, `away-${store}`), { store })
  const on = (engine: Engine) => (inputs: Record<string, string>) =>
    stepIn(prepared, store, workspace, engine)(inputs)
  const [here, elsewhere] = [on(engines[store]), on(away)]
  try {
    for (const [push, file] of [
      [here, 'Old.Dockerfile'],
      [elsewhere, 'New.Dockerfile'],
    ] as const)
      strictEqual((await push({ repository: base, tags: '1', file, reuse: 'false' })).code, 0)
    const build = { repository: product, registries }
    await check(
      `[${store}] an engine with an older image under the tag of a base takes that one`,
      async () => {
        const { code, stdout } = await here({ ...build, tags: 'unkeyed', reuse: 'false' })
        strictEqual(code, 0, stdout)
        const [bases, layers] = [
          await layersOf(registry, base, '1'),
          await layersOf(registry, product, 'unkeyed'),
        ]
        notDeepStrictEqual(layers.slice(0, bases.length), bases)
      },
    )
    await check(`[${store}] what gets a content key stands on the base of the key all the same`, async () => {
      const built = await here({ ...build, tags: 'keyed' })
      deepStrictEqual([built.code, built.outputs['cache-hit']], [0, 'false'], built.stdout)
      const [bases, layers] = [
        await layersOf(registry, base, '1'),
        await layersOf(registry, product, 'keyed'),
      ]
      deepStrictEqual(layers.slice(0, bases.length), bases)
      strictEqual(layers.length, bases.length + 2)
    })
    await check(`[${store}] and is the image that an engine without any other base makes`, async () => {
      const own = await layersOf(registry, product, 'keyed')
      const clean = await elsewhere({ ...build, tags: 'clean', reuse: 'false' })
      strictEqual(clean.code, 0, clean.stdout)
      deepStrictEqual(await layersOf(registry, product, 'clean'), own)
      const again = await elsewhere({ ...build, tags: 'again' })
      strictEqual(again.outputs['cache-hit'], 'true', again.stdout)
    })
  } finally {
    await away.stop()
  }
}

/** Digests of the unpacked layers: those of the manifest hang on who has packed them. */
async function layersOf(registry: RealRegistry, repository: string, tag: string): Promise<readonly string[]> {
  const found = await registry.manifest(repository, tag)
  const { config } = JSON.parse(String(found?.bytes ?? '{}')) as { config: { digest: string } }
  const { rootfs } = JSON.parse(String(await registry.blob(repository, config.digest))) as {
    rootfs: { diff_ids: readonly string[] }
  }
  return rootfs.diff_ids
}
