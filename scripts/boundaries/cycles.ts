/**
 * Finds the groups of nodes that reach each other: every cycle lies inside one group.
 * `edges` maps each node to what it imports. Groups and their members come out sorted.
 */
export function findCycles(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly string[])[] {
  const reach = new Map([...edges.keys()].map((node) => [node, reachable(edges, node)] as const))
  const groups = new Map<string, readonly string[]>()
  for (const [node, targets] of reach) {
    if (!targets.has(node)) continue
    const group = [...targets].filter((other) => reach.get(other)?.has(node)).sort()
    groups.set(group.join('\n'), group)
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

/** Every node that can be reached by one or more edges. */
function reachable(edges: ReadonlyMap<string, ReadonlySet<string>>, start: string): ReadonlySet<string> {
  const reached = new Set(edges.get(start))
  for (const node of reached) for (const next of edges.get(node) ?? []) reached.add(next)
  return reached
}
