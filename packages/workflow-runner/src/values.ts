/** A plain value of a workflow file, a context or an event payload. */
export type Json = null | string | number | boolean | Json[] | Mapping

export interface Mapping {
  [key: string]: Json
}

export function isMapping(value: Json | undefined): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The mapping itself, or an empty one for anything else. */
export function mappingOf(value: Json | undefined): Mapping {
  return isMapping(value) ? value : {}
}

/** The list itself, one element for a scalar, none for nothing. */
export function listOf(value: Json | undefined): Json[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** A value as GitHub turns it into text: null is empty, lists and mappings are their kind. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return 'Array'
  return typeof value === 'object' ? 'Object' : String(value)
}

/** The text of a scalar that may be absent. */
export function optionalText(value: Json | undefined): string | undefined {
  return value === undefined || value === null ? undefined : textOf(value)
}

/** Every value of a mapping as text. */
export function textsOf(value: Json | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(mappingOf(value)).map(([key, entry]) => [key, textOf(entry)]))
}
