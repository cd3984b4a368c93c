import { forEachLimited } from '../objects/limit.ts'
import type { TrackedObject } from '../objects/object.ts'
import { type HashName, md5Of } from '../repository/output.ts'
import { settleArchived } from './archived.ts'
import { keyOf, type Store, type StoredObject } from './connection.ts'
import { headObject } from './head.ts'
import { inspect, judge, type RemoteState } from './judge.ts'
import { type Look, planLook } from './look-plan.ts'
import { countStored, listObjects, ownText, type Survey } from './survey.ts'

export { inspect, judge, type RemoteState } from './judge.ts'

/** What a remote has of the objects that were asked for. */
export interface Looked {
  /** By id; what is not among them is absent. */
  readonly states: ReadonlyMap<string, RemoteState>
  /** By id: bytes of those whose size nobody knew before. */
  readonly sizes: ReadonlyMap<string, number>
  /** By key: what lies in an archive, as far as the look at it says. */
  readonly archived: Map<string, ArchivedObject>
}

export interface ArchivedObject extends StoredObject {
  readonly id: string
}

/**
 * Looks at every object in the remote. What was listed before is not asked for again; else the first request is a listing,
 * whose refusals have words.
 * @param jobs requests at once, as far as the pace of the store allows
 */
export async function lookAt(
  store: Store,
  objects: readonly TrackedObject[],
  jobs: number,
  survey?: Survey,
): Promise<Looked> {
  const states = new Map<string, RemoteState>()
  const sizes = new Map<string, number>()
  const archived = new Map<string, ArchivedObject>()
  const doubtful: TrackedObject[] = []
  const see = (object: TrackedObject, stored: StoredObject) => {
    if (object.size === undefined) sizes.set(object.id, stored.size)
    if (stored.archive !== undefined)
      archived.set(keyOf(store, object.oid, object.hash), { ...stored, id: object.id })
    const state = judge(object, stored)
    if (state === 'doubtful') doubtful.push(object)
    else states.set(object.id, state)
  }
  for (const hash of ['md5', 'md5-dos2unix'] as const) {
    const asked = objects.filter((object) => object.hash === hash)
    if (hash === 'md5' && survey?.index !== undefined) seeIndexed(asked, survey.index, see)
    else
      await seeStored(store, asked, { hash, jobs, stored: hash === 'md5' ? survey?.stored : undefined, see })
  }
  await forEachLimited(doubtful, jobs, async (object) => {
    const place = { bucket: store.remote.bucket, key: keyOf(store, object.oid, object.hash) }
    states.set(object.id, await inspect(store, place, md5Of(object.oid)))
  })
  return { states, sizes, archived }
}

/** What of an object says where it is. */
type Named = Pick<TrackedObject, 'oid' | 'hash'>
type See<T> = (object: T, stored: StoredObject) => void

/** Which of the objects the remote has, by its keys; no object twice. Of those in an archive it is known how they stand. */
export async function findStored(
  store: Store,
  objects: readonly Named[],
  jobs: number,
): Promise<ReadonlyMap<string, StoredObject>> {
  const found = new Map<string, StoredObject>()
  const see: See<Named> = ({ oid, hash }, { size, etag, archive }) =>
    void found.set(keyOf(store, oid, hash), { size, etag: etag === oid ? oid : ownText(etag), archive })
  for (const hash of ['md5', 'md5-dos2unix'] as const) {
    const asked = objects.filter((object) => object.hash === hash)
    await seeStored(store, asked, { hash, jobs, stored: undefined, see })
  }
  await settleArchived(store, found, jobs)
  return found
}

function seeIndexed(
  objects: readonly TrackedObject[],
  index: NonNullable<Survey['index']>,
  see: See<TrackedObject>,
): void {
  for (const object of objects) {
    const found = index.get(object.oid)
    if (found !== undefined)
      see(object, typeof found === 'number' ? { size: found, etag: object.oid } : found)
  }
}

interface Asking<T> {
  readonly hash: HashName
  readonly jobs: number
  /** About how many objects the remote has, where that is known. */
  readonly stored: number | undefined
  readonly see: See<T>
}

async function seeStored<T extends Named>(
  store: Store,
  objects: readonly T[],
  { hash, jobs, stored, see }: Asking<T>,
): Promise<void> {
  if (objects.length === 0) return
  const prefixes = ([0, 1, 2] as const).map((digits) => prefixesOf(objects, digits))
  const [all = [], tens = [], pairs = []] = prefixes
  const look = planLook({
    wanted: objects.length,
    stored: stored ?? (await countStored(store, hash)),
    // Beside the objects of DVC 2 lies everything else: only two digits and a slash are theirs alone.
    prefixes:
      hash === 'md5'
        ? [all.length, tens.length, pairs.length]
        : [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, pairs.length],
  })
  if (look.kind === 'list')
    await seeListed(store, objects, { hash, prefixes: prefixes[look.digits] ?? [], see })
  else await seeEach(store, objects, jobs, see)
}

async function seeListed<T extends Named>(
  store: Store,
  objects: readonly T[],
  {
    hash,
    prefixes,
    see,
  }: { readonly hash: HashName; readonly prefixes: readonly string[]; readonly see: See<T> },
): Promise<void> {
  // The remote may hold many times more than this commit names.
  const wanted = new Map<string, T>()
  for (const object of objects) wanted.set(object.oid, object)
  await listObjects(store, hash, prefixes, (oid, stored) => {
    const object = wanted.get(oid)
    if (object !== undefined) see(object, stored)
  })
}

async function seeEach<T extends Named>(
  store: Store,
  objects: readonly T[],
  jobs: number,
  see: See<T>,
): Promise<void> {
  await forEachLimited(objects, jobs, async (object) => {
    const stored = await headObject(store, store.remote.bucket, keyOf(store, object.oid, object.hash))
    if (stored !== undefined) see(object, stored)
  })
}

/** Beginnings of the oids: '', or `a`, or `ab/`. */
function prefixesOf(objects: readonly Named[], digits: Extract<Look, { kind: 'list' }>['digits']): string[] {
  const prefixes = new Set<string>()
  for (const { oid } of objects) prefixes.add(oid.slice(0, digits))
  return digits === 2 ? [...prefixes].map((prefix) => `${prefix}/`) : [...prefixes]
}
