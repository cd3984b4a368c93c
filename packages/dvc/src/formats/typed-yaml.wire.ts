import { Failure, messageOf } from '@mlops-actions/diagnostics'
import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar } from 'yaml'
import {
  isPythonNumber,
  isTypedList,
  isTypedMap,
  isWholeNumber,
  plainValue,
  pythonFloat,
  pythonText,
  type TypedMap,
  type TypedValue,
} from './typed-value.ts'
import { assertReadable, bad, MAX_YAML_BYTES, MAX_YAML_DEPTH, unfolded } from './yaml.wire.ts'

/**
 * Reads YAML with types: ruamel.yaml's resolver of YAML 1.2 (resolver.py), by which `0.10` is the number 0.1 and
 * `'0.10'` is text. JSON is read the same way.
 * @param file relative path, for sentences
 * @throws Failure `config` with the parser's words
 */
export function parseTypedYaml(text: string, file: string): TypedValue {
  if (Buffer.byteLength(text) > MAX_YAML_BYTES) throw bad(file, `it is larger than ${MAX_YAML_BYTES} bytes`)
  try {
    assertPrintable(text)
    // Python reads every end of a line as LF.
    const document = parseDocument(text.replace(/\r\n?/g, '\n'), {
      schema: 'failsafe',
      version: '1.2',
      logLevel: 'error',
      merge: true,
    })
    assertReadable(document, text, file)
    const { explicit, version } = document.directives?.yaml ?? {}
    if (explicit === true && version !== '1.2') throw new Error(`it is written in YAML ${version}, not 1.2`)
    const directive = document.warnings.find(({ code }) => code === 'BAD_DIRECTIVE')
    if (directive !== undefined) throw directive
    return typedValue(document, document.contents, { depth: 0, isCopy: false, budget: { left: 100_000 } })
  } catch (error) {
    if (error instanceof Failure) throw error
    // The parser shows the line itself behind a colon.
    throw bad(file, messageOf(error).split('\n')[0]?.replace(/:$/, '') ?? '')
  }
}

/** What ruamel.yaml's reader takes (reader.py, NON_PRINTABLE); a mark of byte order stands in the beginning alone. */
function assertPrintable(text: string): void {
  const found = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|(?<!^)\ufeff/u.exec(text)
  const code = found?.[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
  if (code !== undefined)
    throw new Error(`the character U+${code} stands in it as it is, and not as an escape`)
}

interface Place {
  readonly depth: number
  /** Whether an alias stands for it. */
  readonly isCopy: boolean
  /** Copies that may still be made: aliases of aliases grow without bound otherwise. */
  readonly budget: { left: number }
}

function typedValue(document: Document, node: unknown, place: Place): TypedValue {
  const { depth, isCopy, budget } = place
  if (depth > MAX_YAML_DEPTH || (isCopy && --budget.left < 0)) throw new Error('it is nested too deeply')
  const inner = { budget, isCopy, depth: depth + 1 }
  if (node === null || node === undefined) return null
  if (isAlias(node)) {
    const anchored = node.resolve(document)
    if (anchored === undefined) throw new Error(`its alias *${node.source} stands for nothing`)
    return typedValue(document, anchored, { ...inner, isCopy: true })
  }
  if (isScalar(node)) {
    if (node.type === 'PLAIN' && (node.value === '=' || node.value === '<<'))
      throw new Error(`it holds a bare ${node.value}, which is text only in quotes`)
    return typedScalar(node)
  }
  if ((isSeq(node) || isMap(node)) && !/^(?:tag:yaml\.org,2002:(?:seq|map)|!)?$/.test(node.tag ?? ''))
    throw new Error(`it uses the tag ${node.tag}`)
  if (isSeq(node)) return node.items.map((item) => typedValue(document, item, inner))
  if (!isMap(node)) throw new Error('it holds a value that is neither text, list nor mapping')
  return typedMap(node.items, (item) => typedValue(document, item, inner))
}

function typedMap(items: readonly Pair<unknown, unknown>[], typed: (node: unknown) => TypedValue): TypedMap {
  const own = new Map<string, TypedValue>()
  const merged = new Map<string, TypedValue>()
  const otherKeys = new Set<string>()
  for (const { key, value } of items) {
    if (!isScalar(key)) throw new Error('a key in it is no text')
    const name = typedScalar(key)
    const text = pythonText(name)
    if (text !== '<<' || key.type !== 'PLAIN' || key.tag !== undefined) own.set(text, typed(value))
    else
      for (const [inherited, part] of mergedPairs(typed(value)))
        if (!merged.has(inherited)) merged.set(inherited, part)
    if (typeof name !== 'string') otherKeys.add(text)
  }
  const all: TypedMap = new Map([...merged, ...own])
  return otherKeys.size === 0 ? all : Object.assign(all, { otherKeys })
}

/** `<<: *base` or `<<: [*a, *b]`, the first of which wins. */
function mergedPairs(value: TypedValue): [string, TypedValue][] {
  const maps: readonly TypedValue[] = isTypedList(value) ? value : [value]
  if (!maps.every(isTypedMap)) throw new Error('it merges (<<) what is no mapping')
  return maps.flatMap((map) => [...map])
}

function typedScalar({ type, source, value, tag }: Scalar): TypedValue {
  const text = unfolded(typeof value === 'string' ? value : (source ?? ''))
  if (tag !== undefined) return taggedValue(tag, text)
  if (type !== 'PLAIN') return text
  return plainValue(text)
}

/** `!!int "5"` is what `5` is, `! "5"` as well. */
function taggedValue(tag: string, text: string): TypedValue {
  const plain = plainValue(text)
  const isTrue = /^(?:y|yes|true|on)$/i.test(text)
  if (tag === 'tag:yaml.org,2002:str') return text
  if (tag === '!' && text !== '=' && text !== '<<') return plain
  if (tag === 'tag:yaml.org,2002:null') return null
  if (tag === 'tag:yaml.org,2002:int' && isWholeNumber(plain)) return plain
  if (tag === 'tag:yaml.org,2002:float' && isPythonNumber(plain))
    return isWholeNumber(plain) ? { number: pythonFloat(Number(plain.number)) } : plain
  if (tag === 'tag:yaml.org,2002:bool' && (isTrue || /^(?:n|no|false|off)$/i.test(text))) return isTrue
  throw new Error(`it uses the tag ${tag} for "${text.slice(0, 40)}"`)
}
