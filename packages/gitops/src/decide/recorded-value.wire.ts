import { COMPONENTS, type Target } from '@mlops-actions/manifest'
import type { RecordedValue } from './recorded-value.ts'

const SETS = ['annotation', 'env', 'value'] as const
const PARTS = ['kind', 'name', 'namespace', 'container', 'mountPath', 'canary', 'path', 'policy'] as const

/** The JSON of one `Mlops-Value` trailer; undefined for text that is none of ours. */
export function parseRecord(text: string): RecordedValue | undefined {
  const record = parseObject(text)
  const set = SETS.find((word) => word === record['set'])
  const { key, now, previous } = record
  if (set === undefined || typeof key !== 'string') return undefined
  if (typeof now !== 'string' || typeof previous !== 'string') return undefined
  const at = targetIn(record['at'])
  return { set, key, now, previous, ...(at === undefined ? {} : { at }) }
}

/** The JSON of one `Mlops-At` trailer. */
export function parseTarget(text: string): Target | undefined {
  return targetIn(parseObject(text))
}

function targetIn(value: unknown): Target | undefined {
  const given = asObject(value)
  const component = COMPONENTS.find((word) => word === given['component'])
  const parts = PARTS.flatMap((part) => (typeof given[part] === 'string' ? [[part, given[part]]] : []))
  if (parts.length === 0) return undefined
  return { ...Object.fromEntries(parts), ...(component === undefined ? {} : { component }) }
}

function parseObject(text: string): Record<string, unknown> {
  try {
    return asObject(JSON.parse(text))
  } catch {
    return {}
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
