export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** @throws SyntaxError */
export function parseJson(text: string): Json {
  return JSON.parse(text)
}

/** What a YAML or JSON parser returned, as JSON: anything that JSON cannot hold becomes text. */
export function toJson(value: unknown): Json {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return value
  if (Array.isArray(value)) return value.map(toJson)
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]))
  }
  return String(value)
}

export function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** The value below a path of keys; undefined as soon as one is missing. */
export function at(value: Json | undefined, ...keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>((here, key) => (isObject(here) ? here[key] : undefined), value)
}

export function objectAt(value: Json | undefined, ...keys: readonly string[]): JsonObject {
  const found = at(value, ...keys)
  return isObject(found) ? found : {}
}

export function textAt(value: Json | undefined, ...keys: readonly string[]): string {
  const found = at(value, ...keys)
  return typeof found === 'string' ? found : ''
}

export function listAt(value: Json | undefined, ...keys: readonly string[]): readonly Json[] {
  const found = at(value, ...keys)
  return Array.isArray(found) ? found : []
}

/** Drops what protobuf's JSON omits: empty text, 0, false, empty lists and objects, absent values. */
export function omitZero(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  const kept = Object.entries(fields).flatMap(([key, value]): [string, Json][] =>
    value === undefined || isZero(value) ? [] : [[key, value]],
  )
  return Object.fromEntries(kept)
}

function isZero(value: Json): boolean {
  if (value === null || value === '' || value === 0 || value === false) return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.keys(value).length === 0
}
