/** Narrowing of JSON that came from outside; nothing here throws. */
export type JsonRecord = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function stringField(record: JsonRecord, name: string): string | undefined {
  const value = record[name]
  return typeof value === 'string' ? value : undefined
}

export function numberField(record: JsonRecord, name: string): number | undefined {
  const value = record[name]
  return typeof value === 'number' ? value : undefined
}

export function recordField(record: JsonRecord, name: string): JsonRecord | undefined {
  const value = record[name]
  return isRecord(value) ? value : undefined
}

export function recordsField(record: JsonRecord, name: string): JsonRecord[] | undefined {
  const value = record[name]
  return Array.isArray(value) && value.every(isRecord) ? value : undefined
}

export function stringsField(record: JsonRecord, name: string): string[] | undefined {
  const value = record[name]
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
}
