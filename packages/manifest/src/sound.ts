import {
  type Alias,
  type CollectionTag,
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  visit,
  type YAMLMap,
} from 'yaml'
import { type ManifestFile, refuse } from './file.ts'

/** `!!omap` as the list that it is: the parser's own reading compares every key with every other. */
export const PLAIN_OMAP: CollectionTag = {
  tag: 'tag:yaml.org,2002:omap',
  collection: 'seq',
  default: false,
  resolve: (list) => list,
}

/**
 * What the parser lets pass, in one walk over a document: keys that stand twice in a map, and aliases to a
 * list or map that they stand in, which as plain values would have no end.
 * @throws Failure MANIFEST_INVALID
 */
export function assertSound(
  file: ManifestFile,
  document: Document.Parsed,
  lineAt: (offset: number) => number,
): void {
  const anchors = new Map<string, Node>()
  const fail = (node: unknown, seen: string): never => {
    const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
    const on = `${file.path}:${lineAt(offset)}`
    throw refuse('MANIFEST_INVALID', on, seen, 'Correct the YAML; nothing was changed')
  }
  visit(document, {
    Node(_, node) {
      if (isMap(node)) assertDistinctKeys(node, fail)
      if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined)
        anchors.set(node.anchor, node)
    },
    Alias(_, node, path) {
      assertNoCircle(node, path, anchors, fail)
    },
  })
}

type Fail = (node: unknown, seen: string) => never

/** Keys are the same when they are scalars with the same value, as `yaml` has it with `uniqueKeys`. */
function assertDistinctKeys({ items }: YAMLMap, fail: Fail): void {
  const keys = new Set<unknown>()
  for (const { key } of items) {
    if (!isScalar(key)) continue
    if (keys.has(key.value)) fail(key, 'DUPLICATE_KEY: the same key stands in this map before')
    keys.add(key.value)
  }
}

/** An anchor belongs to the last node before the alias that has it (YAML 1.2.2, 3.2.2.2). */
function assertNoCircle(
  alias: Alias,
  path: readonly unknown[],
  anchors: ReadonlyMap<string, Node>,
  fail: Fail,
): void {
  const target = anchors.get(alias.source)
  if (target !== undefined && path.includes(target))
    fail(alias, `the alias *${alias.source} stands in the very value that it repeats`)
}
