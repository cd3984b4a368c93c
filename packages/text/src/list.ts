import { LINE_END, trimBlanks } from './blanks.ts'
import { Expected } from './expected.ts'

/** Items separated by new lines or commas; blanks around an item and empty items do not count. */
export function parseList(text: string): string[] {
  return text
    .split(LINE_END)
    .flatMap((line) => line.split(','))
    .map(trimBlanks)
    .filter((item) => item !== '')
}

/** Items on lines of their own, for values that may contain commas. Lines starting with `#` are comments. */
export function parseLines(text: string): string[] {
  return text
    .split(LINE_END)
    .map(trimBlanks)
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/** Lines of `key=value`; the value may contain `=`. A key stands once. */
export function parseKeyValues(text: string): ReadonlyMap<string, string> {
  return parsePairs(text, '=', 'lines of key=value')
}

/** Lines of `Name: value`, as HTTP headers are written (RFC 9110, 5.1 and 5.5). The case of a name does not count. */
export function parseHeaders(text: string): ReadonlyMap<string, string> {
  const want = 'lines of Name: value'
  const headers = parsePairs(text, ':', want)
  const seen = new Set<string>()
  for (const [name, value] of headers) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
      throw new Expected(`${want}, with an HTTP header name (RFC 9110) first`)
    if (!/^[\t\u0020-\u007e\u00a0-\u00ff]*$/.test(value))
      throw new Expected(`${want}, without control characters and other letters than Latin ones`)
    if (seen.has(name.toLowerCase())) throw new Expected(`${want}, each once (${name} stands twice)`)
    seen.add(name.toLowerCase())
  }
  return headers
}

function parsePairs(text: string, separator: string, want: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>()
  for (const line of parseLines(text)) {
    const at = line.indexOf(separator)
    const key = trimBlanks(line.slice(0, Math.max(0, at)))
    if (key === '') throw new Expected(want)
    if (pairs.has(key)) throw new Expected(`${want}, each key once (${key} stands twice)`)
    pairs.set(key, trimBlanks(line.slice(at + 1)))
  }
  return pairs
}
