import { deepStrictEqual, match, notDeepStrictEqual, strictEqual } from 'node:assert'
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Check } from '../../../scripts/real/peer.ts'
import type { OpenS3Peer } from '../s3/moto.ts'
import { factsOf, type S3Peer } from '../s3/server.ts'
import { type FileS3Peer, withBitFlipped } from '../s3/versitygw.ts'
import type { Dvc } from './dvc.ts'
import { git } from './git.ts'
import { pushByBundle, runBundle } from './ours.ts'
import { COMMITTED_CONFIG, type Place, pointTo } from './remotes.ts'
import type { DvcVersion } from './versions.ts'
import { assertWhole, cacheObjects } from './whole.ts'

/** A repository in which something is lost or damaged. */
interface Scene {
  readonly dvc: Dvc
  readonly root: string
  readonly place: Place
  readonly servers: Servers
}

/** What objects can rot in, and what anybody can write to. */
interface Servers {
  readonly versitygw: FileS3Peer
  readonly moto: OpenS3Peer
}

interface Row {
  /** What holds, as the end of a sentence. */
  readonly what: string
  readonly damage: (scene: Scene) => Promise<void>
  readonly kind: 'integrity' | 'config'
  /** What DVC says, with exit status 0. */
  readonly dvcSays: RegExp
  /** What a version of it says that fails as well. */
  readonly dvcFails?: Partial<Record<DvcVersion, RegExp>>
  /** Where the remote is; versitygw where nothing is said. */
  readonly at?: 'moto'
  /** Which step sees it; a push where nothing is said. */
  readonly step?: 'pull'
}

const MODEL = 'weights'
const DATA = { 'a.txt': 'hello\n', 'sub/b.txt': 'world' } as const
const LOST = DATA['sub/b.txt']
const LOST_KEY = `dvc/store/${objectPath(LOST)}`
const MODEL_KEY = `dvc/store/${objectPath(MODEL)}`
/** The name of the list of `DATA`. */
const DIR = 'files/md5/9f/a22302b0e6804a59623abeff3d3b17.dir'

/** The S3 client of newer ones has a CRC32 kept with each object, and looks at it again. */
const CHECKSUM_KEPT = { newest: /did not match calculated checksum/ } as const

/** Every case in which DVC ends with exit status 0 and the remote does not hold what the repository names. */
const ROWS: readonly Row[] = [
  {
    what: 'an object is neither here nor in the remote',
    damage: async ({ root }) => remove(root, ['model.bin', cached(MODEL)]),
    kind: 'integrity',
    dvcSays: /do not exist neither locally nor on remote|files? pushed/,
  },
  {
    what: 'one file of a directory is nowhere',
    damage: async ({ root }) => remove(root, ['data', cached(LOST)]),
    kind: 'integrity',
    dvcSays: /files? pushed/,
  },
  {
    what: 'the remote has lost a file that a directory in it names',
    damage: async ({ dvc, root, place }) => {
      await dvc.run(root, 'push')
      await place.s3.removeObject(place.bucket, LOST_KEY)
      await remove(root, ['data', cached(LOST)])
    },
    kind: 'integrity',
    dvcSays: /Everything is up to date/,
  },
  {
    what: 'an object in the cache has other bytes than its name says, and the mode that DVC trusts',
    damage: async ({ root }) => corrupt(root, 0o444),
    kind: 'integrity',
    dvcSays: /files? pushed/,
  },
  {
    what: 'an object in the cache has other bytes than its name says',
    damage: async ({ root }) => corrupt(root, 0o644),
    kind: 'integrity',
    dvcSays: /do not exist neither locally nor on remote|files? pushed/,
  },
  {
    what: 'an output has no MD5',
    damage: async ({ root }) =>
      writeFile(join(root, 'model.bin.dvc'), 'outs:\n- hash: md5\n  path: model.bin\n'),
    kind: 'config',
    dvcSays: /files? pushed/,
  },
  {
    what: 'dvc.lock is not there',
    damage: async ({ root }) => remove(root, ['dvc.lock']),
    kind: 'config',
    dvcSays: /files? pushed/,
  },
  {
    what: 'the list of files of a directory is nowhere',
    damage: async ({ root }) => remove(root, ['data', `.dvc/cache/${DIR}`]),
    kind: 'integrity',
    dvcSays: /files? pushed/,
  },
  {
    what: 'the workspace is newer than what is recorded',
    damage: async ({ root }) => {
      await remove(root, ['model.bin'])
      await writeFile(join(root, 'model.bin'), 'newer weights')
    },
    kind: 'integrity',
    dvcSays: /files? pushed/,
  },
  {
    what: 'a bit of a file of a directory has flipped in the cache',
    damage: async ({ root }) => flipInCache(root, 'data', cached(LOST)),
    kind: 'integrity',
    dvcSays: /files? pushed/,
  },
  {
    what: 'a bit of the list of files of a directory has flipped in the cache',
    damage: async ({ root }) => flipInCache(root, 'data', `.dvc/cache/${DIR}`),
    kind: 'integrity',
    dvcSays: /files? pushed/,
  },
  {
    what: 'somebody has put other bytes in the place of an object',
    damage: async ({ dvc, root, place, servers }) => {
      await dvc.run(root, 'push')
      await servers.moto.putObject(place.bucket, MODEL_KEY, withBitFlipped(Buffer.from(MODEL)))
    },
    kind: 'integrity',
    dvcSays: /Everything is up to date/,
    at: 'moto',
  },
  {
    what: 'a bit of an object has flipped in the remote',
    damage: async (scene) => flipInRemote(scene, MODEL_KEY),
    kind: 'integrity',
    dvcSays: /files? (fetched|added)/,
    dvcFails: CHECKSUM_KEPT,
    step: 'pull',
  },
  {
    what: 'a bit of a file of a directory has flipped in the remote',
    damage: async (scene) => flipInRemote(scene, LOST_KEY),
    kind: 'integrity',
    dvcSays: /files? (fetched|added)/,
    dvcFails: CHECKSUM_KEPT,
    step: 'pull',
  },
  {
    what: 'a bit of the list of files of a directory has flipped in the remote',
    damage: async (scene) => flipInRemote(scene, `dvc/store/${DIR}`),
    kind: 'integrity',
    dvcSays: /files? (fetched|added)/,
    dvcFails: CHECKSUM_KEPT,
    step: 'pull',
  },
]

/** Each case with the real DVC, which mostly ends well, and with ours, which does not and changes nothing. */
export async function checkDamage(dvc: Dvc, servers: Servers, folder: string, check: Check): Promise<void> {
  const below = join(folder, `damage-${dvc.version}`)
  const template = await makeTemplate(dvc, join(below, 'template'))
  const sceneOf = async (name: string, s3: S3Peer = servers.versitygw): Promise<Scene> => {
    const root = join(below, name)
    await cp(template, root, { recursive: true, verbatimSymlinks: true })
    const place = { s3, bucket: `damage-${dvc.version}-${name}`, prefix: 'dvc' }
    await s3.createBucket(place.bucket)
    await pointTo(root, place)
    return { dvc, root, place, servers }
  }
  for (const [number, row] of ROWS.entries()) {
    const { what, at = 'versitygw', step = 'push', kind, dvcFails } = row
    const end = dvcFails?.[dvc.version] === undefined ? 'ends well' : 'fails too'
    await check(`dvc ${dvc.version} ${step} ${end} when ${what}; ours fails as ${kind}`, async () => {
      const scene = await sceneOf(`row-${number}`, servers[at])
      await (step === 'push' ? checkRow(row, scene) : checkPull(row, scene))
    })
  }
  await check(
    `what dvc ${dvc.version} calls up to date while a file of a directory is lost, ours repairs`,
    async () => checkRepair(await sceneOf('repair')),
  )
}

async function checkRow({ damage, kind, dvcSays }: Row, scene: Scene): Promise<void> {
  const { dvc, root, place } = scene
  await damage(scene)
  const before = await place.s3.objects(place.bucket)
  const { code, outputs, text } = await pushByBundle(root)
  deepStrictEqual([code, outputs['failure-kind'], outputs['uploaded']], [1, kind, '0'], text)
  deepStrictEqual(await place.s3.objects(place.bucket), before, 'ours has changed the remote')
  match(await dvc.run(root, 'push'), dvcSays)
}

/** Nothing that is damaged gets the name of what is whole. */
async function checkPull({ damage, kind, dvcSays, dvcFails }: Row, scene: Scene): Promise<void> {
  const { dvc, root } = scene
  await damage(scene)
  const { code, outputs, text } = await runBundle('dvc-pull', root, { 'fill-cache': 'always' })
  deepStrictEqual([code, outputs['failure-kind']], [1, kind], text)
  for (const [path, content] of Object.entries({ 'model.bin': MODEL, 'data/sub/b.txt': LOST }))
    match(await readFile(join(root, path), 'utf8').catch(() => content), new RegExp(`^${content}$`), path)
  await assertWhole('the cache', await cacheObjects(join(root, '.dvc/cache')))
  await rm(join(root, '.dvc/cache'), { recursive: true, force: true })
  const said = dvcFails?.[dvc.version]
  const theirs = await dvc.try(root, 'pull')
  strictEqual(theirs.code === 0, said === undefined, theirs.output)
  match(theirs.output, said ?? dvcSays)
}

async function checkRepair({ dvc, root, place }: Scene): Promise<void> {
  await dvc.run(root, 'push')
  const whole = await place.s3.objects(place.bucket)
  await place.s3.removeObject(place.bucket, LOST_KEY)
  notDeepStrictEqual(await place.s3.objects(place.bucket), whole)
  match(await dvc.run(root, 'push', 'data'), /Everything is up to date/)
  const refused = await pushByBundle(root)
  strictEqual(refused.outputs['failure-kind'], 'integrity', refused.text)
  const { code, outputs, text } = await pushByBundle(root, { repair: 'true' })
  deepStrictEqual([code, outputs['uploaded'], outputs['repaired']], [0, '1', '1'], text)
  deepStrictEqual(await place.s3.objects(place.bucket), whole)
}

/** A file, a directory and a stage, with all of their data in the workspace and in the cache. */
async function makeTemplate(dvc: Dvc, root: string): Promise<string> {
  await mkdir(join(root, 'data/sub'), { recursive: true })
  await git(root, 'init', '--quiet')
  await dvc.run(root, 'init')
  await writeFile(join(root, '.dvc/config'), COMMITTED_CONFIG)
  for (const [path, text] of Object.entries(DATA)) await writeFile(join(root, 'data', path), text)
  await writeFile(join(root, 'model.bin'), MODEL)
  await dvc.run(root, 'add', 'data', 'model.bin')
  const stage = { cmd: 'cp params.yaml report', deps: ['params.yaml'], outs: ['report'] }
  await writeFile(join(root, 'params.yaml'), 'rate: 1\n')
  await writeFile(join(root, 'dvc.yaml'), stringify({ stages: { report: stage } }))
  await dvc.run(root, 'repro')
  strictEqual(
    (await readFile(join(root, 'data.dvc'), 'utf8')).includes('9fa22302b0e6804a59623abeff3d3b17.dir'),
    true,
  )
  return root
}

function objectPath(content: string): string {
  const { md5 } = factsOf(content)
  return `files/md5/${md5.slice(0, 2)}/${md5.slice(2)}`
}

function cached(content: string): string {
  return `.dvc/cache/${objectPath(content)}`
}

async function remove(root: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(join(root, path), { recursive: true })
}

/** Of the same length: nothing but the bytes tells. */
async function corrupt(root: string, mode: number): Promise<void> {
  const object = join(root, cached(MODEL))
  await remove(root, ['model.bin', cached(MODEL)])
  await writeFile(object, MODEL.replace('w', 'v'))
  await chmod(object, mode)
}

/** In an object that DVC believes by its mode; the workspace has nothing of it. */
async function flipInCache(root: string, output: string, path: string): Promise<void> {
  const object = join(root, path)
  await remove(root, [output])
  await chmod(object, 0o644)
  await writeFile(object, withBitFlipped(await readFile(object)))
  await chmod(object, 0o444)
}

/** In what has arrived whole; nothing else has the data any more. */
async function flipInRemote({ dvc, root, place, servers }: Scene, key: string): Promise<void> {
  await dvc.run(root, 'push')
  await servers.versitygw.flipBit(place.bucket, key)
  await remove(root, ['data', 'model.bin', 'report', '.dvc/cache'])
}
