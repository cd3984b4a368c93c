import { Expected } from './expected.ts'

/** YAML 1.2's booleans, as the runner's own toolkit reads them. Anything else is an error: a typo must not mean "no". */
export function parseBoolean(text: string): boolean {
  if (['true', 'True', 'TRUE'].includes(text)) return true
  if (['false', 'False', 'FALSE'].includes(text)) return false
  throw new Expected('true or false')
}

export interface NumberRange {
  readonly min?: number
  readonly max?: number
}

/** A decimal integer within the range, without a leading zero or plus. */
export function parseInteger(text: string, range: NumberRange = {}): number {
  const value = /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(value) || outside(value, range))
    throw new Expected(`an integer${describeRange(range)}`)
  return value
}

/** A finite decimal number within the range. */
export function parseNumber(text: string, range: NumberRange = {}): number {
  const value = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(value) || outside(value, range)) throw new Expected(`a number${describeRange(range)}`)
  return value
}

/** One of the given words, exactly. */
export function parseEnum<const Word extends string>(text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text)
  if (found === undefined) throw new Expected(`one of ${words.join(', ')}`)
  return found
}

function outside(value: number, { min = -Infinity, max = Infinity }: NumberRange): boolean {
  return value < min || value > max
}

function describeRange({ min, max }: NumberRange): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return ` of at least ${min}`
  return max === undefined ? '' : ` of at most ${max}`
}
