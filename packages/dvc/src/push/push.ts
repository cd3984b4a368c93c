import { type Failure, toFailure, type World } from '@mlops-actions/diagnostics'
import { hashFile } from '../objects/hash.ts'
import type { Inventory } from '../objects/inventory.ts'
import { createBudget, forEachLimited } from '../objects/limit.ts'
import type { TrackedObject } from '../objects/object.ts'
import type { Problem } from '../objects/problem.ts'
import { isDirectoryOid, md5Of } from '../repository/output.ts'
import { lookAt, type RemoteState } from '../store/look.ts'
import { DEFAULT_SIZES, type UploadSizes } from '../store/multipart.ts'
import type { Store } from '../store/store.ts'
import { uploadObject } from '../store/upload.ts'
import { type PushPlan, planPush, toSend } from './plan.ts'

/** The stores by the name of their remote. */
export type Stores = ReadonlyMap<string, Store>

export interface PushOptions {
  /** Requests at once. */
  readonly jobs: number
  readonly sizes?: UploadSizes
  /** Told after each object: bytes of it. */
  readonly onSent?: (object: TrackedObject, bytes: number) => void
}

export interface PushResult {
  /** Ids of the objects that were sent, with their bytes. */
  readonly sent: ReadonlyMap<string, number>
  /** By object id: why it was not. */
  readonly failed: ReadonlyMap<string, Failure>
  /** `.dir` objects that were kept back because a member failed. */
  readonly withheld: readonly TrackedObject[]
}

/** Memory for bodies on their way; the rest of a step needs about as much again. */
const IN_FLIGHT_BYTES = 64 * 2 ** 20
/** After so many failed objects the rest would fail as well, only slower. */
const ENOUGH_FAILURES = 10

/**
 * What a push would do: looks at every object in its remote, and hashes what would be sent from the cache, so that
 * nothing is sent while something is known to be wrong.
 */
export async function preparePush(
  { signal }: Pick<World, 'signal'>,
  { objects, problems }: Inventory,
  stores: Stores,
  jobs: number,
): Promise<PushPlan> {
  const states = new Map<string, RemoteState>()
  for (const [name, store] of stores) {
    const here = [...objects.values()].filter(({ remote }) => remote === name)
    for (const [id, state] of await lookAt(store, here, jobs)) states.set(id, state)
  }
  const plan = planPush(objects, states, problems)
  return { ...plan, problems: [...plan.problems, ...(await checkCached(signal, toSend(plan)))] }
}

async function checkCached(signal: AbortSignal, objects: readonly TrackedObject[]): Promise<Problem[]> {
  const problems: Problem[] = []
  const unverified = objects.filter(({ place }) => place !== undefined && !place.verified)
  await forEachLimited(unverified, 8, async ({ place, hash, oid, path, source }) => {
    const seen = await hashFile(place?.file ?? '', hash, signal)
    if (seen.md5 === md5Of(oid)) return
    const words = `the cache holds ${seen.size} bytes under its name that hash to ${seen.md5}`
    problems.push({ kind: 'corrupt', path, source, oid, seen: words })
  })
  return problems
}

/**
 * Sends what the plan says: files first, then each `.dir` object, and only when everything it promises is there.
 * One object that fails does not stop the others, unless its reason would stop all of them.
 */
export async function applyPush(plan: PushPlan, stores: Stores, options: PushOptions): Promise<PushResult> {
  const sent = new Map<string, number>()
  const failed = new Map<string, Failure>()
  const budget = createBudget(IN_FLIGHT_BYTES)
  const sizes = options.sizes ?? DEFAULT_SIZES
  const send = async (object: TrackedObject) => {
    const store = stores.get(object.remote)
    if (store === undefined || isHopeless(failed)) return
    try {
      const bytes = await uploadObject(store, object, budget, sizes)
      sent.set(object.id, bytes)
      options.onSent?.(object, bytes)
    } catch (thrown) {
      store.signal.throwIfAborted()
      failed.set(object.id, toFailure(thrown))
    }
  }
  const objects = toSend(plan)
  await forEachLimited(
    objects.filter(({ oid }) => !isDirectoryOid(oid)),
    options.jobs,
    send,
  )
  const directories = objects.filter(({ oid }) => isDirectoryOid(oid))
  const whole = directories.filter(({ members }) => members.every((id) => isThere(plan, sent, id)))
  await forEachLimited(whole, options.jobs, send)
  return { sent, failed, withheld: directories.filter((object) => !whole.includes(object)) }
}

function isThere({ steps }: PushPlan, sent: ReadonlyMap<string, number>, id: string): boolean {
  return steps.get(id) === 'skip' || sent.has(id)
}

/** Credentials, names and policies do not change from one object to the next. */
function isHopeless(failed: ReadonlyMap<string, Failure>): boolean {
  if (failed.size >= ENOUGH_FAILURES) return true
  return [...failed.values()].some(({ kind }) => ['auth', 'config', 'not-found', 'quota'].includes(kind))
}

/**
 * Looks once more at everything that was sent.
 * @returns the objects that the remote does not have after all, as problems
 */
export async function verifyPush(
  { sent }: PushResult,
  { objects }: PushPlan,
  stores: Stores,
  jobs: number,
): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  for (const [name, store] of stores) {
    const here = [...objects.values()].filter(({ id, remote }) => remote === name && sent.has(id))
    if (here.length === 0) continue
    const sized = here.map((object) => ({ ...object, size: sent.get(object.id) }))
    const states = await lookAt(store, sized, jobs)
    for (const { id, path, source, oid } of here) {
      const state = states.get(id) ?? 'absent'
      if (state === 'proven' || state === 'present') continue
      const seen =
        state === 'absent' ? 'it was sent and is not in the remote' : 'it was sent and is other bytes now'
      problems.push({ kind: state === 'absent' ? 'missing' : 'corrupt', path, source, oid, seen })
    }
  }
  return problems
}
