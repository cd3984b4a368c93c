import type { Inventory } from '../objects/inventory.ts'
import type { TrackedObject } from '../objects/object.ts'
import type { Problem } from '../objects/problem.ts'
import { type PushPlan, toSend } from '../push/plan.ts'

/** How workspace, cache and remote stand to what the repository names. */
export interface Status {
  /** Objects that this machine has and their remote lacks. */
  readonly toPush: readonly TrackedObject[]
  /** Files that the workspace lacks, and where a pull would take them from. */
  readonly toPull: readonly PullableFile[]
  /** Objects that their remote has in an archive: others get them, when they are restored. */
  readonly archived: readonly TrackedObject[]
  /** Everything by which others would not get what the repository names; none of it where all is well. */
  readonly problems: readonly Problem[]
}

export interface PullableFile {
  /** Relative to the root. */
  readonly path: string
  readonly oid: string
  readonly from: 'cache' | 'remote'
}

/**
 * Pure: what a push and a pull would do, out of the plan of a push and what was seen on its way. What nobody has, what is
 * damaged and what is newer than its record are problems of that plan already; what is merely not pushed becomes one here.
 */
export function evaluateStatus(plan: PushPlan, { absent }: Pick<Inventory, 'absent'>): Status {
  const toPush = toSend(plan).filter(({ id }) => plan.steps.get(id) === 'upload')
  const toPull = absent.flatMap(({ path, id }) => {
    const object = plan.objects.get(id)
    const from = object === undefined ? undefined : sourceOf(object, plan)
    return object === undefined || from === undefined ? [] : [{ path, oid: object.oid, from }]
  })
  const archived = [...plan.objects.values()].filter(({ id }) => plan.archived?.has(id) === true)
  return { toPush, toPull, archived, problems: [...plan.problems, ...toPush.map(unpushed)] }
}

/** As a pull looks: the cache first (see `planPull`). */
function sourceOf({ id, place }: TrackedObject, { steps }: PushPlan): PullableFile['from'] | undefined {
  if (place?.from === 'cache') return 'cache'
  return steps.get(id) === 'skip' ? 'remote' : undefined
}

function unpushed({ path, source, oid, place, remote }: TrackedObject): Problem {
  const where = place === undefined ? 'this machine' : `the ${place.from}`
  return { kind: 'unpushed', path, source, oid, seen: `${where} has it, and the remote "${remote}" does not` }
}
