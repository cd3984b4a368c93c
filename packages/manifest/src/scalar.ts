import { parseDocument, Scalar } from 'yaml'

/** The old text of a scalar and the characters on both sides of it. */
export interface ScalarText {
  readonly source: string
  readonly before: string
  readonly after: string
}

/**
 * New text for a scalar that keeps the quotes of the old one, and the comment of a block scalar's header.
 */
export function rewriteScalar(scalar: Scalar, { source, before, after }: ScalarText, value: string): string {
  switch (scalar.type) {
    case Scalar.QUOTE_SINGLE:
      return isPrintable(value) ? `'${value.replaceAll("'", "''")}'` : quote(value)
    case Scalar.QUOTE_DOUBLE:
      return quote(value)
    case Scalar.BLOCK_FOLDED:
    case Scalar.BLOCK_LITERAL:
      return `${plainOrQuoted(value)}${headerComment(source)}${trailingLines(source)}`
    default:
      return source === '' ? separate(before, plainOrQuoted(value), after) : plainOrQuoted(value)
  }
}

/** A value where there was none: `image:` and `image: # none yet` need a blank around it. */
function separate(before: string, text: string, after: string): string {
  return `${/\S/.test(before) ? ' ' : ''}${text}${after === '#' ? ' ' : ''}`
}

/** Plain if every reader takes it for this very string; `1234567`, `12e4567`, `on` and `1:30` are not. */
function plainOrQuoted(value: string): string {
  return isPlainString(value) ? value : quote(value)
}

/** YAML 1.1 and 1.2, in block and in flow context: kustomize and kubectl read 1.1, most editors 1.2. */
function isPlainString(value: string): boolean {
  // A YAML 1.1 reader ends the line at U+0085 and U+2028, which the parser here does not.
  if (!/^[\w./]/.test(value) || !isPrintable(value)) return false
  return (['1.1', '1.2'] as const).every((version) =>
    [`key: ${value}\n`, `{key: ${value}}\n`, `[{key: ${value}, more: 1}]\n`].every((text) => {
      const document = parseDocument(text, { version, logLevel: 'silent', merge: true })
      const isSound = document.errors.length === 0 && document.warnings.length === 0
      return isSound && valueIn(document.toJS()) === value
    }),
  )
}

/** Whether the text of a plain or quoted scalar means this very string. */
export function readsBackAs(text: string, value: string): boolean {
  const document = parseDocument(`key: ${text}\n`, { logLevel: 'silent', merge: true })
  return document.errors.length === 0 && valueIn(document.toJS()) === value
}

function valueIn(parsed: { key?: unknown } | [{ key?: unknown }]): unknown {
  return Array.isArray(parsed) ? parsed[0].key : parsed.key
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
