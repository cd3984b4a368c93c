import type { data as Data } from '@actions/expressions'
import { expressions } from './official.ts'
import { isMapping, type Json, mappingOf, textOf } from './values.ts'

export interface ExpressionFunction {
  readonly minArgs: number
  readonly maxArgs: number
  readonly call: (...args: string[]) => Json
}

/** What an expression can see. A context that is not listed is an unrecognized name, as on GitHub. */
export interface Scope {
  readonly contexts: Readonly<Record<string, Json>>
  readonly functions?: Readonly<Record<string, ExpressionFunction>>
}

const STATUS_FUNCTIONS = new Set(['success', 'failure', 'cancelled', 'always'])

/** Evaluates one expression without its `${{ }}`. Throws GitHub's own message for a wrong one. */
export function evaluateExpression(text: string, scope: Scope): Json {
  const functions = Object.entries(scope.functions ?? {}).map(([name, { minArgs, maxArgs }]) => ({
    name,
    minArgs,
    maxArgs,
  }))
  const { tokens } = new expressions.Lexer(text).lex()
  const tree = new expressions.Parser(tokens, Object.keys(scope.contexts), functions).parse()
  return fromData(new expressions.Evaluator(tree, contextsIn(text, scope), definitionsOf(scope)).evaluate())
}

/** Evaluates text with `${{ }}` parts: one part alone keeps its type, anything else becomes a string. */
export function evaluateTemplate(text: string, scope: Scope): Json {
  const parts = splitTemplate(text)
  const [only] = parts
  if (only === undefined) return ''
  if (parts.length === 1)
    return 'expression' in only ? evaluateExpression(only.expression, scope) : only.literal
  return parts
    .map((part) => ('expression' in part ? textOf(evaluateExpression(part.expression, scope)) : part.literal))
    .join('')
}

export function evaluateText(text: string, scope: Scope): string {
  return textOf(evaluateTemplate(text, scope))
}

/** Evaluates every string in a value, keys of mappings included. */
export function evaluateDeep(value: Json, scope: Scope): Json {
  if (typeof value === 'string') return evaluateTemplate(value, scope)
  if (Array.isArray(value)) return value.map((item) => evaluateDeep(item, scope))
  if (!isMapping(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [evaluateText(key, scope), evaluateDeep(item, scope)]),
  )
}

/**
 * Evaluates an `if:`. Without a status function in it, `success()` stands before it; text that mixes
 * literals and `${{ }}` becomes a string, which is true unless empty (both as the runner does it).
 */
export function evaluateCondition(condition: string | undefined, scope: Scope): boolean {
  const expression = conditionExpression(condition ?? '')
  const whole = callsStatusFunction(expression)
    ? expression
    : expression === ''
      ? 'success()'
      : `success() && (${expression})`
  const value = evaluateExpression(whole, scope)
  return value !== null && value !== false && value !== 0 && value !== '' && !Number.isNaN(value)
}

function conditionExpression(condition: string): string {
  const parts = splitTemplate(condition.trim())
  const [only] = parts
  if (only === undefined) return ''
  if (parts.length === 1) return 'expression' in only ? only.expression : only.literal
  const words = parts.map((part) =>
    'expression' in part ? part.expression : `'${part.literal.replaceAll("'", "''")}'`,
  )
  const holes = parts.map((_, index) => `{${index}}`).join('')
  return `format('${holes}', ${words.join(', ')})`
}

function callsStatusFunction(expression: string): boolean {
  if (expression.trim() === '') return false
  const { tokens } = new expressions.Lexer(expression).lex()
  return tokens.some(
    (token, at) => STATUS_FUNCTIONS.has(token.lexeme.toLowerCase()) && tokens[at + 1]?.lexeme === '(',
  )
}

type TemplatePart = { readonly literal: string } | { readonly expression: string }

/** Splits text at its `${{ }}`; a `}}` inside a quoted string does not end an expression. */
export function splitTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = []
  let rest = text
  for (;;) {
    const start = rest.indexOf('${{')
    if (start < 0) break
    const end = endOfExpression(rest, start + 3)
    if (start > 0) parts.push({ literal: rest.slice(0, start) })
    parts.push({ expression: rest.slice(start + 3, end).trim() })
    rest = rest.slice(end + 2)
  }
  if (rest !== '') parts.push({ literal: rest })
  return parts
}

function endOfExpression(text: string, from: number): number {
  let quoted = false
  for (let at = from; at < text.length; at++) {
    if (text[at] === "'") quoted = !quoted
    else if (!quoted && text.startsWith('}}', at)) return at
  }
  throw new Error(
    `The expression is not closed. An unescaped \${{ sequence was found, but the closing }} sequence was not found: ${text}`,
  )
}

// An event payload can be large: only contexts that the expression names are converted.
function contextsIn(text: string, scope: Scope): Data.Dictionary {
  const words = text.toLowerCase()
  const named = Object.entries(scope.contexts).filter(([key]) => words.includes(key.toLowerCase()))
  const pairs = named.map(([key, value]) => ({ key, value: key === 'env' ? envData(value) : toData(value) }))
  return new expressions.data.Dictionary(...pairs)
}

/** Variables are told apart by case, except on Windows (actions/runner: CaseSensitiveDictionaryContextData). */
function envData(value: Json): Data.ExpressionData {
  const pairs = Object.entries(mappingOf(value)).map(([key, item]) => ({ key, value: toData(item) }))
  return new CaseSensitiveDictionary(pairs)
}

type Pair = { key: string; value: Data.ExpressionData }

class CaseSensitiveDictionary extends expressions.data.Dictionary {
  readonly #pairs: readonly Pair[]
  constructor(pairs: readonly Pair[]) {
    super()
    this.#pairs = pairs
  }
  override get(key: string): Data.ExpressionData | undefined {
    return this.#pairs.find((pair) => pair.key === key)?.value
  }
  override values(): Data.ExpressionData[] {
    return this.#pairs.map(({ value }) => value)
  }
  override pairs(): Pair[] {
    return [...this.#pairs]
  }
}

function definitionsOf(scope: Scope) {
  const entries = Object.entries(scope.functions ?? {}).map(([name, { minArgs, maxArgs, call }]) => {
    const run = (...args: Data.ExpressionData[]) => toData(call(...args.map((arg) => arg.coerceString())))
    return [name.toLowerCase(), { name, minArgs, maxArgs, call: run }] as const
  })
  return new Map(entries)
}

function toData(value: Json): Data.ExpressionData {
  const { data } = expressions
  if (value === null) return new data.Null()
  if (typeof value === 'string') return new data.StringData(value)
  if (typeof value === 'number') return new data.NumberData(value)
  if (typeof value === 'boolean') return new data.BooleanData(value)
  if (Array.isArray(value)) return new data.Array(...value.map(toData))
  return new data.Dictionary(...Object.entries(value).map(([key, item]) => ({ key, value: toData(item) })))
}

function fromData(value: Data.ExpressionData): Json {
  const { data } = expressions
  if (
    value instanceof data.StringData ||
    value instanceof data.BooleanData ||
    value instanceof data.NumberData
  )
    return value.value
  if (value instanceof data.Array) return value.values().map(fromData)
  if (value instanceof data.Dictionary)
    return Object.fromEntries(value.pairs().map((pair) => [pair.key, fromData(pair.value)]))
  return null
}
