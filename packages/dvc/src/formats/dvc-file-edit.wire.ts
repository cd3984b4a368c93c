import { isMap, isNode, isScalar, isSeq, parseDocument, type Scalar, type YAMLMap } from 'yaml'
import { unsupported } from '../invalid.ts'
import type { HashName } from '../repository/output.ts'
import { bad, unfolded } from './yaml.wire.ts'

/** What `dvc add` writes of an output. */
export interface Recorded {
  readonly oid: string
  /** Bytes. */
  readonly size: number
  /** Of a directory. */
  readonly nfiles: number | undefined
  /** Whether a file may be executed. */
  readonly isexec: boolean
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * The text of a `.dvc` file with one output recorded anew. Only the tokens that differ change; comments, order and
 * quotes stay, keys that are new come last, as DVC's own patching does (dvc/utils/serialize/_yaml.py).
 * @param path the output's path as it stands in the file
 * @param hash what names it now; a file of DVC 2 says nothing of it
 * @throws Failure `config` where the file is not one that can be edited so
 */
export function editDvcFile(
  text: string,
  file: string,
  path: string,
  { hash = 'md5', ...recorded }: Recorded & { readonly hash?: HashName },
): string {
  const out = findOut(text, file, path)
  const wanted: Readonly<Record<string, string | undefined>> = {
    md5: md5Token(recorded.oid),
    size: String(recorded.size),
    nfiles: recorded.nfiles === undefined ? undefined : String(recorded.nfiles),
    isexec: recorded.isexec ? 'true' : undefined,
    hash: hash === 'md5' ? hash : undefined,
  }
  const edits: Edit[] = []
  const added: string[] = []
  for (const [key, value] of Object.entries(wanted)) {
    const pair = pairOf(out, key)
    if (pair === undefined && value !== undefined) added.push(`${key}: ${value}`)
    else if (pair !== undefined && value === undefined) edits.push(lineOf(text, pair.key, file))
    else if (pair !== undefined && value !== undefined)
      edits.push(replaceValue(text, pair.value, value, file))
  }
  if (added.length > 0) edits.push(appendTo(text, out, added, file))
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce((after, { start, end, text: token }) => after.slice(0, start) + token + after.slice(end), text)
}

/**
 * An MD5 that YAML 1.2 could read as a number is quoted, as ruamel does: all digits, or digits with one `e` inside.
 */
export function md5Token(oid: string): string {
  return /^\d+(e\d+)?$/.test(oid) ? `'${oid}'` : oid
}

function findOut(text: string, file: string, path: string): YAMLMap {
  const document = parseDocument(text, { schema: 'failsafe', version: '1.2' })
  const outs = document.get('outs')
  const items = isSeq(outs) ? outs.items : []
  const out = items.find((item) => isMap(item) && unfolded(String(item.get('path'))) === path)
  if (!isMap(out)) throw bad(file, `its output ${path} cannot be found again`)
  if (out.flow === true)
    throw unsupported(
      file,
      'its output is written in braces',
      'Write each key on a line of its own, as DVC does',
    )
  return out
}

function pairOf(out: YAMLMap, name: string): { readonly key: Scalar; readonly value: Scalar } | undefined {
  for (const { key, value } of out.items) {
    if (isScalar(key) && key.value === name && isScalar(value)) return { key, value }
  }
  return undefined
}

/** What stands below a `>-` or `|` stays there, and a comment behind the value in its column. */
function replaceValue(text: string, node: Scalar, token: string, file: string): Edit {
  const { start, end } = rangeOf(node, file)
  if (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL')
    return { start, end, text: text.slice(start, end).replace(String(node.value).trim(), token) }
  const gap = /^ +(?=#)/.exec(text.slice(end))?.[0].length
  if (gap === undefined) return { start, end, text: token }
  const width = Math.max(end + gap - start, token.length + 1)
  return { start, end: end + gap, text: token.padEnd(width) }
}

function rangeOf(node: Scalar, file: string): { readonly start: number; readonly end: number } {
  if (node.range === undefined || node.range === null) throw bad(file, 'a value in it has no place')
  return { start: node.range[0], end: node.range[1] }
}

/** A whole line goes, unless the dash of the list stands in it. */
function lineOf(text: string, key: Scalar, file: string): Edit {
  const { start } = rangeOf(key, file)
  const from = text.lastIndexOf('\n', start) + 1
  const to = text.indexOf('\n', start) + 1
  if (text.slice(from, start).trim() !== '' || to === 0)
    throw unsupported(
      file,
      'a key that has to go stands first or last in it',
      'Run `dvc add` for this output once',
    )
  return { start: from, end: to, text: '' }
}

/** Blank lines and comments below a value are its own to DVC: what is new comes behind them. */
const REMARKS = /^(?:\r?\n[ \t]*(?:#[^\r\n]*)?(?=\r?\n))*/

/** Where the last token of a value ends: that of a mapping or list without braces is the last of its last item. */
function endOf(node: unknown, file: string): number {
  if (isMap(node) && node.flow !== true) {
    const last = node.items.at(-1)
    return endOf(last?.value ?? last?.key, file)
  }
  if (isSeq(node) && node.flow !== true) return endOf(node.items.at(-1), file)
  const range = isNode(node) ? node.range : undefined
  if (range === undefined || range === null) throw bad(file, 'a value in it has no place')
  return range[1]
}

/** Behind the last line of the output, in the column of its keys. */
function appendTo(text: string, out: YAMLMap, lines: readonly string[], file: string): Edit {
  const first = out.items[0]?.key
  if (!isScalar(first)) throw bad(file, 'its output has no key')
  const { start } = rangeOf(first, file)
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1))
  const end = text.slice(0, endOf(out, file)).trimEnd().length
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const lineEnd = text.indexOf(eol, end)
  const at = lineEnd === -1 ? text.length : lineEnd + (REMARKS.exec(text.slice(lineEnd))?.[0].length ?? 0)
  return { start: at, end: at, text: lines.map((line) => `${eol}${indent}${line}`).join('') }
}
