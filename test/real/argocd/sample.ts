import { type Definitions, resolve, type Schema } from './schema.ts'

/** Text that is JSON as well, for fields that hold JSON as text. */
const TEXT = '"text"'
/** Definitions that contain themselves end here. */
const DEEPEST = 12

/** A value with every field that a schema has, each of its type. */
export function sampleOf(given: Schema, definitions: Definitions, depth = 0): unknown {
  const schema = resolve(given, definitions)
  if (depth > DEEPEST) return undefined
  const next = (inner: Schema) => sampleOf(inner, definitions, depth + 1)
  switch (schema.type) {
    case 'string':
      return schema.enum?.[0] ?? TEXT
    case 'integer':
    case 'number':
      return 1
    case 'boolean':
      return true
    case 'array': {
      const item = next(schema.items ?? {})
      return item === undefined ? [] : [item]
    }
    default: {
      const { properties = {}, additionalProperties } = schema
      const fields = Object.entries(properties).map(([key, inner]) => [key, next(inner)] as const)
      const extra =
        typeof additionalProperties === 'object' ? [['any', next(additionalProperties)] as const] : []
      return Object.fromEntries([...fields, ...extra].filter(([, value]) => value !== undefined))
    }
  }
}

/**
 * The value, which tells of every own key that is asked of it and is not there: who reads a sample that has all fields reads
 * one that the schema does not know.
 */
export function watched(value: unknown, tell: (path: string) => void, path = ''): unknown {
  if (Array.isArray(value)) return value.map((item: unknown, at) => watched(item, tell, `${path}[${at}]`))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(
    ([key, member]) => [key, watched(member, tell, `${path}.${key}`)] as const,
  )
  return new Proxy(Object.fromEntries(members), {
    getOwnPropertyDescriptor(target, key) {
      if (!(key in target)) tell(`${path}.${String(key)}`)
      return Reflect.getOwnPropertyDescriptor(target, key)
    },
  })
}
