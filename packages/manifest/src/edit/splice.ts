import { isScalar, type Scalar } from 'yaml'
import type { Splice } from '../change.ts'
import { refuse } from '../file.ts'
import { follow, followOwn, lineOf } from '../read/node.ts'
import type { ParsedDocument } from '../read/parse.ts'
import { looksLikeTemplate, templateFailure } from '../read/template.ts'
import { type Data, formatPath, type Path, valueAt } from '../tree.ts'
import { insertInto } from './insert.ts'
import { isJson } from './json.ts'
import { removeFrom } from './remove.ts'
import { isReadAs, rewriteScalar } from './scalar.ts'

/** One value at one path of a document; undefined takes the key away. */
export interface Edit {
  readonly path: Path
  readonly value: Data | undefined
}

/**
 * What to write into the text of a document, undefined where it says so already.
 * @throws Failure for what cannot be edited safely: see `followOwn`, and MANIFEST_VALUE_NOT_TEXT, MANIFEST_VALUE_TAGGED,
 * MANIFEST_IS_TEMPLATE
 */
export function planSplice(document: ParsedDocument, { path, value }: Edit): Splice | undefined {
  if (isThere(document, path, value)) return undefined
  const { nodes, missing } = followOwn(document, path)
  if (value === undefined) return removeFrom(document, nodes, path)
  if (missing.length > 0) return insertInto(document, nodes, path, value)
  return replaceScalar(document, path, nodes.at(-1), value)
}

/** Also where an alias brings the value in: nothing needs to be written then. */
function isThere(document: ParsedDocument, path: Path, value: Data | undefined): boolean {
  const now = valueAt(document.value, path)
  if (value === undefined || typeof value === 'object' || now !== value) return now === value
  const { nodes, missing } = follow(document, path)
  const node = nodes.at(-1)
  return missing.length > 0 || !isScalar(node) || isReadAs(node, value)
}

function replaceScalar(document: ParsedDocument, path: Path, node: unknown, value: Data): Splice {
  const { text } = document
  const scalar = assertScalar(document, path, node)
  if (typeof value === 'object') throw new Error(`${formatPath(path)} is there already`)
  const [start, end] = scalar.range ?? [0, 0]
  const source = text.slice(start, end)
  if (looksLikeTemplate(source)) throw templateFailure(`${document.path}:${document.lineAt(start)}`)
  const context = {
    source,
    before: text.charAt(start - 1),
    after: text.charAt(end),
    isJson: isJson(document),
  }
  return { start, end, text: rewriteScalar(scalar, context, value) }
}

/** Of tags only that of text is left: what another makes of a new text is not known here, and often an error. */
function assertScalar(document: ParsedDocument, path: Path, node: unknown): Scalar {
  const on = `${document.path}:${lineOf(document, path)}`
  const name = formatPath(path)
  if (node === null)
    throw refuse('MANIFEST_VALUE_NOT_TEXT', on, `${name} is a key without a value`, 'Give the key a value')
  if (!isScalar(node))
    throw refuse('MANIFEST_VALUE_NOT_TEXT', on, `${name} is a list or a map`, 'Write the value as text')
  if (node.tag !== undefined && !TEXT_TAGS.has(node.tag)) {
    const seen = `${name} has the tag ${node.tag.replace('tag:yaml.org,2002:', '!!')}`
    throw refuse('MANIFEST_VALUE_TAGGED', on, seen, 'Remove the tag, then run again')
  }
  return node
}

const TEXT_TAGS: ReadonlySet<string> = new Set(['!', 'tag:yaml.org,2002:str'])
