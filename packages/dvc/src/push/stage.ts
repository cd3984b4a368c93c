import { type Failure, toFailure } from '@mlops-actions/diagnostics'
import { forEachLimited } from '../objects/limit.ts'
import type { TrackedObject } from '../objects/object.ts'
import type { Problem } from '../objects/problem.ts'
import type { StagedUpload } from '../store/multipart.ts'
import { completeObject, stageObject } from '../store/upload.ts'
import { attempt, isHopeless, LARGE_AT_ONCE, noteSent, type PushRun } from './push-run.ts'
import { hashObjects } from './unhashed.ts'

/**
 * Sends objects that nobody has hashed yet, in parts that nobody can see, and hashes them on the way. Only when all of them
 * are what their names say are they made visible; otherwise everything is thrown away.
 * @returns those that are something else, as problems
 */
export async function stageObjects(
  run: PushRun,
  objects: readonly TrackedObject[],
): Promise<readonly Problem[]> {
  const staged = new Map<TrackedObject, StagedUpload>()
  const problems: Problem[] = []
  try {
    await forEachLimited(objects, LARGE_AT_ONCE, (object) =>
      attempt(run, object, async (store, tools) => {
        try {
          staged.set(object, await stageObject(store, object, tools))
        } catch (thrown) {
          const failure = toFailure(thrown)
          if (failure.code !== 'DVC_CHANGED') throw failure
          problems.push(problemOf(object, failure))
        }
      }),
    )
    problems.push(...(await hashUnread(run, objects, staged, problems)))
    if (problems.length > 0) return problems
    await forEachLimited([...staged], LARGE_AT_ONCE, ([object, upload]) =>
      attempt(run, object, async (store, tools) => {
        await completeObject(store, object, upload, tools)
        staged.delete(object)
        noteSent(run, object, upload.bytes)
      }),
    )
    return []
  } finally {
    await Promise.all([...staged.values()].map((upload) => upload.abort()))
  }
}

/** What a broken line kept from being read to its end may be wrong all the same, and then nothing may be sent. */
async function hashUnread(
  run: PushRun,
  objects: readonly TrackedObject[],
  staged: ReadonlyMap<TrackedObject, StagedUpload>,
  problems: readonly Problem[],
): Promise<readonly Problem[]> {
  if (isHopeless(run)) return []
  const known = new Set(problems.map(({ oid }) => oid))
  return hashObjects(
    run.pool,
    objects.filter((object) => !staged.has(object) && !known.has(object.oid)),
  )
}

function problemOf({ place, path, source, oid }: TrackedObject, { details }: Failure): Problem {
  return { kind: place?.from === 'workspace' ? 'stale' : 'corrupt', path, source, oid, seen: details.seen }
}
