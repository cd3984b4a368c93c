import { plainValue, type TypedMap, type TypedValue } from './typed-value.ts'

/** A file of DVC's own shape has a few hundred bytes. */
const MOST = 64 * 1024
/** A key at the margin, the first of an item of a list, or one of its others; then nothing, text in quotes, or plain text. */
const LINE = /(- | {2}|)([a-z][a-z_\d]*):(?: (?:'([^'\n]*)'|([\w./][^'":#\n]*)))?\n/y
/** What is printable, stands for itself and is no end of a line to anybody: others are for a parser. */
const HARMLESS = /^[\n\x20-\x7e\xa1-\u1fff\u3001-\ud7ff]*$/
/** Keys that are no text, and the end of a value that would not belong to it. */
const OTHERWISE = /^(?:|- | {2})(?:null|true|false):| $/m

/**
 * Reads what DVC writes into most `.dvc` files: keys at the margin, each with a value on its line or with a list of flat
 * mappings. It takes a fifteenth of the time that a parser of YAML takes, and there may be ten thousand of these files.
 * @returns undefined for every other text, be it YAML or none: that is for `parseTypedYaml`, which says the same of these
 */
export function readPlainYaml(text: string): TypedMap | undefined {
  if (text === '' || text.length > MOST || !HARMLESS.test(text) || OTHERWISE.test(text)) return undefined
  const top = new Map<string, TypedValue>()
  let list: Map<string, TypedValue>[] | undefined
  LINE.lastIndex = 0
  while (LINE.lastIndex < text.length) {
    const [line, indent, key = '', quoted, plain] = LINE.exec(text) ?? []
    if (line === undefined) return undefined
    const value = quoted ?? (plain === undefined ? undefined : plainValue(plain))
    if (indent === '- ') list?.push(new Map())
    const map = indent === '' ? top : list?.at(-1)
    if (map === undefined || map.has(key)) return undefined
    if (indent === '') {
      // A list that nothing came of is no list.
      if (list?.length === 0) return undefined
      list = value === undefined ? [] : undefined
      map.set(key, value ?? list ?? null)
    } else if (value === undefined) return undefined
    else map.set(key, value)
  }
  return list?.length === 0 ? undefined : top
}
