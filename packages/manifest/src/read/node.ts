import type { Failure } from '@mlops-actions/diagnostics'
import { type Alias, isAlias, isMap, isNode, isScalar, isSeq, type Pair, visit } from 'yaml'
import { refuse } from '../file.ts'
import { formatPath, type Path, valueAt } from '../tree.ts'
import type { ParsedDocument } from './parse.ts'

/** As far as a path can be followed in the tree of a document, without an alias or a merge key. */
export interface Trail {
  /** The nodes from the root on; the last one is at `path.slice(0, nodes.length - 1)`. */
  readonly nodes: readonly unknown[]
  /** The steps for which there is nothing. */
  readonly missing: Path
}

/** Follows a path to the text where its value stands, or should stand. */
export function follow({ tree }: ParsedDocument, path: Path): Trail {
  const nodes: unknown[] = [tree?.contents]
  for (const [at, step] of path.entries()) {
    const child = childNode(nodes.at(-1), step)
    if (child === undefined) return { nodes, missing: path.slice(at) }
    nodes.push(child)
  }
  return { nodes, missing: [] }
}

/**
 * The same, where an edit is to follow.
 * @throws Failure MANIFEST_VALUE_SHARED where an alias or a merge key brings the value in: an edit would change other
 * places too
 */
export function followOwn(document: ParsedDocument, path: Path): Trail {
  const trail = follow(document, path)
  const last = trail.nodes.at(-1)
  if (isAlias(last)) throw shared(document, path, last)
  const [step] = trail.missing
  const found = path.slice(0, path.length - trail.missing.length)
  if (step !== undefined && valueAt(document.value, [...found, step]) !== undefined)
    throw shared(document, path, mergeSource(document, last, step))
  return trail
}

/** Where the text of a value stands, as far as the path can be followed. */
export function lineOf(document: ParsedDocument, path: Path): number {
  let node: unknown = document.tree?.contents
  let offset = startOf(node)
  for (const step of path) {
    node = childNode(node, step)
    offset = startOf(node) ?? offset
  }
  return document.lineAt(offset ?? 0)
}

/** The anchors on the way to a value that something refers to: through them an edit shows elsewhere. */
export function usedAnchors(document: ParsedDocument, path: Path): string[] {
  const { tree } = document
  if (tree === undefined) return []
  const used = new Set<unknown>()
  visit(tree, { Alias: (_, alias) => void used.add(alias.resolve(tree)) })
  return follow(document, path).nodes.flatMap((node) => {
    const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined
    return anchor !== undefined && used.has(node) ? [describeAnchor(document, anchor, node)] : []
  })
}

/** The pair of a map with that key; null stands for the value of a key that has none, not even a colon. */
export function pairOf(map: unknown, key: string | number): Pair | undefined {
  return isMap(map) ? map.items.find((pair) => isScalar(pair.key) && pair.key.value === key) : undefined
}

function childNode(node: unknown, step: string | number): unknown {
  if (isSeq(node)) return typeof step === 'number' ? node.items[step] : undefined
  return pairOf(node, step)?.value
}

/** What stands under `<<`, from which a map takes a key that it does not have itself; of several the first wins. */
function mergeSource(document: ParsedDocument, map: unknown, step: string | number): unknown {
  const source = isMap(map)
    ? map.items.find(({ key }) => isScalar(key) && key.source === '<<')?.value
    : undefined
  const sources = isSeq(source) ? source.items : [source]
  return sources.find((one) => hasKey(document, one, step)) ?? source
}

function hasKey(document: ParsedDocument, source: unknown, step: string | number): boolean {
  const map = isAlias(source) ? resolve(document, source) : source
  return pairOf(map, step) !== undefined || (isMap(map) && mergeSource(document, map, step) !== undefined)
}

function resolve({ tree }: ParsedDocument, alias: Alias): unknown {
  return tree === undefined ? undefined : alias.resolve(tree)
}

function shared(document: ParsedDocument, path: Path, source: unknown): Failure {
  const origin = isAlias(source)
    ? `the anchor ${describeAnchor(document, source.source, resolve(document, source))}`
    : `a merge key on line ${document.lineAt(startOf(source) ?? 0)}`
  const next =
    'Write the value out at this place, then run again: an edit at the anchor would change other places too'
  return refuse(
    'MANIFEST_VALUE_SHARED',
    `${document.path}:${lineOf(document, path)}`,
    `${formatPath(path)} comes from ${origin}`,
    next,
  )
}

/** An anchor stands before its node, perhaps on another line. */
function describeAnchor(document: ParsedDocument, anchor: string, node: unknown): string {
  const start = startOf(node) ?? 0
  const at = document.text.lastIndexOf(`&${anchor}`, start)
  return `&${anchor} on line ${document.lineAt(at === -1 ? start : at)}`
}

export function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}
