import type { Failure } from '@mlops-actions/diagnostics'
import { isScalar, Scalar } from 'yaml'
import type { Splice } from '../change.ts'
import { refuse } from '../file.ts'
import { followOwn, lineOf } from '../read/node.ts'
import type { ParsedDocument } from '../read/parse.ts'
import { formatPath, type Path } from '../tree.ts'
import { lineEndOf } from './layout.ts'

/** A manifest that stands in a literal block of another one, as a patch in a kustomization.yaml. */
export interface Block {
  /** Without the line ends at its end. */
  readonly text: string
  readonly lineEnds: string
  /** Line of the file on which it starts; each of its lines is one line there. */
  readonly firstLine: number
  /** A splice into it as one into the document around it. */
  toOuter(splice: Splice): Splice
}

/**
 * Opens the literal block at a path.
 * @throws Failure MANIFEST_NESTED_STYLE for text in another style: its lines are not those that are written
 */
export function openBlock(document: ParsedDocument, host: Path): Block {
  const block = blockOf(document, followOwn(document, host).nodes.at(-1))
  if (block === undefined) throw wrongStyle(document, host)
  return block
}

/** The block that a node is, if it is a literal one. */
export function blockOf(document: ParsedDocument, node: unknown): Block | undefined {
  if (!isScalar(node) || node.type !== Scalar.BLOCK_LITERAL || typeof node.value !== 'string')
    return undefined
  const [start = 0, end = 0] = node.range ?? []
  const bodyStart = document.text.indexOf('\n', start) + 1
  const lines = linesOf(document.text.slice(bodyStart, end))
  const text = node.value.replace(/\n+$/, '')
  const indentation = indentationOf(lines, text)
  const outerOffset = (offset: number): number => {
    const line = text.slice(0, offset).split('\n').length - 1
    const column = offset - (text.lastIndexOf('\n', offset - 1) + 1)
    const before = lines.slice(0, line).reduce((sum, one) => sum + one.length, 0)
    return bodyStart + before + indentation + column
  }
  const lineBreak = lineEndOf(document.text) + ' '.repeat(indentation)
  return {
    text,
    lineEnds: node.value.slice(text.length),
    firstLine: document.lineAt(bodyStart),
    toOuter: (splice) => ({
      start: outerOffset(splice.start),
      end: outerOffset(splice.end),
      text: splice.text.replaceAll('\n', lineBreak),
    }),
  }
}

/** How far the text is indented: by as much as its first line is longer where it is written. */
function indentationOf(lines: readonly string[], text: string): number {
  const inner = text.split('\n')
  const index = inner.findIndex((line) => line !== '')
  const written = lines[index]?.replace(/\r?\n$/, '') ?? ''
  return written.length - (inner[index] ?? '').length
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function wrongStyle(document: ParsedDocument, host: Path): Failure {
  const on = `${document.path}:${lineOf(document, host)}`
  const seen = `${formatPath(host)} holds a manifest as folded, quoted or plain text`
  return refuse(
    'MANIFEST_NESTED_STYLE',
    on,
    seen,
    'Write it as a literal block (`|`), or as a file of its own',
  )
}
