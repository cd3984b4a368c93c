import type { SandboxRequest } from '../server.ts'
import { invalid } from './errors.ts'

type Fields = Readonly<Record<string, unknown>>

/** The fields of one call, by their proto names: the query of a GET, the JSON body of everything else. */
export interface Input {
  /** Throws INVALID_PARAMETER_VALUE when absent, empty or not a string. */
  text(name: string): string
  optionalText(name: string): string | undefined
  /** Throws when absent; accepts what proto JSON accepts for a double: a number, `NaN`, `Infinity`, a numeric string. */
  number(name: string): number
  optionalNumber(name: string): number | undefined
  /** Throws when absent or not an integer; versions travel as strings. */
  version(name: string): number
  texts(name: string): readonly string[]
  /** The entries of a repeated message. */
  list(name: string): readonly Input[]
  flag(name: string): boolean
}

/** Unknown fields are ignored, as `parse_dict(ignore_unknown_fields=True)` does (mlflow/utils/proto_json_utils.py). */
export function readInput(request: SandboxRequest): Input {
  if (request.method === 'GET') return createInput(queryFields(request.query))
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    throw invalid("Bad Request. Content-Type must be one of ['application/json'].")
  }
  return createInput(parseFields(request.body.toString('utf8')))
}

function queryFields(query: URLSearchParams): Fields {
  return Object.fromEntries([...new Set(query.keys())].map((key) => [key, single(query.getAll(key))]))
}

function single(values: readonly string[]): unknown {
  return values.length === 1 ? values[0] : values
}

/** An unparsable body is read as an empty one (flask `get_json(silent=True)`): a missing parameter is the complaint. */
function parseFields(text: string): Fields {
  try {
    return toFields(JSON.parse(text))
  } catch {
    return {}
  }
}

function toFields(value: unknown): Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {}
}

function createInput(fields: Fields): Input {
  const optionalText = (name: string): string | undefined => {
    const value = fields[name]
    if (value === undefined || value === null) return undefined
    if (typeof value === 'string') return value
    throw wrongType(name, value)
  }
  const optionalNumber = (name: string): number | undefined => toNumber(name, fields[name])
  const text = (name: string): string => required(name, optionalText(name) || undefined)
  return {
    text,
    optionalText,
    optionalNumber,
    number: (name) => required(name, optionalNumber(name)),
    version: (name) => toVersion(name, fields[name]),
    texts: (name) => toList(fields[name]).map((value) => String(value)),
    list: (name) => toList(fields[name]).map((value) => createInput(toFields(value))),
    flag: (name) => fields[name] === true || fields[name] === 'true',
  }
}

function required<T>(name: string, value: T | undefined): T {
  if (value !== undefined) return value
  throw invalid(
    `Missing value for required parameter '${name}'. See the API docs for more information about request parameters.`,
  )
}

function wrongType(name: string, value: unknown): Error {
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value)
  const hint = `Hint: Value was of type '${pythonType(value)}'.`
  return invalid(
    `Invalid value ${shown} for parameter '${name}' supplied:  ${hint} See the API docs for more information about request parameters.`,
  )
}

function pythonType(value: unknown): string {
  if (typeof value === 'string') return 'str'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  return Array.isArray(value) ? 'list' : 'dict'
}

const SPECIAL: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
}

function toNumber(name: string, value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number') return value
  if (typeof value !== 'string') throw wrongType(name, value)
  const special = SPECIAL[value]
  if (special !== undefined) return special
  if (value.trim() === '' || Number.isNaN(Number(value))) throw wrongType(name, value)
  return Number(value)
}

function toVersion(name: string, value: unknown): number {
  const text = required(name, value === undefined || value === null ? undefined : String(value))
  if (/^-?\d+$/.test(text)) return Number(text)
  throw invalid(`Parameter '${name}' must be an integer, got '${text}'.`)
}

function toList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
