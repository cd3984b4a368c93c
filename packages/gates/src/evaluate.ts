import { addDecimals, compareDecimals, type Decimal, parseDecimal, toNumber, ZERO } from './decimal.ts'
import type { Gate, Operand, Operator, Sum } from './gate.ts'

/** Metrics by name. A value may be missing, NaN or infinite: then a gate on it fails. */
export type Metrics = Readonly<Record<string, number | undefined>>

export interface GateVerdict {
  readonly gate: Gate
  readonly passed: boolean
  /** The two sides as computed; undefined where a value was missing or no finite number. */
  readonly left: number | undefined
  readonly right: number | undefined
  /** One line for a person: `0.884 >= 0.871 - 0.005`, or what was missing. */
  readonly seen: string
}

export interface GateInput {
  readonly metrics: Metrics
  /** Metrics of the model that serves now; undefined when there is none yet. */
  readonly champion?: Metrics | undefined
}

/**
 * Judges every gate. A metric that is missing or no finite number fails its gate, whatever the comparison.
 * A comparison with the champion passes when there is no champion at all: the first model has nobody to beat.
 */
export function evaluateGates(gates: readonly Gate[], input: GateInput): GateVerdict[] {
  return gates.map((gate) => evaluateGate(gate, input))
}

function evaluateGate(gate: Gate, input: GateInput): GateVerdict {
  if (input.champion === undefined && usesChampion(gate)) {
    const missing = missingOf(
      [...gate.left, ...gate.right].filter(({ operand }) => operand.kind === 'metric'),
      input,
    )
    const seen = missing.length > 0 ? missing.join(', ') : 'there is no champion yet: nothing to beat'
    return { gate, passed: missing.length === 0, left: undefined, right: undefined, seen }
  }
  const missing = missingOf([...gate.left, ...gate.right], input)
  if (missing.length > 0)
    return { gate, passed: false, left: undefined, right: undefined, seen: missing.join(', ') }
  const left = total(gate.left, input)
  const right = total(gate.right, input)
  const passed = compare(compareDecimals(left, right), gate.operator)
  return { gate, passed, left: toNumber(left), right: toNumber(right), seen: describe(gate, input) }
}

/** Whether the gate compares with the model that serves now. */
export function usesChampion(gate: Gate): boolean {
  return [...gate.left, ...gate.right].some(({ operand }) => operand.kind === 'champion')
}

function missingOf(sum: Sum, input: GateInput): string[] {
  return sum.flatMap(({ operand }) => {
    if (operand.kind === 'number') return []
    const value = lookUp(operand, input)
    const name = operand.kind === 'champion' ? `champion.${operand.name}` : operand.name
    if (value === undefined) return [`${name} is missing`]
    return Number.isFinite(value) ? [] : [`${name} is ${value}`]
  })
}

function lookUp(operand: Operand, { metrics, champion }: GateInput): number | undefined {
  if (operand.kind === 'number') return operand.value
  const source = operand.kind === 'champion' ? (champion ?? {}) : metrics
  return Object.hasOwn(source, operand.name) ? source[operand.name] : undefined
}

/** Exactly, as it is written: 0.519 - 0.05 is 0.469, which it is not in binary. */
function total(sum: Sum, input: GateInput): Decimal {
  return sum.reduce((value, { sign, operand }) => {
    const decimal = parseDecimal(lookUp(operand, input) ?? 0)
    return addDecimals(value, sign < 0 ? { ...decimal, digits: -decimal.digits } : decimal)
  }, ZERO)
}

/** @param order negative, zero or positive, as the left side is less than, equal to or greater than the right */
function compare(order: number, operator: Operator): boolean {
  switch (operator) {
    case '>=':
      return order >= 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '<':
      return order < 0
    case '==':
      return order === 0
    case '!=':
      return order !== 0
  }
}

function describe(gate: Gate, input: GateInput): string {
  return `${describeSum(gate.left, input)} ${gate.operator} ${describeSum(gate.right, input)}`
}

function describeSum(sum: Sum, input: GateInput): string {
  return sum
    .map(({ sign, operand }, index) => {
      const value = String(lookUp(operand, input))
      const text = operand.kind === 'champion' ? `champion ${value}` : value
      if (index === 0) return sign < 0 ? `-${text}` : text
      return `${sign < 0 ? '-' : '+'} ${text}`
    })
    .join(' ')
}
