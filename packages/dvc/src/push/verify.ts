import type { TrackedObject } from '../objects/object.ts'
import type { Problem } from '../objects/problem.ts'
import { lookAt } from '../store/look.ts'
import type { PushPlan } from './plan.ts'
import type { Stores } from './prepare.ts'
import type { PushResult } from './push.ts'

/**
 * Looks once more at everything that was sent.
 * @returns the objects that the remote does not have after all, as problems
 */
export async function verifyPush(
  { sent }: Pick<PushResult, 'sent'>,
  { objects }: PushPlan,
  stores: Stores,
  jobs: number,
): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  for (const [name, store] of stores) {
    const here: TrackedObject[] = []
    for (const object of objects.values())
      if (object.remote === name && sent.has(object.id)) here.push(sized(object))
    const { states } = await lookAt(store, here, jobs)
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

/** What was sent is as large as its file. */
function sized(object: TrackedObject): TrackedObject {
  const size = object.place?.size ?? object.size
  return size === object.size ? object : { ...object, size }
}
