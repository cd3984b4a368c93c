import { memberOf, type Node, type Place } from './syntax.ts'

/** One line of a comment without its marks and the blanks around it. */
export type CommentLine = { readonly line: number; readonly text: string }

/** Nodes whose text may look like a comment. */
const LITERALS = new Set(['StringLiteral', 'TemplateElement', 'RegExpLiteral'])

/** Every line of every comment, which the syntax tree leaves out: what is left of the source without its literals. */
export function findComments(source: string, places: readonly Place[]): readonly CommentLine[] {
  const code = withoutLiterals(source, places)
  return [...code.matchAll(/\/\/.*|\/\*[\s\S]*?\*\//g)].flatMap(({ 0: comment, index }) => {
    const first = code.slice(0, index).split('\n').length
    return comment.split('\n').map((line, offset) => ({ line: first + offset, text: plain(line) }))
  })
}

/** The source with blanks in the place of literals. The parser counts UTF-8 bytes, from 1. */
function withoutLiterals(source: string, places: readonly Place[]): string {
  const bytes = Buffer.from(source)
  for (const { node } of places) {
    if (!LITERALS.has(node.type)) continue
    const [start, end] = spanOf(node)
    for (let at = start - 1; at < end - 1; at++) if (bytes[at] !== 0x0a) bytes[at] = 0x20
  }
  return bytes.toString()
}

function spanOf(node: Node): readonly [start: number, end: number] {
  const span = memberOf(node, 'span')
  const isSpan = typeof span === 'object' && span !== null && 'start' in span && 'end' in span
  return isSpan ? [Number(span.start), Number(span.end)] : [1, 1]
}

function plain(line: string): string {
  return line
    .trim()
    .replace(/^[/*\s]+/, '')
    .replace(/\s*\*\/$/, '')
}
