import { forEachLimited } from '../objects/limit.ts'
import type { HashName } from '../repository/output.ts'
import { listedArchive } from './archive.ts'
import type { Store, StoredObject } from './connection.ts'
import { listEach, listPage } from './list.ts'
import { estimateStored, type Look, planLook } from './look-plan.ts'

/** Where objects of a kind lie: `files/md5/`, and for what DVC 2 recorded the root of the remote. */
export function rootOf({ remote }: Pick<Store, 'remote'>, hash: HashName): string {
  return `${remote.prefix}${hash === 'md5' ? 'files/md5/' : ''}`
}

/** About how many objects of a kind a remote holds. The first request to it, whose refusals have words. */
export async function countStored(store: Store, hash: HashName): Promise<number> {
  const root = rootOf(store, hash)
  const sample = await listPage(store, store.remote.bucket, `${root}00/`, undefined)
  const oids = sample.objects.map(({ key }) => oidOf(key, root))
  return estimateStored(oids, sample.more === undefined)
}

/** Listings at the same moment: the page of each is a text of 400 kB, and as much again while it is read. */
const LISTINGS = 16

/** Tells `take` of everything that the listing names, by its oid; the text of its page goes when it is done. */
export async function listObjects(
  store: Store,
  hash: HashName,
  prefixes: readonly string[],
  take: (oid: string, stored: StoredObject) => void,
): Promise<void> {
  const root = rootOf(store, hash)
  await forEachLimited(prefixes, Math.min(LISTINGS, store.pace.max), (prefix) =>
    listEach(store, store.remote.bucket, `${root}${prefix}`, (objects) => {
      for (const { key, size, etag, storageClass } of objects)
        take(oidOf(key, root), { size, etag, archive: listedArchive(storageClass) })
    }),
  )
}

/** What a remote has, listed before anybody knows what will be asked for. */
export interface Survey {
  /** About how many objects there are. */
  readonly stored: number
  /** Everything there is, where that was worth listing: sizes alone where the ETag is the MD5 and no archive has it. */
  readonly index: ReadonlyMap<string, StoredObject | number> | undefined
}

/** More objects than this many times the wanted ones are not listed at a venture. */
const WORTH = 4
/** For fewer objects the listing is not what anybody waits for. */
const ENOUGH = 500

/**
 * Lists a remote while the files of this machine are still being hashed.
 * @param wanted about how many objects will be asked for
 */
export async function surveyRemote(store: Store, wanted: number): Promise<Survey> {
  const stored = await countStored(store, 'md5')
  if (wanted < ENOUGH || stored > wanted * WORTH) return { stored, index: undefined }
  const look = planLook({ wanted, stored, prefixes: [1, 16, 256] })
  if (look.kind === 'head') return { stored, index: undefined }
  const index = new Map<string, StoredObject | number>()
  await listObjects(store, 'md5', allPrefixes(look), (oid, { size, etag, archive }) => {
    const own = ownText(oid)
    index.set(own, etag === own && archive === undefined ? size : { size, etag: ownText(etag), archive })
  })
  return { stored, index }
}

/** `''`, or every hex digit, or every two of them. */
function allPrefixes({ digits }: Extract<Look, { kind: 'list' }>): readonly string[] {
  return Array.from({ length: 16 ** digits }, (_, at) =>
    digits === 0 ? '' : at.toString(16).padStart(digits, '0'),
  )
}

/** A piece of a text keeps all of it in memory: a page has 400 kB. */
export function ownText(text: string): string {
  return Buffer.from(text).toString()
}

/** `<root>ab/cdef` -> `abcdef`; other keys become what is no oid. */
function oidOf(key: string, root: string): string {
  return key.slice(root.length).replace('/', '')
}

/** Surveys of several remotes, begun when it is known how much there is to ask for. */
export interface Surveys {
  /** By name of the remote; whoever waits for one hears of its failure. */
  readonly surveys: ReadonlyMap<string, Promise<Survey>>
  readonly start: (counts: ReadonlyMap<string, number>) => void
}

export function createSurveys(stores: ReadonlyMap<string, Store>): Surveys {
  const surveys = new Map<string, Promise<Survey>>()
  return {
    surveys,
    start: (counts) => {
      for (const [name, count] of counts) {
        const store = stores.get(name)
        if (store === undefined) continue
        const survey = surveyRemote(store, count)
        survey.catch(() => undefined)
        surveys.set(name, survey)
      }
    },
  }
}
