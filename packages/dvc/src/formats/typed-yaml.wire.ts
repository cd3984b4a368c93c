import { Failure, messageOf } from '@mlops-actions/diagnostics'
import { type Document, isAlias, isMap, isScalar, isSeq, parseDocument, type Scalar } from 'yaml'
import { assertReadable, bad, MAX_YAML_BYTES, MAX_YAML_DEPTH } from './yaml.wire.ts'

/** A number by the text that Python's `str()` gives it: it stands in names of stages and in paths. */
export interface PythonNumber {
  readonly number: string
}
/** A value as Python reads it from YAML 1.2 or JSON. */
export type TypedValue = null | boolean | string | PythonNumber | TypedMap | readonly TypedValue[]
/** Keys by their `str()`. */
export type TypedMap = ReadonlyMap<string, TypedValue>

const INT = /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)$/
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/

/**
 * Reads YAML with types: ruamel.yaml's resolver of YAML 1.2 (resolver.py), by which `0.10` is the number 0.1 and
 * `'0.10'` is text. JSON is read the same way.
 * @param file relative path, for sentences
 * @throws Failure `config` with the parser's words
 */
export function parseTypedYaml(text: string, file: string): TypedValue {
  if (Buffer.byteLength(text) > MAX_YAML_BYTES) throw bad(file, `it is larger than ${MAX_YAML_BYTES} bytes`)
  try {
    const document = parseDocument(text, {
      schema: 'failsafe',
      version: '1.2',
      logLevel: 'error',
      merge: true,
    })
    assertReadable(document, text, file)
    return typedValue(document, document.contents, { file, depth: 0, budget: { left: 1_000_000 } })
  } catch (error) {
    if (error instanceof Failure) throw error
    throw bad(file, messageOf(error).split('\n')[0] ?? '')
  }
}

interface Place {
  readonly file: string
  readonly depth: number
  /** Values that may still be made: aliases of aliases grow without bound otherwise. */
  readonly budget: { left: number }
}

function typedValue(document: Document, node: unknown, place: Place): TypedValue {
  const { depth, budget, file } = place
  if (depth > MAX_YAML_DEPTH || --budget.left < 0) throw new Error('it is nested too deeply')
  const inner = { file, budget, depth: depth + 1 }
  if (node === null || node === undefined) return null
  if (isAlias(node)) return typedValue(document, node.resolve(document), inner)
  if (isScalar(node)) return typedScalar(node)
  if (isSeq(node)) return node.items.map((item) => typedValue(document, item, inner))
  if (!isMap(node)) throw new Error('it holds a value that is neither text, list nor mapping')
  const own = new Map<string, TypedValue>()
  const merged = new Map<string, TypedValue>()
  for (const { key, value } of node.items) {
    const name = keyOf(key)
    const typed = typedValue(document, value, inner)
    if (name !== '<<') own.set(name, typed)
    else
      for (const [inherited, part] of mergedPairs(typed))
        if (!merged.has(inherited)) merged.set(inherited, part)
  }
  return new Map([...merged, ...own])
}

/** `<<: *base` or `<<: [*a, *b]`, the first of which wins. */
function mergedPairs(value: TypedValue): [string, TypedValue][] {
  const maps: readonly TypedValue[] = isTypedList(value) ? value : [value]
  return maps.flatMap((map) => (isTypedMap(map) ? [...map] : []))
}

function keyOf(key: unknown): string {
  if (!isScalar(key)) throw new Error('a key in it is no text')
  return pythonText(typedScalar(key))
}

function typedScalar({ type, source, value, tag }: Scalar): TypedValue {
  const text = typeof value === 'string' ? value : (source ?? '')
  if (type !== 'PLAIN' || tag !== undefined) return text
  if (/^(?:|~|null|Null|NULL)$/.test(text)) return null
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  if (INT.test(text)) return { number: pythonInt(text) }
  if (FLOAT.test(text)) return { number: pythonFloat(floatOf(text)) }
  return text
}

function pythonInt(text: string): string {
  const digits = text.replaceAll('_', '')
  const negative = digits.startsWith('-')
  const bare = digits.replace(/^[-+]/, '')
  const value = BigInt(/^0[box]/.test(bare) ? bare : bare.replace(/^0+(?=\d)/, ''))
  return String(negative ? -value : value)
}

function floatOf(text: string): number {
  const bare = text.replaceAll('_', '').toLowerCase()
  if (bare.endsWith('.inf')) return bare.startsWith('-') ? -Infinity : Infinity
  return bare === '.nan' ? Number.NaN : Number(bare)
}

/** `repr()` of a float (Python's float_repr_style "short"): the digits are JavaScript's, the form is not. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [mantissa = '', power = '0'] = value.toExponential().split('e')
  const exponent = Number(power)
  if (exponent < -4 || exponent >= 16)
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  const plain = String(value)
  return plain.includes('.') ? plain : `${plain}.0`
}

/** What a template puts into text: DVC's `to_str` (dvc/parsing/interpolate.py), for what is no list and no mapping. */
export function pythonText(value: null | boolean | string | PythonNumber | TypedValue): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'string') return value
  if (isPythonNumber(value)) return value.number
  throw new Error('a list or a mapping stands where text is needed')
}

export function isTypedMap(value: TypedValue | undefined): value is TypedMap {
  return value instanceof Map
}

export function isTypedList(value: TypedValue | undefined): value is readonly TypedValue[] {
  return Array.isArray(value)
}

function isPythonNumber(value: TypedValue): value is PythonNumber {
  return typeof value === 'object' && value !== null && 'number' in value
}
