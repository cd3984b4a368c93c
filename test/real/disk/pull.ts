import { deepStrictEqual, match, strictEqual } from 'node:assert'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Check } from '../../../scripts/real/peer.ts'
import type { Step } from '../dvc/ours.ts'
import { CONTENT, countCached, countWhole, filesBelow, fillDisk, MODEL_KEY, type Scene } from './scene.ts'

const FILES = Object.keys(CONTENT).length
/** Those, and the list of the directory. */
const OBJECTS = FILES + 1
const CACHE = { 'cache-dir': 'checkout-cache' } as const

/** dvc-pull on disks that do not take what it brings; each time it is run again when they do. */
export async function checkPull(scene: Scene, check: Check): Promise<void> {
  await check('a pull that does not fit is refused before its first byte', () => checkTooSmall(scene))
  await check('a pull ends as quota where the disk fills up meanwhile', () => checkFillsUp(scene))
  await check('a pull ends as quota where no inode is left', () => checkInodes(scene))
  await check('a pull ends as quota where the disk of the cache fills up', () => checkCacheDisk(scene))
  await check('a pull onto a read-only disk says that it is one', () => checkReadOnly(scene))
}

async function checkTooSmall(scene: Scene): Promise<void> {
  await scene.mountDisk('size=4m', 'without data')
  const before = scene.s3.requests.length
  expectFailure(await scene.step('dvc-pull'), 'quota', /does not fit onto the disk.*nothing was downloaded/)
  const asked = scene.s3.requests.slice(before).filter(({ path }) => path.includes('/files/md5/'))
  strictEqual(asked.filter(({ path }) => !path.endsWith('.dir')).length, 0, 'an object was asked for')
  strictEqual(await countWhole(scene), 0)
  await scene.remount('size=128m')
  await expectWhole(scene)
}

async function checkFillsUp(scene: Scene): Promise<void> {
  await scene.mountDisk('size=96m', 'without data')
  const filler = scene.see('filler')
  await scene.whenAskedFor(
    'GET',
    MODEL_KEY,
    () => fillDisk(filler),
    async () => {
      expectFailure(await scene.step('dvc-pull'), 'quota', /The disk is full.*Free space before this step/)
    },
  )
  strictEqual((await countWhole(scene)) < FILES, true)
  await rm(filler)
  await expectWhole(scene)
}

async function checkInodes(scene: Scene): Promise<void> {
  await scene.mountDisk('size=128m,nr_inodes=50', 'without data')
  expectFailure(await scene.step('dvc-pull'), 'quota', /The disk is full.*`df -i`/)
  strictEqual((await countWhole(scene)) < FILES, true)
  await scene.remount('nr_inodes=1000')
  await expectWhole(scene)
}

/** Objects come to the disk of the workspace, and are copied from there to that of the cache. */
async function checkCacheDisk(scene: Scene): Promise<void> {
  await scene.mountDisk('size=128m', 'without data')
  await scene.mountCacheDisk('size=96m')
  const [filler, cache] = [scene.see('checkout/checkout-cache/filler'), scene.see('checkout/checkout-cache')]
  await scene.whenAskedFor(
    'GET',
    MODEL_KEY,
    () => fillDisk(filler),
    async () => {
      expectFailure(await scene.step('dvc-pull', CACHE), 'quota', /The disk is full/)
    },
  )
  strictEqual((await countCached(cache)) < OBJECTS, true)
  await countWhole(scene)
  await rm(filler)
  await expectWhole(scene, CACHE)
  strictEqual(await countCached(cache), OBJECTS)
}

async function checkReadOnly(scene: Scene): Promise<void> {
  await scene.mountDisk('size=128m', 'without data')
  await scene.remount('ro')
  expectFailure(await scene.step('dvc-pull'), 'config', /EROFS.*mounted read-only/)
  strictEqual(await countWhole(scene), 0)
  await scene.remount('rw')
  await expectWhole(scene)
  await scene.remount('ro')
  const { code, outputs, text } = await scene.step('dvc-pull')
  deepStrictEqual([code, outputs['changed']], [0, 'false'], `where everything is there already:\n${text}`)
}

/** Runs it once more: everything is there then, and nothing beside. */
async function expectWhole(scene: Scene, given?: Record<string, string>): Promise<void> {
  const { code, text } = await scene.step('dvc-pull', given)
  strictEqual(code, 0, text)
  strictEqual(await countWhole(scene), FILES)
  const left = await filesBelow(join(scene.see('checkout'), '.dvc/tmp/mlops-actions'))
  deepStrictEqual([...left.keys()], [], 'unfinished files')
}

/** Red, once, with the kind and the words. */
export function expectFailure({ code, outputs, text }: Step, kind: string, words: RegExp): void {
  deepStrictEqual([code, outputs['failure-kind'], outputs['retryable']], [1, kind, 'false'], text)
  const errors = text.split('\n').filter((line) => line.startsWith('::error'))
  strictEqual(errors.length, 1, text)
  match(errors.join(''), words)
}
