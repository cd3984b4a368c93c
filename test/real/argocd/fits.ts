import { type Definitions, resolve, type Schema } from './schema.ts'

/** In which places a value is not what a schema says; a field that it does not know is one. Go writes null for what is empty. */
export function misfits(value: unknown, given: Schema, definitions: Definitions, path = ''): string[] {
  const schema = resolve(given, definitions)
  if (value === null || value === undefined || isOpen(schema)) return []
  if (Array.isArray(value)) {
    if (schema.type !== 'array') return [`${path}: a list, want ${schema.type ?? 'an object'}`]
    const items = schema.items ?? {}
    return value.flatMap((item: unknown, at) => misfits(item, items, definitions, `${path}[${at}]`))
  }
  if (typeof value === 'object') return misfitsOfObject(value, schema, definitions, path)
  const type = typeof value === 'number' ? numberType(value, schema) : typeof value
  if (schema.type !== type) return [`${path}: ${JSON.stringify(value)}, want ${schema.type ?? 'an object'}`]
  const isKnown = schema.enum === undefined || schema.enum.includes(value)
  return isKnown ? [] : [`${path}: ${JSON.stringify(value)} is none of ${schema.enum?.join(', ')}`]
}

function misfitsOfObject(value: object, schema: Schema, definitions: Definitions, path: string): string[] {
  if (schema.type !== 'object' && schema.properties === undefined)
    return [`${path}: an object, want ${schema.type}`]
  const missing = (schema.required ?? []).filter((key) => !(key in value))
  return [
    ...missing.map((key) => `${path}.${key}: is missing`),
    ...Object.entries(value).flatMap(([key, member]) => {
      const own = schema.properties?.[key] ?? additional(schema)
      return own === undefined
        ? [`${path}.${key}: there is no such field`]
        : misfits(member, own, definitions, `${path}.${key}`)
    }),
  ]
}

function additional({ additionalProperties }: Schema): Schema | undefined {
  if (additionalProperties === true) return {}
  return additionalProperties === false ? undefined : additionalProperties
}

function numberType(value: number, { type }: Schema): string {
  return type === 'integer' && Number.isInteger(value) ? 'integer' : 'number'
}

function isOpen(schema: Schema): boolean {
  if (schema['x-kubernetes-preserve-unknown-fields'] || schema['x-kubernetes-int-or-string']) return true
  return schema.type === undefined && schema.properties === undefined
}
