import { Expected } from './expected.ts'

/** Items separated by new lines or commas; blanks around an item and empty items do not count. */
export function parseList(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/** Items on lines of their own, for values that may contain commas. Lines starting with `#` are comments. */
export function parseLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/** Lines of `key=value`; the value may contain `=`. A key stands once. */
export function parseKeyValues(text: string): ReadonlyMap<string, string> {
  return parsePairs(text, '=', 'lines of key=value')
}

/** Lines of `Name: value`, as HTTP headers are written. */
export function parseHeaders(text: string): ReadonlyMap<string, string> {
  const headers = parsePairs(text, ':', 'lines of Name: value')
  for (const name of headers.keys()) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
      throw new Expected('lines of Name: value, with an HTTP header name (RFC 9110) first')
  }
  return headers
}

function parsePairs(text: string, separator: string, want: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>()
  for (const line of parseLines(text)) {
    const at = line.indexOf(separator)
    const key = line.slice(0, Math.max(0, at)).trim()
    if (key === '') throw new Expected(want)
    if (pairs.has(key)) throw new Expected(`${want}, each key once (${key} stands twice)`)
    pairs.set(key, line.slice(at + 1).trim())
  }
  return pairs
}
