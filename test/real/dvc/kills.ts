import { deepStrictEqual, match, ok, strictEqual } from 'node:assert'
import { cp, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Check, RealOptions } from '../../../scripts/real/peer.ts'
import { startProxy } from '../proxy.ts'
import type { S3Peer } from '../s3/server.ts'
import type { Dvc } from './dvc.ts'
import { commitAll, git } from './git.ts'
import { type Attempt, deathsOf, describeMoment, killOf, type Measure } from './kill-moments.ts'
import { changeData, type KillScene, makeKillScene, OUTPUTS, treeOf } from './kill-scene.ts'
import { type Given, KILLED, runBundle, startBundle } from './ours.ts'
import { type Place, pointTo } from './remotes.ts'
import { assertWhole, cacheObjects, remoteObjects } from './whole.ts'

/** Kills of each of both actions in an everyday run, and with `--full`. */
const COUNT = { everyday: { push: 8, pull: 7 }, full: { push: 200, pull: 200 } } as const
const AT_ONCE = 2

interface Trial extends Omit<Attempt, 'name'> {
  readonly scene: KillScene
  readonly folder: string
  readonly bucket: string
}

/**
 * A step of ours that is killed, or whose server dies, leaves nothing that is half: not in the remote, not in the workspace,
 * not in the cache. The same step again does the rest, and the real DVC has all of it.
 */
export async function checkKills(
  dvc: Dvc,
  s3: S3Peer,
  folder: string,
  { full, seed: first = 1 }: Pick<RealOptions, 'full' | 'seed'>,
  check: Check,
): Promise<void> {
  const scene = await makeKillScene(dvc, s3, join(folder, 'kills'))
  const counts = full ? COUNT.full : COUNT.everyday
  for (const [action, kill] of [
    ['push', killPush],
    ['pull', killPull],
  ] as const) {
    const measure = await measureStep(scene, action)
    const kind = { scene, action, kill }
    const kills = Array.from({ length: counts[action] }, (_, at) => killOf(action, first + at, measure))
    const left = [...kills, ...deathsOf(action, measure, { full, first })]
    const work = async () => {
      for (let one = left.shift(); one !== undefined; one = left.shift()) await checkKill(kind, one, check)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
  }
}

interface Kind {
  readonly scene: KillScene
  readonly action: 'push' | 'pull'
  readonly kill: (trial: Trial) => Promise<void>
}

async function checkKill(
  { scene, action, kill }: Kind,
  { name, random, moment }: Attempt,
  check: Check,
): Promise<void> {
  const folder = join(scene.folder, name)
  await check(`a dvc-${action} ${describeMoment(moment)} leaves nothing half (${name})`, async () => {
    await mkdir(folder)
    await kill({ scene, random, moment, folder, bucket: `kill-${name}-${scene.dvc.version}` })
    await rm(folder, { recursive: true })
  })
}

/** A run that nothing happens to. */
async function measureStep(scene: KillScene, action: 'push' | 'pull'): Promise<Measure> {
  const folder = join(scene.folder, `measured-${action}`)
  await mkdir(folder)
  const trial = { scene, folder, bucket: `kill-measured-${scene.dvc.version}` }
  const { root, place, given } = await (action === 'push'
    ? preparePush(trial, true)
    : preparePull(trial, true))
  await using proxy = await startProxy(scene.s3.url, () => {})
  await pointTo(root, { ...place, s3: { ...scene.s3, url: proxy.url } })
  const started = performance.now()
  const { code, text } = await runBundle(`dvc-${action}`, root, given)
  strictEqual(code, 0, text)
  return { requests: proxy.count(), ms: performance.now() - started }
}

/** What a step is given, and where. */
interface Prepared {
  readonly root: string
  readonly place: Place
  readonly given: Given
}

/** Changed data to record, keep in the cache and send, or only data to send. */
async function preparePush(
  { scene: { s3, before }, folder, bucket }: Pick<Trial, 'scene' | 'folder' | 'bucket'>,
  isChanged: boolean,
): Promise<Prepared> {
  const root = join(folder, 'pushed')
  await cp(before.root, root, { recursive: true, verbatimSymlinks: true })
  if (isChanged) await changeData(root)
  const place = { s3, bucket, prefix: 'dvc' }
  await s3.createBucket(bucket)
  return { root, place, given: isChanged ? { add: OUTPUTS.join('\n'), 'fill-cache': 'true' } : {} }
}

/** A fresh clone, that fills a cache or has none. */
async function preparePull(
  { scene: { before }, folder }: Pick<Trial, 'scene' | 'folder'>,
  isCached: boolean,
): Promise<Prepared> {
  const root = join(folder, 'pulled')
  await cloneTo(before.root, root)
  return { root, place: before.place, given: { 'fill-cache': isCached ? 'always' : 'never' } }
}

async function killPush(trial: Trial): Promise<void> {
  const { dvc, before, after } = trial.scene
  const isChanged = trial.random.chance(0.5)
  const prepared = await preparePush(trial, isChanged)
  const { root, place } = prepared
  const wanted = isChanged ? after : before
  const textsBefore = await recordsOf(root)
  await kill('dvc-push', prepared, trial)
  const lists = join(wanted.root, '.dvc/cache')
  await assertWhole('the remote after the kill', await remoteObjects(place, lists))
  await assertWhole('the cache after the kill', await cacheObjects(join(root, '.dvc/cache')))
  for (const [at, text] of (await recordsOf(root)).entries())
    ok(
      [textsBefore[at], (await recordsOf(wanted.root))[at]].includes(text),
      `${OUTPUTS[at]}.dvc is neither old nor new`,
    )
  await runAgain('dvc-push', prepared)
  deepStrictEqual(await place.s3.objects(place.bucket), await wanted.place.s3.objects(wanted.place.bucket))
  deepStrictEqual(await recordsOf(root), await recordsOf(wanted.root))
  await commitAll(root, 'recorded')
  const clone = join(trial.folder, 'clone')
  await cloneTo(root, clone)
  await pointTo(clone, place)
  await dvc.run(clone, 'pull')
  deepStrictEqual(await treeOf(clone), wanted.tree, 'dvc pull brings back something else')
  match(await dvc.run(clone, 'status', '--cloud'), /in sync/)
}

async function killPull(trial: Trial): Promise<void> {
  const { dvc, before } = trial.scene
  const isCached = trial.random.chance(0.5)
  const prepared = await preparePull(trial, isCached)
  const { root, place } = prepared
  const remote = await place.s3.objects(place.bucket)
  await kill('dvc-pull', prepared, trial)
  const there = await treeOf(root)
  deepStrictEqual(there, pick(before.tree, Object.keys(there)), 'the workspace after the kill')
  await assertWhole('the cache after the kill', await cacheObjects(join(root, '.dvc/cache')))
  await runAgain('dvc-pull', prepared)
  deepStrictEqual(await treeOf(root), before.tree, 'our pull brings back something else')
  if (isCached) strictEqual(await dvc.run(root, 'status', '--quiet'), '', 'dvc status after our pull')
  strictEqual(await git(root, 'status', '--porcelain'), '')
  await dvc.run(root, 'pull')
  deepStrictEqual(await treeOf(root), before.tree, 'dvc pull brings back something else')
  deepStrictEqual(await place.s3.objects(place.bucket), remote, 'a pull has changed the remote')
}

/** Runs a step and kills it, or its server, at the moment; one that comes after its end changes nothing. */
async function kill(action: string, { root, place, given }: Prepared, trial: Trial): Promise<void> {
  const { moment, scene } = trial
  const end = Promise.withResolvers<void>()
  await using proxy = await startProxy(scene.s3.url, async (nth, stage) => {
    if ('deadFrom' in moment) {
      if (nth >= moment.deadFrom) throw new Error('the server is dead')
      return
    }
    if ('ms' in moment || nth < moment.nth || (nth === moment.nth && stage !== moment.stage)) return
    end.resolve()
    // It goes on when nobody waits for it any more.
    await ended
  })
  await pointTo(root, { ...place, s3: { ...scene.s3, url: proxy.url } })
  const step = await startBundle(action, root, given)
  const { ended } = step
  if ('deadFrom' in moment) {
    const { code, text } = await ended
    return strictEqual(code, 1, text)
  }
  if ('ms' in moment) delay(moment.ms).then(end.resolve)
  await Promise.race([end.promise, ended])
  step.child.kill('SIGKILL')
  const { code, text } = await ended
  ok(code === KILLED || code === 0, text)
}

async function runAgain(action: string, { root, place, given }: Prepared): Promise<void> {
  await pointTo(root, place)
  const { code, text } = await runBundle(action, root, given)
  strictEqual(code, 0, text)
}

function recordsOf(root: string): Promise<string[]> {
  return Promise.all(OUTPUTS.map((name) => readFile(join(root, `${name}.dvc`), 'utf8')))
}

async function cloneTo(from: string, to: string): Promise<void> {
  await git(from, 'clone', '--quiet', from, to)
}

function pick<T>(all: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T | undefined> {
  return Object.fromEntries(names.map((name) => [name, all[name]]))
}
