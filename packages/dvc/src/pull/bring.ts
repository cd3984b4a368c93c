import { chmod, constants, copyFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { World } from '@mlops-actions/diagnostics'
import { dataFailure } from '../invalid.ts'
import { makeCacheFolder } from '../objects/cache-write.ts'
import { dos2unix, md5Hex } from '../objects/hash.ts'
import type { HashPool } from '../objects/hash-pool.ts'
import type { LinkType } from '../repository/config.ts'
import { md5Of } from '../repository/output.ts'
import type { Store } from '../store/store.ts'
import { cachePath } from './cache-state.ts'
import { downloadTo } from './download.ts'
import { type Move, moveFile, type Placement, placeFile } from './place.ts'
import type { PullOptions } from './prepare.ts'
import type { PullPlan } from './pull-plan.ts'
import { contentId, type WantedFile } from './wanted.ts'

export interface PullWork extends Pick<World, 'signal'> {
  readonly pool: HashPool
  readonly stores: ReadonlyMap<string, Store>
  readonly options: PullOptions
  /** A folder on the disk of the workspace for what is not finished; what interrupted runs left there is gone on with. */
  readonly temp: string
  readonly onBytes: (bytes: number) => void
}

/** Everything that one object is needed for. */
export interface Group {
  readonly file: WantedFile
  readonly fetch: boolean
  /** Those that belong into the workspace, none twice. */
  readonly files: readonly WantedFile[]
}

interface Brought {
  readonly bytes: number
  readonly received: number
  readonly links: readonly (readonly [path: string, link: LinkType])[]
}

/** Brings one object, into the cache where that is wanted, and to every path that needs it. */
export async function bringContent(
  plan: PullPlan,
  { file, fetch, files }: Group,
  work: PullWork,
): Promise<Brought> {
  const { options } = work
  const inCache = cachePath(options.cacheDir, file)
  const { from, bytes, received } = fetch
    ? await fetchContent(plan, file, work)
    : { from: inCache, bytes: 0, received: 0 }
  if (fetch && options.fillCache) await keepInCache(from, inCache, options)
  const links: [string, LinkType][] = []
  const [first, ...rest] = files
  const isLoose = fetch && !options.fillCache
  if (first === undefined) return { bytes, received, links }
  if (isLoose) {
    // The others are copied from the first, which therefore has to be there before them.
    await moveFile(moveOf(first, from, work))
    links.push([first.path, 'copy'])
  }
  const source = isLoose ? join(options.bounds.root, first.path) : inCache
  for (const wanted of isLoose ? rest : [first, ...rest]) {
    const types: readonly LinkType[] = isLoose ? ['copy'] : options.linkTypes
    links.push([wanted.path, await placeFile(placementOf(wanted, source, work), types)])
  }
  return { bytes, received, links }
}

async function fetchContent(plan: PullPlan, file: WantedFile, work: PullWork) {
  const to = join(work.temp, `${file.hash === 'md5' ? '' : 'legacy-'}${md5Of(file.oid)}`)
  if (file.supply.kind === 'git') return writeFromGit(file, file.supply.read, to)
  const stored = plan.stored.get(contentId(file))
  const store = work.stores.get(stored?.remote ?? '')
  if (store === undefined || stored === undefined)
    throw new Error(`nothing is known of ${file.path} in its remote`)
  const { pool, onBytes } = work
  const received = await downloadTo({ store, file, stored, to, pool, onBytes })
  return { from: to, bytes: stored.size, received }
}

async function writeFromGit(file: WantedFile, read: () => Promise<Buffer>, to: string) {
  const bytes = await read()
  const md5 = md5Hex(file.hash === 'md5' ? bytes : dos2unix(bytes))
  if (md5 !== file.oid)
    throw dataFailure('DVC_IMPORT', {
      what: 'An imported file is not what was imported',
      on: file.path,
      seen: `the other repository has bytes that hash to ${md5}`,
      next: 'Run `dvc update` for the import and commit its .dvc file',
    })
  await rm(to, { force: true })
  await writeFile(to, bytes, { flag: 'wx' })
  return { from: to, bytes: bytes.length, received: bytes.length }
}

/** As DVC leaves objects: read-only, which is what it believes them by (dvc_data/hashfile/db/local.py). */
async function keepInCache(from: string, to: string, { sharedCache }: PullOptions): Promise<void> {
  await makeCacheFolder(dirname(to), sharedCache)
  await chmod(from, 0o444)
  await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error
    const beside = `${to}.${process.pid}.tmp`
    await copyFile(from, beside, constants.COPYFILE_FICLONE)
    await chmod(beside, 0o444)
    await rename(beside, to)
    await rm(from, { force: true })
  })
}

function placementOf(file: WantedFile, from: string, work: PullWork): Placement {
  return { ...moveOf(file, from, work), beside: join(work.temp, `place-${md5Hex(file.path)}`) }
}

function moveOf({ path, isexec }: WantedFile, from: string, { options: { bounds, force } }: PullWork): Move {
  return { from, to: join(bounds.root, path), isexec, replaceFolder: force }
}
