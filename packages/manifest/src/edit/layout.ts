import { isCollection, isMap, isNode, isPair, type YAMLMap, type YAMLSeq } from 'yaml'

/** The end of a line as the text has it. */
export function lineEndOf(text: string): '\r\n' | '\n' {
  return /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n'
}

/** How far right of its line's start a character stands; a byte order mark takes no room. */
export function columnOf(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return offset - start - (text.charAt(start) === '\ufeff' ? 1 : 0)
}

/** Where the line ends that a character stands in, before its line end. */
export function endOfLine(text: string, offset: number): number {
  const lineEnd = text.indexOf('\n', offset)
  if (lineEnd === -1) return text.length
  return text.charAt(lineEnd - 1) === '\r' && lineEnd > offset ? lineEnd - 1 : lineEnd
}

/** Where an item of a collection starts: at the key of a pair. */
export function startOfItem(item: unknown): number {
  const node = isPair(item) ? item.key : item
  return isNode(node) ? (node.range?.[0] ?? 0) : 0
}

/** Where the text of an item ends, before blanks and comments behind it. */
export function endOfItem(item: unknown): number {
  if (isPair(item)) return item.value === null ? endOfItem(item.key) : endOfItem(item.value)
  if (isCollection(item) && !item.flow) return endOfItem(item.items.at(-1))
  return isNode(item) ? (item.range?.[1] ?? 0) : 0
}

/** How far a map's keys are right of those of the map around it; two columns where nothing shows it. */
export function stepOf(text: string, nodes: readonly unknown[]): number {
  const columns = nodes
    .filter((node): node is YAMLMap | YAMLSeq => isMap(node) && !node.flow && node.items.length > 0)
    .map((node) => columnOf(text, startOfItem(node.items[0])))
  const [outer = 0, inner = 2] = columns
  return inner > outer ? inner - outer : 2
}
