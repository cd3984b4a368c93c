import type { Failure } from '@mlops-actions/diagnostics'
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Scalar } from 'yaml'
import { refuse } from './file.ts'
import type { ParsedManifest } from './parse.ts'
import { formatPath, type Path } from './tree.ts'

/** Where the text of a value stands, as far as the path can be followed without an alias or a merge key. */
export function lineOf(manifest: ParsedManifest, document: number, path: Path): number {
  let node: unknown = manifest.documents[document]?.contents
  let offset = startOf(node)
  for (const step of path) {
    node = childNode(node, step)
    offset = startOf(node) ?? offset
  }
  return manifest.lineAt(offset ?? 0)
}

/**
 * The scalar to edit at the path.
 * @throws Failure MANIFEST_VALUE_SHARED where an alias or a merge key brings it in: an edit would change
 * other places too
 */
export function scalarAt(manifest: ParsedManifest, document: number, path: Path): Scalar {
  let node: unknown = manifest.documents[document]?.contents
  for (const step of path) {
    const parent = node
    node = childNode(parent, step)
    if (node === undefined) throw shared(manifest, document, path, mergeSource(parent))
    if (isAlias(node)) throw shared(manifest, document, path, node)
  }
  if (isScalar(node)) return node
  const on = `${manifest.file.path}:${lineOf(manifest, document, path)}`
  throw refuse(
    'MANIFEST_VALUE_NOT_TEXT',
    on,
    `${formatPath(path)} is a list or a map`,
    'Write the value as text',
  )
}

function childNode(node: unknown, step: string | number): unknown {
  if (isSeq(node)) return typeof step === 'number' ? node.items[step] : undefined
  return isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === step)?.value : undefined
}

/** What stands under `<<`, from which a map takes the keys that it does not have itself. */
function mergeSource(map: unknown): unknown {
  return isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.source === '<<')?.value : undefined
}

function shared(manifest: ParsedManifest, index: number, path: Path, source: unknown): Failure {
  const document: Document.Parsed | undefined = manifest.documents[index]
  const anchored = isAlias(source) && document !== undefined ? source.resolve(document) : source
  const line = manifest.lineAt(startOf(anchored) ?? startOf(source) ?? 0)
  const anchor = isAlias(source)
    ? `the anchor &${source.source} on line ${line}`
    : `a merge key on line ${line}`
  const on = `${manifest.file.path}:${lineOf(manifest, index, path)}`
  const next =
    'Write the value out at this place, then run again: an edit at the anchor would change other places too'
  return refuse('MANIFEST_VALUE_SHARED', on, `${formatPath(path)} comes from ${anchor}`, next)
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}
