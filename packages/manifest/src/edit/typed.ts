import { refuse } from '../file.ts'

type Typed = string | number | boolean

/**
 * A value that has a type keeps it: text where a number is due is refused by the cluster, after the commit.
 * @throws Failure MANIFEST_VALUE_TYPE
 */
export function assertSameType(on: string, path: string, before: unknown, after: Typed): void {
  const wanted = typeOf(after)
  const next = `Give ${path} a value of its type`
  if (wanted === undefined)
    throw refuse('MANIFEST_VALUE_TYPE', on, `${after} is no number that a manifest can have`, next)
  const found = typeOf(before)
  const isFree = before === undefined || before === null
  if (isFree || found === wanted || (found === 'number' && wanted === 'integer')) return
  const seen = `${path} is ${found ?? 'a list or a map'}, and ${JSON.stringify(after)} is ${wanted}`
  throw refuse('MANIFEST_VALUE_TYPE', on, seen, next)
}

function typeOf(value: unknown): 'text' | 'integer' | 'number' | 'boolean' | undefined {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  return Number.isSafeInteger(value) ? 'integer' : 'number'
}
