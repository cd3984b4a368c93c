import type { World } from '@mlops-actions/diagnostics'
import { createHashPool, type HashPool } from '../objects/hash-pool.ts'
import type { Inventory } from '../objects/inventory.ts'
import type { TrackedObject } from '../objects/object.ts'
import { settleArchived } from '../store/archived.ts'
import { type Looked, lookAt, type RemoteState } from '../store/look.ts'
import { DEFAULT_SIZES } from '../store/part-plan.ts'
import type { Store } from '../store/store.ts'
import type { Survey } from '../store/survey.ts'
import { type PushPlan, planPush, type RepairOption } from './plan.ts'
import { sumProblems } from './sums.ts'
import { hashObjects, planHashing } from './unhashed.ts'

/** The stores by the name of their remote. */
export type Stores = ReadonlyMap<string, Store>

export interface PrepareOptions extends RepairOption {
  /** Threads that hash; without it, own ones. */
  readonly pool?: HashPool
  /** What was listed of the remotes before, by their names. */
  readonly surveys?: ReadonlyMap<string, Promise<Survey>>
  /**
   * Objects of at least so many bytes may be hashed while they are sent: they are then in `whileSending` of the plan, and
   * `applyPush` lets nobody see anything before it knows that all of them are right. Without it, everything is hashed here.
   */
  readonly hashWhileSendingFrom?: number
  /** Whether to look once more at each object that the listing has found in an archive, for `archived` of the plan. */
  readonly findArchived?: boolean
}

export const HASH_WHILE_SENDING_FROM = DEFAULT_SIZES.multipartThreshold

/**
 * What a push would do: looks at every object in its remote, and hashes what nobody has hashed yet, so that nothing becomes
 * visible in a remote while something is known to be wrong.
 * @param jobs requests at once, as far as the pace of each store allows
 */
export async function preparePush(
  world: Pick<World, 'signal'>,
  { objects, problems }: Inventory,
  stores: Stores,
  jobs: number,
  options: PrepareOptions = {},
): Promise<PushPlan> {
  const { states, sizes, archived } = await lookAtAll(objects, stores, jobs, options)
  const plan = planPush(objects, states, [...problems, ...sumProblems(objects, states, sizes)], options)
  const pool = options.pool ?? createHashPool(world)
  try {
    const from = plan.problems.length > 0 ? undefined : options.hashWhileSendingFrom
    const { now, whileSending } = planHashing(plan, from ?? Number.POSITIVE_INFINITY)
    const found = await hashObjects(pool, now)
    // The table of what is wrong is whole, or there is none.
    const late = found.length > 0 ? await hashObjects(pool, whileSending) : []
    const ids = new Set(whileSending.map(({ id }) => id))
    return { ...plan, problems: [...plan.problems, ...found, ...late], whileSending: ids, archived }
  } finally {
    if (options.pool === undefined) pool.close()
  }
}

interface LookedAtAll extends Pick<Looked, 'states' | 'sizes'> {
  /** Ids of what nobody can read now. */
  readonly archived: ReadonlySet<string>
}

async function lookAtAll(
  objects: Inventory['objects'],
  stores: Stores,
  jobs: number,
  { surveys, findArchived = false }: PrepareOptions,
): Promise<LookedAtAll> {
  const states = new Map<string, RemoteState>()
  const sizes = new Map<string, number>()
  const archived = new Set<string>()
  for (const [name, store] of stores) {
    const here: TrackedObject[] = []
    for (const object of objects.values()) if (object.remote === name) here.push(object)
    const looked = await lookAt(store, here, jobs, await surveys?.get(name))
    for (const [id, state] of looked.states) states.set(id, state)
    for (const [id, size] of looked.sizes) sizes.set(id, size)
    if (!findArchived) continue
    await settleArchived(store, looked.archived, jobs)
    for (const { id, archive } of looked.archived.values()) if (archive !== undefined) archived.add(id)
  }
  return { states, sizes, archived }
}
