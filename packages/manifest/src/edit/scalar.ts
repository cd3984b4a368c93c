import { isMap, isScalar, isSeq, parseDocument, Scalar } from 'yaml'
import { isNumberToGo } from './go-plain.ts'

/** The old text of a scalar and the characters on both sides of it. */
export interface ScalarText {
  readonly source: string
  readonly before: string
  readonly after: string
  readonly isJson: boolean
}

/**
 * New text for a scalar that keeps the quotes of the old one, and the comment of a block scalar's header.
 */
export function rewriteScalar(scalar: Scalar, old: ScalarText, value: string | number | boolean): string {
  const { source, before, after, isJson } = old
  if (isJson) return formatScalar(value, true)
  if (typeof value === 'string' && scalar.type === Scalar.QUOTE_DOUBLE) return quote(value)
  if (typeof value === 'string' && scalar.type === Scalar.QUOTE_SINGLE)
    return isPrintable(value) ? `'${value.replaceAll("'", "''")}'` : quote(value)
  const text = formatScalar(value, false)
  if (scalar.type === Scalar.BLOCK_FOLDED || scalar.type === Scalar.BLOCK_LITERAL)
    return `${text}${headerComment(source)}${trailingLines(source)}`
  return source === '' ? separate(before, text, after) : text
}

/**
 * A scalar where none stood. Text is plain if every reader takes it for this very string; `1234567`, `12e4567`, `on`
 * and `1:30` are not. Numbers and booleans are written as JSON writes them, which is the same to every reader.
 */
export function formatScalar(value: string | number | boolean, isJson: boolean): string {
  if (typeof value !== 'string') return String(value)
  return !isJson && isPlainString(value) ? value : quote(value)
}

/** Whether every reader takes the text of a scalar for the value that the parser here has found in it. */
export function isReadAs({ type, tag, source = '' }: Scalar, value: string | number | boolean): boolean {
  if (type !== Scalar.PLAIN || tag !== undefined) return true
  if (typeof value === 'string' && isNumberToGo(value)) return false
  const text = typeof value === 'string' ? value : source
  return VERSIONS.every((version) => readPlain(text, version) === value)
}

/** A value where there was none: `image:` and `image: # none yet` need a blank around it. */
function separate(before: string, text: string, after: string): string {
  return `${/\S/.test(before) ? ' ' : ''}${text}${after === '#' ? ' ' : ''}`
}

const VERSIONS = ['1.1', '1.2'] as const

function isPlainString(value: string): boolean {
  // A YAML 1.1 reader ends the line at U+0085 and U+2028, which the parser here does not, and go-yaml ends a scalar in a
  // flow map at a `?`.
  return /^[\w./]/.test(value) && isPrintable(value) && !value.includes('?') && isTextToAll(value)
}

/** YAML 1.1 and 1.2, in block and in flow context: kustomize and kubectl read 1.1, most editors 1.2. */
function isTextToAll(value: string): boolean {
  if (isNumberToGo(value)) return false
  return VERSIONS.every((version) =>
    [`key: ${value}\n`, `{key: ${value}}\n`, `[{key: ${value}, more: 1}]\n`].every(
      (text) => readFirst(text, version) === value,
    ),
  )
}

function readPlain(text: string, version: (typeof VERSIONS)[number]): unknown {
  return readFirst(`key: ${text}\n`, version)
}

/** The value of the first key; undefined where the text is not sound, or the value is no scalar. */
function readFirst(text: string, version: (typeof VERSIONS)[number]): unknown {
  const { contents, errors, warnings } = parseDocument(text, { version, logLevel: 'silent', merge: true })
  const map = isSeq(contents) ? contents.items[0] : contents
  const value = isMap(map) ? map.items[0]?.value : undefined
  return errors.length + warnings.length === 0 && isScalar(value) ? value.value : undefined
}

/**
 * JSON's string is a double-quoted scalar of YAML, once the characters that YAML does not print are escaped
 * too.
 */
function quote(value: string): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escapeCharacter)
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function isPrintable(value: string): boolean {
  return !/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/.test(value) && value.isWellFormed()
}

/** `|- # why` keeps its comment. */
function headerComment(source: string): string {
  return /^[|>][-+0-9]*([ \t]+#[^\r\n]*)/.exec(source)?.[1] ?? ''
}

function trailingLines(source: string): string {
  return /(?:\r?\n[ \t]*)*$/.exec(source)?.[0] ?? ''
}
