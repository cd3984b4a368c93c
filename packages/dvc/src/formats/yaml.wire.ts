import { Failure, messageOf } from '@mlops-actions/diagnostics'
import { type Document, isMap, parseDocument } from 'yaml'
import { invalidFile } from '../invalid.ts'

/** A YAML value with every scalar as the text that stands there: an MD5 of digits alone stays what it is. */
export type YamlValue = string | YamlMap | readonly YamlValue[]
/** A Map, so that a key such as `__proto__` is a key and nothing else. */
export type YamlMap = ReadonlyMap<string, YamlValue>

/** A lock of 100,000 stages is smaller; nothing real comes near. */
export const MAX_YAML_BYTES = 16 * 1024 * 1024
export const MAX_YAML_DEPTH = 60

/**
 * Reads one of DVC's files as a mapping; an empty one has no keys.
 * @param file relative path, for sentences
 * @throws Failure `config` with the parser's words and line
 */
export function parseYamlMap(text: string, file: string): YamlMap {
  if (Buffer.byteLength(text) > MAX_YAML_BYTES) throw bad(file, `it is larger than ${MAX_YAML_BYTES} bytes`)
  const value = toValue(readDocument(text, file), file, 0)
  if (value === '') return new Map()
  if (!(value instanceof Map)) throw bad(file, 'it does not hold a mapping')
  return value
}

function readDocument(text: string, file: string): unknown {
  try {
    const document = parseDocument(text, { schema: 'failsafe', version: '1.2', logLevel: 'error' })
    assertReadable(document, text, file)
    if (document.contents !== null && !isMap(document.contents)) return 'x'
    return document.toJS({ mapAsMap: true, maxAliasCount: 100 })
  } catch (error) {
    if (error instanceof Failure) throw error
    throw bad(file, messageOf(error).split('\n')[0] ?? '')
  }
}

/** @throws Failure `config` for what people do to such files; the parser's own error for anything else */
export function assertReadable({ errors }: Pick<Document, 'errors'>, text: string, file: string): void {
  const [problem] = errors
  if (problem === undefined) return
  if (/^<{7} /m.test(text))
    throw invalidFile(
      file,
      'it holds the marks of an unfinished merge',
      'Finish the merge: keep one side of each conflict',
    )
  if (problem.code === 'MULTIPLE_DOCS') throw bad(file, 'it holds several documents')
  throw problem
}

/**
 * DVC's YAML takes U+2028 and U+2029 for line breaks, as YAML 1.1 did: it writes the indentation of a new line behind
 * them, and skips it when it reads (ruamel.yaml, emitter.py and scanner.py).
 */
export function unfolded(text: string): string {
  return text.replace(/([\u2028\u2029])[ \t]+/g, '$1')
}

function toValue(raw: unknown, file: string, depth: number): YamlValue {
  if (depth > MAX_YAML_DEPTH) throw bad(file, 'it is nested too deeply')
  if (raw === null || raw === undefined) return ''
  if (typeof raw === 'string') return unfolded(raw)
  if (Array.isArray(raw)) return raw.map((item) => toValue(item, file, depth + 1))
  if (!(raw instanceof Map)) throw bad(file, 'it holds a value that is neither text, list nor mapping')
  const map = new Map<string, YamlValue>()
  for (const [key, value] of raw) {
    if (typeof key !== 'string') throw bad(file, 'a key in it is no text')
    map.set(key, toValue(value, file, depth + 1))
  }
  return map
}

export function bad(file: string, seen: string) {
  return invalidFile(file, seen, 'Restore the file from git, or let DVC write it again')
}

export function textAt(map: YamlMap, key: string): string | undefined {
  const value = map.get(key)
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function mapAt(map: YamlMap, key: string): YamlMap | undefined {
  const value = map.get(key)
  return value instanceof Map ? value : undefined
}

/** The items of a list, none when there is nothing; undefined for anything else. */
export function listAt(map: YamlMap, key: string): readonly YamlValue[] | undefined {
  const value = map.get(key)
  if (value === undefined || value === '') return []
  return Array.isArray(value) ? value : undefined
}
