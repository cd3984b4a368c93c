import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Check, Peer } from '../../scripts/real/peer.ts'
import { checkPull } from './disk/pull.ts'
import { checkPush } from './disk/push.ts'
import { openScene, type Scene } from './disk/scene.ts'

type Prepared = Scene & AsyncDisposable

/** Real disks that are full, fill up, have no inodes left or are mounted read-only, under dvc-pull and dvc-push. */
export const peer: Peer<Prepared> = { name: 'disk', prepare, run }

async function prepare(): Promise<Prepared> {
  const started = new AsyncDisposableStack()
  try {
    const folder = await mkdtemp(join(tmpdir(), 'mlops-actions-real-disk-'))
    started.defer(() => rm(folder, { recursive: true, force: true }))
    const scene = started.use(await openScene(folder))
    const dispose = () => started.disposeAsync()
    return { ...scene, [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await started.disposeAsync()
    throw error
  }
}

async function run(scene: Prepared, check: Check): Promise<void> {
  await checkPull(scene, check)
  await checkPush(scene, check)
}
