import { deepStrictEqual, match, ok, strictEqual } from 'node:assert'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Finished } from '../../../scripts/command.ts'
import type { Check } from '../../../scripts/real/peer.ts'
import { startProxy } from '../proxy.ts'
import type { S3Peer } from '../s3/server.ts'
import type { Dvc } from './dvc.ts'
import { commitAll, git } from './git.ts'
import { pullByBundle, pushByBundle, type Running, type Step, startBundle } from './ours.ts'
import { COMMITTED_CONFIG, type Place, pointTo } from './remotes.ts'
import { readTree } from './tree.ts'
import { assertWhole, cacheObjects, remoteObjects } from './whole.ts'

/** Rounds in which both work at once, in an everyday run and with `--full`. */
const ROUNDS = { everyday: 2, full: 40 } as const
/** What says that somebody else is at work. */
const LOCKED = /Unable to acquire lock|is busy|has DVC's lock|locked it for|in use/

interface Scene {
  readonly dvc: Dvc
  readonly folder: string
  readonly root: string
  readonly place: Place
}

/** Ours and the real DVC on one repository and one cache at the same time. */
export async function checkConcurrency(
  dvc: Dvc,
  s3: S3Peer,
  folder: string,
  full: boolean,
  check: Check,
): Promise<void> {
  const below = join(folder, `concurrency-${dvc.version}`)
  const sceneOf = async (name: string): Promise<Scene> => {
    const root = join(below, name)
    const place = { s3, bucket: `concurrency-${dvc.version}-${name}`, prefix: 'dvc' }
    await s3.createBucket(place.bucket)
    await makeRepository(dvc, root, place)
    return { dvc, folder: below, root, place }
  }
  await check(`ours waits for dvc ${dvc.version}, and sends what it has made meanwhile`, async () =>
    checkWaiting(await sceneOf('waiting')),
  )
  await check(`dvc ${dvc.version} is kept out while ours records and sends`, async () =>
    checkPushKeepsOut(await sceneOf('push')),
  )
  await check(`dvc ${dvc.version} is kept out while ours brings data`, async () =>
    checkPullKeepsOut(await sceneOf('pull')),
  )
  const rounds = full ? ROUNDS.full : ROUNDS.everyday
  await check(
    `ours and dvc ${dvc.version} add, push and pull at once for ${rounds} rounds, and both end right`,
    async () => checkRounds(await sceneOf('rounds'), rounds),
  )
}

async function makeRepository(dvc: Dvc, root: string, place: Place): Promise<void> {
  await mkdir(join(root, 'ours'), { recursive: true })
  await mkdir(join(root, 'theirs'))
  await git(root, 'init', '--quiet', '--initial-branch=main')
  await dvc.run(root, 'init')
  await writeFile(join(root, '.dvc/config'), COMMITTED_CONFIG)
  await change(root, 'ours', 0)
  await change(root, 'theirs', 0)
  await dvc.run(root, 'add', 'ours', 'theirs')
  await pointTo(root, place)
  await commitAll(root, 'data')
}

/** Some files of a directory; every round has its own bytes, and some that stay. */
async function change(root: string, directory: string, round: number): Promise<void> {
  for (const at of [0, 1, 2, 3]) {
    const path = join(root, directory, `${at}.txt`)
    await writeFile(path, at === 0 ? `${directory}\n` : `${directory} ${at} of round ${round}\n`)
  }
}

/** DVC imports under its lock and is held up in it. Ours must not work with what it read before that. */
async function checkWaiting({ dvc, root, place }: Scene): Promise<void> {
  const arrived = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      arrived.resolve()
      await released.promise
    }
    response.setHeader('etag', '"one"').end(request.method === 'GET' ? 'imported' : '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const importing = dvc.try(root, 'import-url', `http://127.0.0.1:${port}/imported.txt`)
  await Promise.race([arrived.promise, importing])
  await change(root, 'ours', 1)
  const step = await startBundle('dvc-push', root, { add: 'ours', 'fill-cache': 'true' })
  await Promise.race([saying(step, LOCKED), step.ended])
  released.resolve()
  const [theirs, ours] = await Promise.all([importing, step.ended])
  server.close()
  strictEqual(theirs.code, 0, theirs.output)
  strictEqual(ours.code, 0, ours.text)
  match(ours.text, LOCKED)
  match(await dvc.run(root, 'status', '--cloud'), /in sync/)
  const { facts } = await remoteObjects(place, join(root, '.dvc/cache'))
  ok(
    Object.values(facts).some(({ size }) => size === 'imported'.length),
    'what DVC has made is not there',
  )
}

async function checkPushKeepsOut(scene: Scene): Promise<void> {
  const { dvc, root } = scene
  await change(root, 'ours', 1)
  await change(root, 'theirs', 1)
  const given = { add: 'ours\ntheirs', 'fill-cache': 'true' }
  await keepsOut(scene, root, { action: 'dvc-push', given, isHeld: () => true })
  await dvc.run(root, 'add', 'theirs')
  match(await dvc.run(root, 'status'), /up to date/)
  match(await dvc.run(root, 'status', '--cloud'), /in sync/)
}

async function checkPullKeepsOut(scene: Scene): Promise<void> {
  const { dvc, root, folder, place } = scene
  await dvc.run(root, 'push')
  const clone = join(folder, 'pull clone')
  await git(folder, 'clone', '--quiet', root, clone)
  await pointTo(clone, place)
  const isHeld = (method: string, url: string) =>
    method === 'GET' && url.includes('/files/md5/') && !url.includes('.dir') && !url.includes('list-type')
  await keepsOut(scene, clone, { action: 'dvc-pull', given: { 'fill-cache': 'always' }, isHeld })
  match(await dvc.run(clone, 'pull'), /Everything is up to date/)
  strictEqual(await dvc.run(clone, 'status', '--quiet'), '')
}

interface Held {
  readonly action: string
  readonly given: Readonly<Record<string, string>>
  /** At which request ours is held up. */
  readonly isHeld: (method: string, url: string) => boolean
}

async function keepsOut({ dvc, place }: Scene, root: string, { action, given, isHeld }: Held): Promise<void> {
  const arrived = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  await using proxy = await startProxy(place.s3.url, async (_, stage, { method = '', url = '' }) => {
    if (stage !== 'arrived' || !isHeld(method, url)) return
    arrived.resolve()
    await released.promise
  })
  await pointTo(root, { ...place, s3: { ...place.s3, url: proxy.url } })
  const step = await startBundle(action, root, given)
  await Promise.race([arrived.promise, step.ended])
  const theirs = await dvc.try(root, 'add', 'theirs').finally(released.resolve)
  const ours = await step.ended
  strictEqual(ours.code, 0, ours.text)
  strictEqual(theirs.code === 0, false, theirs.output)
  match(theirs.output, LOCKED)
  await pointTo(root, place)
}

/** Each changes its own directory, records it and sends everything, while the other does; then both bring it back. */
async function checkRounds(scene: Scene, rounds: number): Promise<void> {
  const { dvc, folder, root, place } = scene
  for (let round = 1; round <= rounds; round++) {
    await change(root, 'ours', round)
    const ours = () => pushByBundle(root, { add: 'ours', targets: 'ours', 'fill-cache': 'true' })
    const theirs = async () => {
      await change(root, 'theirs', round)
      await untilFree(() => dvc.try(root, 'add', 'theirs'))
      await untilFree(() => dvc.try(root, 'push'))
    }
    await Promise.all([untilDone(ours), theirs(), untilDone(ours)])
    await commitAll(root, `round ${round}`)
    match(await dvc.run(root, 'push'), /pushed|Everything is up to date/)
    const clone = join(folder, `round ${round}`)
    await git(folder, 'clone', '--quiet', root, clone)
    await pointTo(clone, place)
    const pull = pullByBundle()
    await Promise.all([
      untilDone(
        async () => (await pull?.(clone, { 'fill-cache': 'always' })) ?? { code: 1, outputs: {}, text: '' },
      ),
      untilFree(() => dvc.try(clone, 'pull')),
      untilFree(() => dvc.try(clone, 'pull', 'ours')),
    ])
    for (const one of [root, clone]) {
      await assertWhole(`the cache after round ${round}`, await cacheObjects(join(one, '.dvc/cache')))
      strictEqual(await dvc.run(one, 'status', '--quiet'), '', `after round ${round}`)
    }
    const all = { isLost: () => false, keepsMode: () => false }
    deepStrictEqual(await readTree(clone, all), await readTree(root, all), `after round ${round}`)
    await assertWhole('the remote', await remoteObjects(place, join(root, '.dvc/cache')))
  }
}

/** DVC gives up after three seconds, and says so. */
async function untilFree(command: () => Promise<Finished>): Promise<void> {
  for (;;) {
    const { code, output } = await command()
    if (code === 0) return
    match(output, LOCKED)
  }
}

/** Ours waits for a minute; nothing here takes so long. */
async function untilDone(run: () => Promise<Step>): Promise<void> {
  const { code, text } = await run()
  strictEqual(code, 0, text)
}

/** Fulfilled when a step has printed what fits. */
function saying({ child }: Running, words: RegExp): Promise<void> {
  return new Promise((resolve) => {
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      if (words.test(said)) resolve()
    })
  })
}
