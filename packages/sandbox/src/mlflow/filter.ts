import { invalid } from './errors.ts'

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'ILIKE' | 'IN'

/** One comparison of a filter; `entity` is empty when the key stands alone (`name = 'x'`). */
export interface Clause {
  readonly entity: string
  readonly key: string
  readonly operator: Operator
  /** Numbers are bare in the text, strings quoted; IN has several. */
  readonly values: readonly (string | number)[]
}

const NAME = '(?:`[^`]+`|"[^"]+"|[A-Za-z_][\\w.-]*)'
const CLAUSE = new RegExp(
  `^\\s*(?:([A-Za-z_]+)\\.)?(${NAME})\\s*(!=|<=|>=|=|<|>|I?LIKE\\b|IN\\b)\\s*(.+?)\\s*$`,
  'is',
)

/**
 * Parses `a = 'x' and metrics.b > 0.5 and tag.\`c.d\` = 'e'` (mlflow/utils/search_utils.py).
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function parseFilter(text: string | undefined): readonly Clause[] {
  if (text === undefined || text.trim() === '') return []
  return splitByAnd(text).map((part) => parseClause(part, text))
}

/** Splits at AND outside of quotes. */
function splitByAnd(text: string): readonly string[] {
  const tokens = text.match(/'[^']*'|"[^"]*"|`[^`]*`|[^'"`\s]+|\s+|['"`]/g) ?? []
  const parts: string[] = ['']
  for (const token of tokens) {
    if (token.toUpperCase() === 'AND') parts.push('')
    else parts[parts.length - 1] += token
  }
  return parts
}

function parseClause(part: string, whole: string): Clause {
  const [, entity = '', key = '', operator = '', value = ''] = CLAUSE.exec(part) ?? []
  if (key === '') throw invalid(`Invalid clause(s) in filter string: '${whole.trim()}'`)
  const name = toOperator(operator)
  const values = name === 'IN' ? parseList(value, whole) : [parseValue(value)]
  return { entity: entity.toLowerCase(), key: key.replace(/^[`"]|[`"]$/g, ''), operator: name, values }
}

function toOperator(text: string): Operator {
  const upper = text.toUpperCase()
  const known: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>=', 'LIKE', 'ILIKE', 'IN']
  const found = known.find((operator) => operator === upper)
  if (found === undefined) throw invalid(`Invalid comparator '${text}'`)
  return found
}

function parseList(text: string, whole: string): readonly (string | number)[] {
  const inner = /^\((.*)\)$/s.exec(text)?.[1]
  if (inner === undefined) throw invalid(`Invalid clause(s) in filter string: '${whole.trim()}'`)
  return (inner.match(/'[^']*'|"[^"]*"|[^,\s]+/g) ?? []).map(parseValue)
}

function parseValue(text: string): string | number {
  const quoted = /^'(.*)'$/s.exec(text)?.[1] ?? /^"(.*)"$/s.exec(text)?.[1]
  if (quoted !== undefined) return quoted
  if (text.trim() !== '' && !Number.isNaN(Number(text))) return Number(text)
  throw invalid(
    `Parameter value is either not quoted or unidentified quote types used for string value ${text}. Use either single or double quotes.`,
  )
}

/**
 * An absent attribute, tag or metric matches nothing, `!=` included, as the SQL join does. The exception is the clause
 * that the SDK adds to every search of registered models, lest it finds prompts (sqlalchemy_store.py).
 */
export function matches(clause: Clause, actual: string | number | undefined): boolean {
  if (actual === undefined) return clause.key === 'mlflow.prompt.is_prompt' && clause.operator === '!='
  const [first] = clause.values
  if (first === undefined) return false
  if (clause.operator === 'IN') return clause.values.some((value) => String(value) === String(actual))
  if (clause.operator === 'LIKE') return like(String(first), '').test(String(actual))
  if (clause.operator === 'ILIKE') return like(String(first), 'i').test(String(actual))
  return typeof actual === 'number'
    ? compare(clause.operator, actual, Number(first))
    : compare(clause.operator, actual, String(first))
}

function like(pattern: string, flags: string): RegExp {
  const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replace(/%/g, '.*').replace(/_/g, '.')}$`, `${flags}s`)
}

function compare<T extends string | number>(operator: Operator, left: T, right: T): boolean {
  if (operator === '=') return left === right
  if (operator === '!=') return left !== right
  if (operator === '<') return left < right
  if (operator === '<=') return left <= right
  return operator === '>' ? left > right : left >= right
}
