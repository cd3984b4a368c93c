import { Failure } from '@mlops-actions/diagnostics'
import { type Gate, OPERATORS, type Operand, type Operator, type Sum } from './gate.ts'

interface Token {
  readonly text: string
  readonly at: number
}

/**
 * A metric's name starts with a letter and may contain what MLflow allows there, but no blanks: letters, digits,
 * `_ . / : @`, and a `-` before a letter. Before a digit or a blank a `-` is a minus: `accuracy-0.005`.
 */
const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z0-9_./:@]*(?:-[A-Za-z_][A-Za-z0-9_./:@]*)*)|(>=|<=|==|!=|[><+-]))/y

/** What stands before the name of a metric of the model that serves now. */
const CHAMPION = 'champion.'

/**
 * Parses gates, one on a line: `accuracy >= 0.9`, `auc >= champion.auc - 0.01`, `p95_ms < 100`.
 * Empty lines and everything after `#` do not count.
 * @throws Failure `config` with line, column and a caret for every wrong line
 */
export function parseGates(text: string): Gate[] {
  const problems: string[] = []
  const gates: Gate[] = []
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const source = raw.replace(/#.*$/, '').trimEnd()
    if (source.trim() === '') continue
    const result = parseGate(source)
    if ('gate' in result) gates.push(result.gate)
    else
      problems.push(
        `line ${index + 1}, column ${result.at + 1}: ${result.problem}\n  ${source}\n  ${' '.repeat(result.at)}^`,
      )
  }
  if (problems.length === 0 && gates.length === 0 && text.trim() !== '')
    problems.push('there is nothing but comments')
  if (problems.length > 0) throw syntaxFailure(problems)
  return gates
}

type Parsed = { readonly gate: Gate } | { readonly problem: string; readonly at: number }

function parseGate(source: string): Parsed {
  const tokens = tokenize(source)
  if ('problem' in tokens) return tokens
  const at = tokens.findIndex((token) => isOperator(token.text))
  const operator = tokens[at]
  if (operator === undefined || !isOperator(operator.text)) {
    return { problem: `want a comparison (${OPERATORS.join(' ')})`, at: source.length }
  }
  const second = tokens.slice(at + 1).find((token) => isOperator(token.text))
  if (second !== undefined) return { problem: 'want one comparison on a line', at: second.at }
  const left = parseSum(tokens.slice(0, at), operator.at)
  if ('problem' in left) return left
  const right = parseSum(tokens.slice(at + 1), source.length)
  if ('problem' in right) return right
  if (![...left.sum, ...right.sum].some(({ operand }) => operand.kind === 'metric')) {
    return {
      problem: 'compares no metric of this run: the gate would not depend on what was trained',
      at: firstColumn(source),
    }
  }
  return { gate: { source: source.trim(), left: left.sum, operator: operator.text, right: right.sum } }
}

function tokenize(source: string): Token[] | { readonly problem: string; readonly at: number } {
  const tokens: Token[] = []
  for (let at = 0; at < source.length; ) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(source)
    const text = match?.[1] ?? match?.[2] ?? match?.[3]
    if (text !== undefined && /^\d/.test(text) && !Number.isFinite(Number(text))) {
      return { problem: `${text} is no finite number`, at: TOKEN.lastIndex - text.length }
    }
    if (text === undefined) {
      const column = at + (source.slice(at).length - source.slice(at).trimStart().length)
      return { problem: `"${source[column] ?? ''}" is no metric, number or comparison`, at: column }
    }
    tokens.push({ text, at: TOKEN.lastIndex - text.length })
    at = TOKEN.lastIndex
  }
  return tokens
}

/** `operand (± operand)*`, with an optional sign in front. */
function parseSum(
  tokens: readonly Token[],
  end: number,
): { readonly sum: Sum } | { readonly problem: string; readonly at: number } {
  const sum: { sign: 1 | -1; operand: Operand }[] = []
  let sign: 1 | -1 = 1
  let wantsOperand = true
  for (const { text, at } of tokens) {
    const isSign = text === '+' || text === '-'
    if (isSign && wantsOperand && sum.length > 0) return { problem: 'two signs in a row', at }
    if (!isSign && !wantsOperand) return { problem: 'want + or - between two values', at }
    if (text === CHAMPION) return { problem: 'names no metric of the champion', at }
    if (isSign) sign = text === '-' ? -1 : 1
    else sum.push({ sign, operand: parseOperand(text) })
    wantsOperand = isSign
  }
  return wantsOperand ? { problem: 'want a metric, champion.<metric> or a number', at: end } : { sum }
}

function parseOperand(text: string): Operand {
  if (/^\d/.test(text)) return { kind: 'number', value: Number(text) }
  if (text.startsWith(CHAMPION)) return { kind: 'champion', name: text.slice(CHAMPION.length) }
  return { kind: 'metric', name: text }
}

function isOperator(text: string): text is Operator {
  return OPERATORS.some((operator) => operator === text)
}

function firstColumn(source: string): number {
  return source.length - source.trimStart().length
}

function syntaxFailure(problems: readonly string[]): Failure {
  return new Failure({
    kind: 'config',
    code: 'GATE_SYNTAX',
    what: 'A gate cannot be read',
    on: 'the input `gate`',
    seen: problems.join('\n'),
    next: 'Write one comparison on a line, such as `accuracy >= 0.9` or `auc >= champion.auc - 0.01`',
  })
}
