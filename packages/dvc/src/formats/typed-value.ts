/** A number by the text that Python's `str()` gives it: it stands in names of stages and in paths. */
export interface PythonNumber {
  readonly number: string
}
/** A date or a time: DVC takes it for no variable and for no text. */
export interface PythonDate {
  readonly date: string
}
/** A value as Python reads it from YAML 1.2 or JSON. */
export type TypedValue =
  | null
  | boolean
  | string
  | PythonNumber
  | PythonDate
  | TypedMap
  | readonly TypedValue[]
/** Keys by their `str()`. */
export interface TypedMap extends ReadonlyMap<string, TypedValue> {
  /** Those of the keys that are no text: numbers, booleans, nothing. */
  readonly otherKeys?: ReadonlySet<string>
}

const INT = /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)$/
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const DATE =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/

/** What ruamel.yaml's resolver of YAML 1.2 makes of a scalar without quotes (resolver.py). */
export function plainValue(text: string): TypedValue {
  if (/^(?:|~|null|Null|NULL)$/.test(text)) return null
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  if (INT.test(text)) return { number: pythonInt(text) }
  if (FLOAT.test(text)) return { number: pythonFloat(floatOf(text)) }
  return DATE.test(text) ? { date: text } : text
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
export function pythonText(value: TypedValue): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'string') return value
  if (isPythonNumber(value)) return value.number
  if (isPythonDate(value)) return value.date
  throw new Error('a list or a mapping stands where text is needed')
}

export function isTypedMap(value: TypedValue | undefined): value is TypedMap {
  return value instanceof Map
}

export function isTypedList(value: TypedValue | undefined): value is readonly TypedValue[] {
  return Array.isArray(value)
}

export function isPythonNumber(value: TypedValue | undefined): value is PythonNumber {
  return typeof value === 'object' && value !== null && 'number' in value
}

export function isPythonDate(value: TypedValue | undefined): value is PythonDate {
  return typeof value === 'object' && value !== null && 'date' in value
}

/** Whether Python calls it an `int`. */
export function isWholeNumber(value: TypedValue | undefined): value is PythonNumber {
  return isPythonNumber(value) && /^-?\d+$/.test(value.number)
}
