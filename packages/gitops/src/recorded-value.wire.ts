import type { RecordedValue } from './recorded-value.ts'

const SETS = ['annotation', 'env', 'value'] as const

/** The JSON of one `Mlops-Value` trailer; undefined for text that is none of ours. */
export function parseRecord(text: string): RecordedValue | undefined {
  const record = parseJson(text)
  const set = SETS.find((word) => word === record['set'])
  const { key, now, previous } = record
  if (set === undefined || typeof key !== 'string') return undefined
  if (typeof now !== 'string' || typeof previous !== 'string') return undefined
  return { set, key, now, previous }
}

function parseJson(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
