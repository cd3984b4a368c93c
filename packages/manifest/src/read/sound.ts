import {
  type Alias,
  type CollectionTag,
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  visit,
  type YAMLSeq,
} from 'yaml'
import { refuse } from '../file.ts'

const OMAP = 'tag:yaml.org,2002:omap'

/** `!!omap` as the list that it is: the parser's own reading compares every key with every other. */
export const PLAIN_OMAP: CollectionTag = {
  tag: OMAP,
  collection: 'seq',
  default: false,
  resolve: (list) => list,
}

/**
 * What the parser lets pass, in one walk over a document: keys that stand twice in a map or an ordered map, and
 * aliases without an anchor, or to a list or map that they stand in, which as plain values would have no end.
 * @throws Failure MANIFEST_INVALID
 */
export function assertSound(
  path: string,
  document: Document.Parsed,
  lineAt: (offset: number) => number,
): void {
  const anchors = new Map<string, Node>()
  const fail = (node: unknown, seen: string): never => {
    const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
    const on = `${path}:${lineAt(offset)}`
    throw refuse('MANIFEST_INVALID', on, seen, 'Correct the YAML; nothing was changed')
  }
  visit(document, {
    Node(_, node) {
      if (isMap(node)) assertDistinctKeys(node.items, fail)
      if (isSeq(node) && node.tag === OMAP) assertDistinctKeys(pairsOf(node, fail), fail)
      if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined)
        anchors.set(node.anchor, node)
    },
    Alias(_, node, ancestors) {
      assertResolves(node, ancestors, anchors, fail)
    },
  })
}

type Fail = (node: unknown, seen: string) => never

/** Keys are the same when they are scalars with the same value, as `yaml` has it with `uniqueKeys`. */
function assertDistinctKeys(pairs: readonly Pick<Pair, 'key'>[], fail: Fail): void {
  const keys = new Set<unknown>()
  for (const { key } of pairs) {
    if (!isScalar(key)) continue
    if (keys.has(key.value)) fail(key, 'DUPLICATE_KEY: the same key stands in this map before')
    keys.add(key.value)
  }
}

/** An ordered map is a list of maps with one key each (yaml.org/type/omap.html); a bare item is a key without a value. */
function pairsOf({ items }: YAMLSeq, fail: Fail): Pick<Pair, 'key'>[] {
  return items.flatMap((item) => {
    if (!isMap(item)) return [{ key: item }]
    return item.items.length > 1 ? fail(item, 'an item of an !!omap has more than one key') : item.items
  })
}

/** An anchor belongs to the last node before the alias that has it (YAML 1.2.2, 3.2.2.2). */
function assertResolves(
  alias: Alias,
  path: readonly unknown[],
  anchors: ReadonlyMap<string, Node>,
  fail: Fail,
): void {
  const target = anchors.get(alias.source)
  if (target === undefined) fail(alias, `the alias *${alias.source} has no anchor before it`)
  if (path.includes(target))
    fail(alias, `the alias *${alias.source} stands in the very value that it repeats`)
}
