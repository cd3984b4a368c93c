import type { HashPool } from '../objects/hash-pool.ts'
import { fileOf, type TrackedObject } from '../objects/object.ts'
import type { Problem } from '../objects/problem.ts'
import { md5Of } from '../repository/output.ts'
import { type PushPlan, toSend } from './plan.ts'

/** Uploads in parts that wait together until everything is known to be right: as many as anybody wants to leave behind. */
const MOST_STAGED = 64

/**
 * Pure: the objects whose content nobody has looked at and that has to be looked at. Whatever is sent; and what lies in
 * the workspace, sent or not, because it may be newer than what the repository names.
 * @param stagedFrom objects of at least so many bytes that are to be sent may be hashed while they are sent
 */
export function planHashing(
  plan: PushPlan,
  stagedFrom: number,
): { readonly now: readonly TrackedObject[]; readonly whileSending: readonly TrackedObject[] } {
  const sending = new Set(toSend(plan))
  const unhashed = [...plan.objects.values()].filter(
    (object) =>
      object.place?.verified === false && (sending.has(object) || object.place.from === 'workspace'),
  )
  const whileSending = unhashed
    .filter((object) => sending.has(object) && (object.place?.size ?? 0) >= stagedFrom)
    .sort((a, b) => (b.place?.size ?? 0) - (a.place?.size ?? 0))
    .slice(0, MOST_STAGED)
  const later = new Set(whileSending)
  return { now: unhashed.filter((object) => !later.has(object)), whileSending }
}

/** Hashes objects where they lie. @returns those that are not what their name says, as problems */
export async function hashObjects(
  pool: HashPool,
  objects: readonly TrackedObject[],
): Promise<readonly Problem[]> {
  const files = objects.map(({ place, hash }) => ({
    path: place === undefined ? '' : fileOf(place),
    name: hash,
  }))
  const hashes = await pool.hashFiles(files)
  return objects.flatMap((object, at) => {
    const seen = hashes[at]
    return seen === undefined || seen.md5 === md5Of(object.oid) ? [] : otherContent(object, seen)
  })
}

/** Where an object is not what its name says: newer in the workspace, damaged in the cache. */
export function otherContent(
  { place, path, source, oid }: TrackedObject,
  { md5, size }: { readonly md5: string; readonly size: number },
): Problem {
  return place?.from === 'workspace'
    ? { kind: 'stale', path, source, oid, seen: `the file now hashes to ${md5}` }
    : {
        kind: 'corrupt',
        path,
        source,
        oid,
        seen: `the cache holds ${size} bytes under its name that hash to ${md5}`,
      }
}
