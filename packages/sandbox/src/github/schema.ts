import type { Schema, Schemas } from './openapi.wire.ts'

/** What a value is not, one line each: `labels[0].name: is number, not string`. */
export type Problems = readonly string[]

export interface Check {
  readonly schemas: Schemas
  /** Whether a property that the schema does not name is a problem, as a misspelt one of a request is. */
  readonly isStrict: boolean
}

/** Compares a value with a schema of OpenAPI 3.0, as far as GitHub's description of the sandbox's operations goes. */
export function problemsOf(check: Check, value: unknown, given: Schema, path = ''): Problems {
  const schema = resolve(check.schemas, given)
  if (schema.oneOf !== undefined) return problemsOfChoice(check, value, schema.oneOf, path)
  if (value === null && schema.nullable === true) return []
  if (schema.enum !== undefined && !schema.enum.includes(value))
    return [`${path}: is ${JSON.stringify(value)}, not one of ${schema.enum.join(', ')}`]
  if (Array.isArray(value)) return problemsOfList(check, value, schema, path)
  if (typeof value === 'object' && value !== null) return problemsOfObject(check, value, schema, path)
  return isOfType(value, schema.type)
    ? []
    : [`${path}: is ${value === null ? 'null' : typeof value}, not ${schema.type}`]
}

export function resolve(schemas: Schemas, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema
  const found = schemas[schema.$ref]
  if (found === undefined) throw new Error(`GitHub's description has no ${schema.$ref}`)
  return found
}

function problemsOfChoice(check: Check, value: unknown, choices: readonly Schema[], path: string): Problems {
  const all = choices.map((choice) => problemsOf(check, value, choice, path))
  return all.some((problems) => problems.length === 0) ? [] : (all[0] ?? [])
}

function problemsOfList(
  check: Check,
  value: readonly unknown[],
  { type, items, minItems = 0 }: Schema,
  path: string,
): Problems {
  if (type !== undefined && type !== 'array') return [`${path}: is a list, not ${type}`]
  if (value.length < minItems) return [`${path}: has fewer than ${minItems} items`]
  if (items === undefined) return []
  return value.flatMap((item, index) => problemsOf(check, item, items, `${path}[${index}]`))
}

function problemsOfObject(check: Check, value: object, schema: Schema, path: string): Problems {
  if (schema.type !== undefined && schema.type !== 'object')
    return [`${path}: is an object, not ${schema.type}`]
  const { properties = {}, required = [] } = schema
  const known = new Map(Object.entries(value))
  const missing = required.filter((name) => !known.has(name)).map((name) => `${path}.${name}: is missing`)
  const wrong = [...known].flatMap(([name, inner]) => {
    const expected = properties[name]
    if (expected !== undefined) return problemsOf(check, inner, expected, `${path}.${name}`)
    return check.isStrict && schema.properties !== undefined ? [`${path}.${name}: is not known`] : []
  })
  return [...missing, ...wrong]
}

function isOfType(value: unknown, type: string | undefined): boolean {
  if (type === undefined) return true
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}

/** A value with all that the schema requires: what is given, and for the rest the emptiest that it allows. */
export function complete(schemas: Schemas, given: unknown, asked: Schema): unknown {
  const schema = resolve(schemas, asked)
  if (Array.isArray(given)) return given.map((item) => complete(schemas, item, schema.items ?? {}))
  if (given !== undefined && (typeof given !== 'object' || given === null)) return given
  if (given === undefined && schema.nullable === true) return null
  const first = schema.oneOf?.[0]
  if (first !== undefined) return complete(schemas, given, first)
  if (given === undefined && schema.type !== 'object' && schema.properties === undefined)
    return emptiest(schema)
  const { properties = {}, required = [] } = schema
  const known = new Map(Object.entries(given ?? {}))
  const names = [...new Set([...known.keys(), ...required])]
  return Object.fromEntries(
    names.map((name) => [name, complete(schemas, known.get(name), properties[name] ?? {})]),
  )
}

function emptiest({ type, enum: choices }: Schema): unknown {
  if (choices !== undefined) return choices[0]
  if (type === 'array') return []
  if (type === 'boolean') return false
  return type === 'integer' || type === 'number' ? 0 : ''
}
