import { deepStrictEqual, strictEqual } from 'node:assert'
import { readFile, rm, writeFile } from 'node:fs/promises'
import type { Check } from '../../../scripts/real/peer.ts'
import { expectFailure } from './pull.ts'
import { CONTENT, countCached, filesBelow, fillDisk, MODEL_KEY, type Scene } from './scene.ts'

/** Every file, and the list of the directory. */
const OBJECTS = Object.keys(CONTENT).length + 1
const NEW_MODEL = 'other weights'
const FILL = { 'fill-cache': 'true' } as const

/** dvc-push on disks that do not take what it records; each time it is run again when they do. */
export async function checkPush(scene: Scene, check: Check): Promise<void> {
  await check('add on a full disk leaves no half of a .dvc file', () => checkAdd(scene))
  await check('commit on a full disk leaves the .dvc file as it was', () => checkCommit(scene))
  await check('fill-cache that does not fit is refused before anything is sent', () => checkTooSmall(scene))
  await check('fill-cache ends as quota where the disk fills up meanwhile', () => checkFillsUp(scene))
  await check('fill-cache leaves no half of a list of files', () => checkList(scene))
  await check('a push from a read-only disk needs it no other way, unless it records', () =>
    checkReadOnly(scene),
  )
}

async function checkAdd(scene: Scene): Promise<void> {
  await scene.mountDisk('size=32m', 'with data')
  scene.forget()
  await rm(scene.see('checkout/model.bin.dvc'))
  const before = await namesOf(scene)
  fillDisk(scene.see('filler'))
  const add = { add: 'model.bin' }
  expectFailure(await scene.step('dvc-push', add), 'quota', /The disk is full::model\.bin\.dvc/)
  deepStrictEqual(await namesOf(scene), before)
  await rm(scene.see('filler'))
  const { code, outputs, text } = await scene.step('dvc-push', add)
  deepStrictEqual([code, outputs['recorded']], [0, '["model.bin.dvc"]'], text)
  strictEqual(scene.keys().length, OBJECTS)
}

async function checkCommit(scene: Scene): Promise<void> {
  await scene.mountDisk('size=32m', 'with data')
  await writeFile(scene.see('checkout/model.bin'), NEW_MODEL)
  const before = await readFile(scene.see('checkout/model.bin.dvc'), 'utf8')
  const names = await namesOf(scene)
  fillDisk(scene.see('filler'))
  const commit = { commit: 'true' }
  expectFailure(await scene.step('dvc-push', commit), 'quota', /The disk is full::model\.bin\.dvc/)
  strictEqual(await readFile(scene.see('checkout/model.bin.dvc'), 'utf8'), before)
  deepStrictEqual(await namesOf(scene), names)
  await rm(scene.see('filler'))
  const { code, outputs, text } = await scene.step('dvc-push', commit)
  deepStrictEqual([code, outputs['recorded']], [0, '["model.bin.dvc"]'], text)
}

async function checkTooSmall(scene: Scene): Promise<void> {
  await scene.mountDisk('size=32m', 'with data')
  scene.forget()
  expectFailure(await scene.step('dvc-push', FILL), 'quota', /does not fit onto the disk.*nothing was sent/)
  deepStrictEqual(scene.keys(), [])
  await scene.remount('size=128m')
  await expectCached(scene)
  strictEqual(scene.keys().length, OBJECTS)
}

async function checkFillsUp(scene: Scene): Promise<void> {
  await scene.mountDisk('size=128m', 'with data')
  scene.forget()
  const filler = scene.see('filler')
  await scene.whenAskedFor(
    'POST',
    MODEL_KEY,
    () => fillDisk(filler),
    async () => {
      expectFailure(await scene.step('dvc-push', FILL), 'quota', /The disk is full/)
    },
  )
  strictEqual((await countCached(cacheOf(scene))) < OBJECTS, true)
  await rm(filler)
  await expectCached(scene)
}

/** Only the list is missing in the cache when the disk fills up, while a file goes to the remote. */
async function checkList(scene: Scene): Promise<void> {
  await scene.mountDisk('size=128m', 'with data')
  await expectCached(scene)
  const list = [...(await filesBelow(cacheOf(scene))).keys()].find((path) => path.endsWith('.dir')) ?? ''
  await rm(`${cacheOf(scene)}/${list}`)
  scene.lose(MODEL_KEY)
  const filler = scene.see('filler')
  await scene.whenAskedFor(
    'POST',
    MODEL_KEY,
    () => fillDisk(filler),
    async () => {
      expectFailure(await scene.step('dvc-push', FILL), 'quota', /The disk is full::\S+\.dir/)
    },
  )
  strictEqual(await countCached(cacheOf(scene)), OBJECTS - 1)
  await rm(filler)
  await expectCached(scene)
}

async function checkReadOnly(scene: Scene): Promise<void> {
  await scene.mountDisk('size=128m', 'with data')
  scene.forget()
  await scene.remount('ro')
  for (const given of [{ add: 'model.bin' }, { commit: 'true' }, FILL]) {
    expectFailure(await scene.step('dvc-push', given), 'config', /EROFS.*mounted read-only/)
    deepStrictEqual(scene.keys(), [], 'it has sent what it could not record')
  }
  const pushed = await scene.step('dvc-push')
  deepStrictEqual([pushed.code, pushed.outputs['uploaded']], [0, String(OBJECTS)], pushed.text)
  const looked = await scene.step('dvc-push', { mode: 'status' })
  deepStrictEqual([looked.code, looked.outputs['in-sync']], [0, 'true'], looked.text)
}

function cacheOf({ see }: Scene): string {
  return see('checkout/.dvc/cache')
}

async function expectCached(scene: Scene): Promise<void> {
  const { code, text } = await scene.step('dvc-push', FILL)
  strictEqual(code, 0, text)
  strictEqual(await countCached(cacheOf(scene)), OBJECTS)
}

/** Names of everything in the checkout but DVC's lock. */
async function namesOf({ see }: Scene): Promise<readonly string[]> {
  return [...(await filesBelow(see('checkout'))).keys()]
    .filter((path) => !path.startsWith('.dvc/tmp/'))
    .sort()
}
