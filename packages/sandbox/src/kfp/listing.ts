import { KfpError } from './errors.ts'
import { isObject, type Json, type JsonObject, listAt, parseJson, textAt } from './json.wire.ts'

/** What a list call may filter and sort by: API name -> value of one item. */
export type Columns<T> = Readonly<Record<string, (item: T) => string | number>>

export interface Listed<T> {
  readonly items: readonly T[]
  readonly total: number
  readonly nextPageToken: string
}

interface Token {
  readonly offset: number
  readonly sort: string
  readonly filter: string
}

/** `filter`, `sort_by`, `page_size` and `page_token` as apiserver/list and apiserver/filter treat them. */
export function listItems<T>(all: Iterable<T>, query: URLSearchParams, columns: Columns<T>): Listed<T> {
  const token = readToken(query)
  const sort = query.get('sort_by') || token?.sort || 'created_at asc'
  const filter = query.get('filter') || token?.filter || ''
  if (token && (token.sort !== sort || token.filter !== filter)) {
    throw invalid('page token does not match the supplied sort by and/or filtering criteria.')
  }
  const wanted = parseFilter(filter, columns)
  const found = [...all].filter(wanted).sort(comparing(sort, columns))
  const size = Math.min(readSize(query), 200)
  const offset = token?.offset ?? 0
  const next = offset + size < found.length ? formatToken({ offset: offset + size, sort, filter }) : ''
  return { items: found.slice(offset, offset + size), total: found.length, nextPageToken: next }
}

function invalid(message: string): KfpError {
  return new KfpError('InvalidArgument', message, 'Failed to create list options')
}

function readSize(query: URLSearchParams): number {
  const size = Number(query.get('page_size') ?? '0')
  if (size < 0) throw invalid('The page size should be greater than 0. Got a negative number')
  return size === 0 ? 20 : size
}

function formatToken(token: Token): string {
  return Buffer.from(JSON.stringify(token)).toString('base64')
}

function readToken(query: URLSearchParams): Token | undefined {
  const text = query.get('page_token')
  if (!text) return undefined
  try {
    const value = parseJson(Buffer.from(text, 'base64').toString('utf8'))
    if (isObject(value)) {
      return { offset: Number(value['offset']), sort: textAt(value, 'sort'), filter: textAt(value, 'filter') }
    }
  } catch {
    // Falls through: no token of ours.
  }
  throw invalid('Invalid package token')
}

function comparing<T>(sort: string, columns: Columns<T>): (left: T, right: T) => number {
  const [key = '', direction = 'asc'] = sort.trim().split(/\s+/)
  const column = columns[key]
  if (!column) throw invalid(`Invalid sorting field: "${key}"`)
  if (direction !== 'asc' && direction !== 'desc') throw invalid(`Received invalid sort by format "${sort}"`)
  const sign = direction === 'desc' ? -1 : 1
  return (left, right) => {
    const [a, b] = [column(left), column(right)]
    return a === b ? 0 : sign * (a < b ? -1 : 1)
  }
}

/** The parameter is unescaped once more after its normal decoding (server/list_request_util.go parseAPIFilter). */
function parseFilter<T>(text: string, columns: Columns<T>): (item: T) => boolean {
  if (text === '') return () => true
  let filter: Json
  try {
    filter = parseJson(decodeURIComponent(text.replaceAll('+', ' ')))
  } catch {
    throw invalid('failed to parse valid filter from provided string')
  }
  const predicates = listAt(filter, 'predicates')
    .filter(isObject)
    .map(snakeKeys)
    .map((each) => parsePredicate(each, columns))
  return (item) => predicates.every((matches) => matches(item))
}

/** Both spellings of proto JSON are legal; the SDK writes `stringValue`. */
function snakeKeys(predicate: JsonObject): JsonObject {
  const toSnake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return Object.fromEntries(Object.entries(predicate).map(([key, value]) => [toSnake(key), value]))
}

const OPERATIONS: Readonly<Record<string, string>> = {
  1: 'EQUALS',
  2: 'NOT_EQUALS',
  3: 'GREATER_THAN',
  5: 'GREATER_THAN_EQUALS',
  6: 'LESS_THAN',
  7: 'LESS_THAN_EQUALS',
  8: 'IN',
  9: 'IS_SUBSTRING',
}

function parsePredicate<T>(predicate: JsonObject, columns: Columns<T>): (item: T) => boolean {
  const column = columns[textAt(predicate, 'key')]
  if (!column) throw invalid(`no support for filtering on unrecognized field "${textAt(predicate, 'key')}"`)
  const named = String(predicate['operation'] ?? '')
  const operation = OPERATIONS[named] ?? named
  const value = readValue(predicate)
  const among = listAt(predicate, 'string_values', 'values').map(String)
  return (item) => {
    const actual = column(item)
    if (operation === 'IN') return among.includes(String(actual))
    if (operation === 'IS_SUBSTRING') return String(actual).includes(String(value))
    return compare(operation, actual, value)
  }
}

function readValue(predicate: JsonObject): string | number {
  const { timestamp_value: time, string_value: text, int_value: int, long_value: long } = predicate
  if (typeof time === 'string') return Math.floor(Date.parse(time) / 1000) * 1000
  if (typeof text === 'string') return text
  return Number(int ?? long ?? 0)
}

function compare(operation: string, actual: string | number, value: string | number): boolean {
  if (operation === 'EQUALS') return actual === value
  if (operation === 'NOT_EQUALS') return actual !== value
  if (operation === 'GREATER_THAN') return actual > value
  if (operation === 'GREATER_THAN_EQUALS') return actual >= value
  if (operation === 'LESS_THAN') return actual < value
  if (operation === 'LESS_THAN_EQUALS') return actual <= value
  throw invalid(`invalid predicate operation: ${operation}`)
}
