import { isMap, type YAMLMap } from 'yaml'
import type { Splice } from '../change.ts'
import { refuse } from '../file.ts'
import { lineOf, pairOf } from '../read/node.ts'
import type { ParsedDocument } from '../read/parse.ts'
import { formatPath, type Path } from '../tree.ts'
import { endOfItem, endOfLine, startOfItem } from './layout.ts'

/** Takes a key and its value out of a map, with its line where it has one of its own. */
export function removeFrom(document: ParsedDocument, nodes: readonly unknown[], path: Path): Splice {
  const parent = nodes.at(-2)
  const pair = pairOf(parent, path.at(-1) ?? '')
  if (!isMap(parent) || pair === undefined || parent.items.length < 2) {
    const on = `${document.path}:${lineOf(document, path)}`
    const seen = `${formatPath(path)} is all that its map has`
    throw refuse('MANIFEST_VALUE_NOT_TEXT', on, seen, 'Remove it by hand')
  }
  const at = parent.items.indexOf(pair)
  return parent.flow ? removeInline(parent, at) : removeLines(document.text, parent, at)
}

function removeInline({ items }: YAMLMap, at: number): Splice {
  const next = items[at + 1]
  const [start, end] =
    next === undefined
      ? [endOfItem(items[at - 1]), endOfItem(items[at])]
      : [startOfItem(items[at]), startOfItem(next)]
  return { start, end, text: '' }
}

/** The first key of a list's item shares its line with the `-`: the next key moves there. */
function removeLines(text: string, { items }: YAMLMap, at: number): Splice {
  const key = startOfItem(items[at])
  const lineStart = text.lastIndexOf('\n', key - 1) + 1
  if (text.slice(lineStart, key).trim() !== '')
    return { start: key, end: startOfItem(items[at + 1]), text: '' }
  const last = endOfItem(items[at])
  const end = text.charAt(last - 1) === '\n' ? last : text.indexOf('\n', last) + 1
  if (end > 0) return { start: lineStart, end, text: '' }
  return { start: endOfLine(text, endOfItem(items[at - 1])), end: text.length, text: '' }
}
