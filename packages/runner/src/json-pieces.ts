import type { JsonValue } from '@mlops-actions/diagnostics'

/**
 * Items of a list, or plain values of an object, that become text together: texts of 20 kB go with the young generation, those of
 * 200 kB stay until the next mark.
 */
const GROUP = 100

/** What `JSON.stringify(value)` says, in pieces: the list of a hundred thousand files is never one text. */
export function* jsonPieces(value: JsonValue, group = GROUP): Generator<string> {
  if (value === null || typeof value !== 'object') return yield JSON.stringify(value)
  if (isList(value)) {
    yield '['
    for (let at = 0; at < value.length; at += group)
      yield `${at > 0 ? ',' : ''}${JSON.stringify(value.slice(at, at + group)).slice(1, -1)}`
    return yield ']'
  }
  let [opening, plain]: [string, [string, JsonValue][]] = ['{', []]
  const entries = Object.entries(value)
  for (const [at, [key, item]] of entries.entries()) {
    const isNested = item !== null && typeof item === 'object'
    if (item !== undefined && !isNested) plain.push([key, item])
    if (plain.length > 0 && (isNested || plain.length >= group || at === entries.length - 1)) {
      yield `${opening}${JSON.stringify(Object.fromEntries(plain)).slice('{'.length, -'}'.length)}`
      ;[opening, plain] = [',', []]
    }
    if (!isNested) continue
    yield `${opening}${JSON.stringify(key)}:`
    opening = ','
    yield* jsonPieces(item, group)
  }
  yield opening === '{' ? '{}' : '}'
}

/**
 * What `JSON.stringify(value, undefined, 2)` says, in pieces that end between the items of a long list: no secret reaches from
 * one into the next, and whoever hides secrets in a text needs several times its memory.
 * @param group items of a list that make it long
 */
export function* prettyPieces(value: JsonValue, group = GROUP): Generator<string> {
  if (value === null || typeof value !== 'object' || isList(value))
    return yield JSON.stringify(value, undefined, 2)
  let text = ''
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue
    text += `${text === '' ? '{' : ','}\n  ${JSON.stringify(key)}: `
    if (!isList(item) || item.length <= group) text += inside(item)
    else {
      for (let at = 0; at < item.length; at += group) {
        if (at > 0) yield text
        text = `${at > 0 ? ',' : `${text}[`}${inside(item.slice(at, at + group)).slice('['.length, -END.length)}`
      }
      text += END
    }
  }
  yield text === '' ? '{}' : `${text}\n}`
}

const END = '\n  ]'

/** No text in JSON has an end of line. */
function inside(value: JsonValue): string {
  return JSON.stringify(value, undefined, 2).replaceAll('\n', '\n  ')
}

export function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
