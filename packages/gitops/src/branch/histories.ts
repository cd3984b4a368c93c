import type { LoggedCommit } from './branch.ts'

/**
 * One history out of several of one branch, each newest first: a commit stands behind every commit that stands before it in
 * any of them.
 */
export function mergeHistories(lists: readonly (readonly LoggedCommit[])[]): LoggedCommit[] {
  const places = lists.map((list) => new Map(list.map(({ oid }, place) => [oid, place])))
  const at = lists.map(() => 0)
  const isAtHand = ({ oid }: LoggedCommit): boolean =>
    places.every((place, list) => (place.get(oid) ?? at[list]) === at[list])
  const merged: LoggedCommit[] = []
  for (;;) {
    const heads = lists.flatMap((list, index) => list[at[index] ?? 0] ?? [])
    const next = heads.find(isAtHand)
    if (next === undefined) break
    merged.push(next)
    for (const [list, place] of places.entries()) if (place.has(next.oid)) at[list] = (at[list] ?? 0) + 1
  }
  // Lists that contradict each other are no histories of one branch; even then nothing is lost.
  const rest = lists.flatMap((list, index) => list.slice(at[index]))
  return [...merged, ...new Map(rest.map((commit) => [commit.oid, commit])).values()]
}
