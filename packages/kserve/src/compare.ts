import type { JsonValue } from '@mlops-actions/diagnostics'
import { isJsonList, isJsonObject } from './body.wire.ts'

/** `|actual - expected| <= absolute + relative * |expected|`, as numpy.allclose. */
export interface Tolerance {
  readonly relative: number
  readonly absolute: number
}

/** One place at which an answer is not the expected one. The two values are private. */
export interface Difference {
  /** `predictions[3]`, `outputs[0].data[12]`. */
  readonly path: string
  readonly problem: 'missing' | 'other value' | 'other type' | 'other length'
  readonly expected: JsonValue | undefined
  readonly actual: JsonValue | undefined
}

/** More are not collected: an answer that is wrong everywhere is told by its first places. */
const MOST = 1_000

/**
 * Where the answer differs from the expected one. Everything expected must be there; what the server adds (an id, a
 * version) does not count. Lists must have the same length, numbers agree within the tolerance. Pure.
 */
export function compareAnswer(
  expected: JsonValue,
  actual: JsonValue,
  tolerance: Tolerance,
): readonly Difference[] {
  const found: Difference[] = []
  for (const difference of compare(expected, actual, '', tolerance)) {
    found.push(difference)
    if (found.length >= MOST) break
  }
  return found
}

function* compare(
  expected: JsonValue,
  actual: JsonValue | undefined,
  path: string,
  tolerance: Tolerance,
): Generator<Difference, undefined> {
  const problem = problemAt(expected, actual, tolerance)
  if (problem !== undefined) {
    yield { path: path === '' ? '(whole)' : path, problem, expected, actual }
  } else if (isJsonList(expected) && isJsonList(actual)) {
    for (const [at, item] of expected.entries()) yield* compare(item, actual[at], `${path}[${at}]`, tolerance)
  } else if (isJsonObject(expected) && isJsonObject(actual)) {
    for (const [key, value] of Object.entries(expected)) {
      const other = Object.hasOwn(actual, key) ? actual[key] : undefined
      if (value !== undefined) yield* compare(value, other, path === '' ? key : `${path}.${key}`, tolerance)
    }
  }
}

/** What is wrong at this very place; what lies inside of it is another question. */
function problemAt(
  expected: JsonValue,
  actual: JsonValue | undefined,
  tolerance: Tolerance,
): Difference['problem'] | undefined {
  if (actual === undefined) return 'missing'
  if (kindOf(expected) !== kindOf(actual)) return 'other type'
  if (typeof expected === 'number' && typeof actual === 'number') {
    return isClose(expected, actual, tolerance) ? undefined : 'other value'
  }
  if (isJsonList(expected) && isJsonList(actual)) {
    return expected.length === actual.length ? undefined : 'other length'
  }
  return isJsonObject(expected) || expected === actual ? undefined : 'other value'
}

function kindOf(value: JsonValue): string {
  return isJsonList(value) ? 'list' : value === null ? 'null' : typeof value
}

function isClose(expected: number, actual: number, { relative, absolute }: Tolerance): boolean {
  return Math.abs(actual - expected) <= absolute + relative * Math.abs(expected)
}
