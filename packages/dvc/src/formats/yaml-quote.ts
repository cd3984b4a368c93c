/** What YAML 1.2 would read as something else than text, by ruamel.yaml's resolver (resolver.py). */
const OTHER_THAN_TEXT = [
  /^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|=|<<)$/,
  /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)$/,
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)?$/,
]
/** Characters that only double quotes can hold: controls, DEL, byte order marks, lone surrogates. */
const SPECIAL =
  /[\u0000-\u001f\u007f-\u0084\u0086-\u009f\ufeff\ufffe\uffff\u2028\u2029\u0085]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/
const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
}

/**
 * A name as a scalar of YAML in the quotes that ruamel.yaml gives it: none where it reads back as the same text, single
 * ones where it does not, double ones for what single quotes cannot hold (emitter.py, choose_scalar_style). Long names
 * with spaces are not folded, which each version does in its own way: any form that reads the same is DVC's too.
 */
export function quoteYaml(text: string): string {
  if (SPECIAL.test(text)) return doubleQuoted(text)
  if (isPlain(text)) return text
  return text.includes("'") ? doubleQuoted(text) : `'${text}'`
}

function isPlain(text: string): boolean {
  if (text === '' || /^ | $/.test(text)) return false
  if (/^(?:[#,[\]{}&*!|>'"%@`]|[-?:](?: |$)|---|\.\.\.)/.test(text)) return false
  if (/: |:$| #/.test(text)) return false
  return !OTHER_THAN_TEXT.some((pattern) => pattern.test(text))
}

function doubleQuoted(text: string): string {
  const escaped = [...text].map((char) => ESCAPES[char] ?? (SPECIAL.test(char) ? hexEscape(char) : char))
  return `"${escaped.join('')}"`
}

function hexEscape(char: string): string {
  const code = char.codePointAt(0) ?? 0
  if (code <= 0xff) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`
  return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
}
