import { deepStrictEqual, match, strictEqual } from 'node:assert'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Check } from '../../../scripts/real/peer.ts'
import type { S3Peer } from '../s3/server.ts'
import type { Dvc } from './dvc.ts'
import { commitAll, git } from './git.ts'
import { pullByBundle, pushByBundle } from './ours.ts'
import { COMMITTED_CONFIG, type Place, pointTo } from './remotes.ts'

interface Scene {
  readonly dvc: Dvc
  readonly root: string
  readonly place: Place
  /** A fresh clone with the whole history and no data. */
  clone(name: string): Promise<string>
}

/** What other commits name, what a look says, and what a filled cache is to the real DVC. */
export async function checkHistory(dvc: Dvc, s3: S3Peer, folder: string, check: Check): Promise<void> {
  const below = join(folder, `history-${dvc.version}`)
  const sceneOf = async (name: string): Promise<Scene> => {
    const root = join(below, name)
    const place = { s3, bucket: `history-${dvc.version}-${name}`, prefix: 'dvc' }
    await s3.createBucket(place.bucket)
    await makeHistory(dvc, root)
    await pointTo(root, place)
    const clone = async (to: string) => {
      const path = join(below, `${name}-${to}`)
      await git(below, 'clone', '--quiet', `file://${root}`, path)
      await pointTo(path, place)
      return path
    }
    return { dvc, root, place, clone }
  }
  for (const [flag, name] of [
    ['--all-tags', 'tags'],
    ['--all-commits', 'commits'],
  ] as const) {
    await check(
      `what ours pushes of ${name} leaves dvc ${dvc.version} push ${flag} nothing to do`,
      async () => checkPush(await sceneOf(`push-${name}`), flag),
    )
    await check(
      `what ours pulls of ${name} leaves dvc ${dvc.version} fetch ${flag} nothing to do`,
      async () => checkPull(await sceneOf(`pull-${name}`), flag),
    )
  }
  await check(
    `a cache that ours has filled is one to dvc ${dvc.version}, and a look agrees with it`,
    async () => checkCache(await sceneOf('cache')),
  )
}

async function checkPush({ dvc, root }: Scene, flag: string): Promise<void> {
  const { code, text } = await pushByBundle(root, { [flag.slice(2)]: 'true' })
  strictEqual(code, 0, text)
  match(await dvc.run(root, 'push', flag), /Everything is up to date/)
}

/** The same objects as `dvc fetch` brings, and enough for `dvc checkout` of the tag without a remote. */
async function checkPull({ dvc, root, place, clone }: Scene, flag: string): Promise<void> {
  await dvc.run(root, 'push', '--all-commits')
  const [ours, theirs] = [await clone('ours'), await clone('theirs')]
  const pull = pullByBundle()
  if (pull === undefined) throw new Error('there is no bundle of dvc-pull')
  const { code, text } = await pull(ours, { [flag.slice(2)]: 'true' })
  strictEqual(code, 0, text)
  await dvc.run(theirs, 'fetch', flag)
  deepStrictEqual(await cacheOf(ours), await cacheOf(theirs))
  match(await dvc.run(ours, 'fetch', flag), /Everything is up to date|0 files? fetched/)
  for (const key of Object.keys(await place.s3.objects(place.bucket)))
    await place.s3.removeObject(place.bucket, key)
  await git(ours, 'checkout', '--quiet', 'v1')
  await dvc.run(ours, 'checkout')
  strictEqual(await readFile(join(ours, 'data/a.txt'), 'utf8'), 'one')
}

async function checkCache({ dvc, root, clone }: Scene): Promise<void> {
  await writeFile(join(root, 'data/a.txt'), 'recorded by ours')
  const before = await pushByBundle(root, { mode: 'status' })
  deepStrictEqual([before.code, before.outputs['stale']], [1, '1'], before.text)
  const { code, text } = await pushByBundle(root, { commit: 'true', 'fill-cache': 'true' })
  strictEqual(code, 0, text)
  match(await dvc.run(root, 'status'), /up to date/)
  match(await dvc.run(root, 'status', '--cloud'), /in sync/)
  await commitAll(root, 'recorded by ours')
  const bare = await clone('bare')
  const looked = await pushByBundle(bare, { mode: 'status', 'base-ref': 'origin/main~1' })
  deepStrictEqual(
    [looked.code, looked.outputs['in-sync'], looked.outputs['to-pull']],
    [0, 'true', '2'],
    looked.text,
  )
  const diff: unknown = JSON.parse(looked.outputs['diff'] ?? '')
  const theirs: unknown = JSON.parse(await dvc.run(root, 'diff', '--json', 'HEAD~1', 'HEAD'))
  deepStrictEqual(pathsOf(diff), ['modified data'])
  match(JSON.stringify(theirs), /"modified": ?\[\{"path": ?"data\/"/)
}

function pathsOf(diff: unknown): string[] {
  return Object.entries(Object(diff)).flatMap(([change, outputs]) =>
    Array.isArray(outputs) ? outputs.map((output) => `${change} ${Object(output).path}`) : [],
  )
}

/** Objects of a cache, by their paths, without DVC's own notes. */
async function cacheOf(root: string): Promise<readonly string[]> {
  const listed = await git(root, 'ls-files', '--others', '--', '.dvc/cache/files')
  return listed.split('\n').sort()
}

/** Three versions of a directory: one has a tag, one a commit alone, and the newest is in the workspace. */
async function makeHistory(dvc: Dvc, root: string): Promise<void> {
  await mkdir(join(root, 'data'), { recursive: true })
  await git(root, 'init', '--quiet', '--initial-branch=main')
  await dvc.run(root, 'init')
  await writeFile(join(root, '.dvc/config'), COMMITTED_CONFIG)
  for (const version of ['one', 'two', 'three']) {
    await rm(join(root, 'data/a.txt'), { force: true })
    await writeFile(join(root, 'data/a.txt'), version)
    await writeFile(join(root, 'data/same.txt'), 'the same')
    await dvc.run(root, 'add', 'data')
    await commitAll(root, version)
    if (version === 'one') await git(root, 'tag', 'v1')
  }
}
