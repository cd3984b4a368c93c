import type { TrackedObject } from '../objects/object.ts'
import type { Problem } from '../objects/problem.ts'
import type { Looked } from '../store/look.ts'

/**
 * Pure: directories whose files in the remote are together not as large as was recorded. Of a file that only the remote has
 * no size is recorded, so that its size proves nothing where its ETag does not (parts, KMS); the sum does, for all of them.
 */
export function sumProblems(
  objects: ReadonlyMap<string, TrackedObject>,
  states: Looked['states'],
  sizes: Looked['sizes'],
): readonly Problem[] {
  const isDoubtful = (id: string) => states.get(id) === 'present' && sizes.has(id)
  const problems: Problem[] = []
  for (const { oid, path, source, members, recorded } of objects.values()) {
    if (recorded === undefined || !members.some(isDoubtful)) continue
    const sum = sumOf(members, (id) => {
      const state = states.get(id)
      const isThere = state === 'present' || state === 'proven'
      return isThere ? (objects.get(id)?.size ?? sizes.get(id)) : undefined
    })
    if (sum === undefined || sum === recorded) continue
    const seen = `its files have ${sum} bytes together in the remote, and ${recorded} were recorded`
    problems.push({ kind: 'corrupt', path, source, oid, seen })
  }
  return problems
}

/** Undefined where the size of one is: what is missing or wrong is a problem of its own. */
function sumOf(ids: readonly string[], sizeOf: (id: string) => number | undefined): number | undefined {
  let sum = 0
  for (const id of ids) {
    const size = sizeOf(id)
    if (size === undefined) return undefined
    sum += size
  }
  return sum
}
