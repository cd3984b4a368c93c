import type { Failure } from '@mlops-actions/diagnostics'
import { isCollection, isMap, isScalar, type YAMLMap, type YAMLSeq } from 'yaml'
import type { Splice } from '../change.ts'
import { refuse } from '../file.ts'
import { lineOf } from '../read/node.ts'
import type { ParsedDocument } from '../read/parse.ts'
import { type Data, formatPath, type Path } from '../tree.ts'
import { isJson } from './json.ts'
import { columnOf, endOfItem, endOfLine, lineEndOf, startOfItem, stepOf } from './layout.ts'
import { flowEntry, indent, renderBlock, renderFlow } from './render.ts'

/**
 * Writes a key or list item that is not there, behind its siblings and in their style, with all that is missing on the
 * way to it.
 * @param nodes the nodes that are there, from the root of the document on
 * @throws Failure MANIFEST_VALUE_NOT_TEXT where something else stands in its way
 */
export function insertInto(
  document: ParsedDocument,
  nodes: readonly unknown[],
  path: Path,
  value: Data,
): Splice {
  const parent = nodes.at(-1)
  const [step = '', ...rest] = path.slice(nodes.length - 1)
  const data = nest(rest, value)
  if (isCollection(parent) && isMap(parent) === (typeof step === 'string')) {
    const lines = renderBlock(
      typeof step === 'string' ? { [step]: data } : [data],
      stepOf(document.text, nodes.slice(-2)),
    )
    if (!parent.flow && parent.items.length > 0) return appendLines(document, parent, lines)
    return appendInline(document, parent, step, data)
  }
  if (isScalar(parent) && parent.value === null && nodes.length > 1) {
    const made = typeof step === 'string' ? { [step]: data } : [data]
    return fillEmpty(document, nodes, parent.range ?? [0, 0], made)
  }
  throw inTheWay(document, path.slice(0, nodes.length - 1))
}

/** The value inside of the keys and list items that are still to be made. */
function nest(path: Path, value: Data): Data {
  return path.reduceRight<Data>((data, step) => (typeof step === 'number' ? [data] : { [step]: data }), value)
}

/** Under the last line of a block collection, at the column of its other items. */
function appendLines({ text }: ParsedDocument, parent: YAMLMap | YAMLSeq, lines: readonly string[]): Splice {
  const start = isMap(parent) ? startOfItem(parent.items[0]) : (parent.range?.[0] ?? 0)
  return linesAfter(text, endOfItem(parent), indent(lines, columnOf(text, start)))
}

function linesAfter(text: string, end: number, lines: readonly string[]): Splice {
  const lineEnd = lineEndOf(text)
  if (text.charAt(end - 1) === '\n')
    return { start: end, end, text: lines.map((line) => line + lineEnd).join('') }
  const at = endOfLine(text, end)
  return { start: at, end: at, text: lines.map((line) => lineEnd + line).join('') }
}

/** Behind the last item of a flow collection; a comma that ends it stays the last. */
function appendInline(
  document: ParsedDocument,
  parent: YAMLMap | YAMLSeq,
  step: string | number,
  data: Data,
): Splice {
  const { text } = document
  const [first] = parent.items
  const json = isJson(document)
  const open = parent.range?.[0] ?? 0
  const gap = json && isCompact(text) ? '' : ' '
  const entry = typeof step === 'string' ? flowEntry(step, data, json, gap) : renderFlow(data, json, gap)
  if (first === undefined) return { start: open + 1, end: open + 1, text: entry }
  const lead = text.slice(open + 1, startOfItem(first))
  const at = endOfItem(parent.items.at(-1))
  const blank = lead.includes('\n') ? lead.slice(lead.lastIndexOf('\n') - (/\r\n/.test(lead) ? 1 : 0)) : gap
  return { start: at, end: at, text: `,${blank}${entry}` }
}

/** JSON as `JSON.stringify` writes it, without a blank. */
function isCompact(text: string): boolean {
  return !/\s/.test(text.trim().replace(/"(?:[^"\\]|\\.)*"/g, ''))
}

/** In the place of a null: on lines of their own where nothing is written, else as a flow collection. */
function fillEmpty(
  document: ParsedDocument,
  nodes: readonly unknown[],
  [start, end]: readonly number[],
  data: Readonly<Record<string, Data>> | readonly Data[],
): Splice {
  const { text } = document
  const [at = 0, until = 0] = [start, end]
  const around = nodes.at(-2)
  if (at !== until || !isMap(around) || around.flow) {
    const blank = /[\s]/.test(text.charAt(at - 1)) ? '' : ' '
    return { start: at, end: until, text: `${blank}${renderFlow(data, isJson(document))}` }
  }
  const step = stepOf(text, nodes.slice(-3, -1))
  const column = columnOf(text, startOfItem(around.items[0]))
  return linesAfter(text, at, indent(renderBlock(data, step), column + step))
}

function inTheWay(document: ParsedDocument, path: Path): Failure {
  const seen = `${formatPath(path) || 'the document'} is not what has keys or items of this kind`
  const on = `${document.path}:${lineOf(document, path)}`
  return refuse('MANIFEST_VALUE_NOT_TEXT', on, seen, 'Correct the path, or write this part by hand once')
}
