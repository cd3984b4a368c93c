/** What is used of JSON Schema in swagger 2.0 and in CRDs. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly required?: readonly string[]
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean
  readonly 'x-kubernetes-int-or-string'?: boolean
}

export type Definitions = Readonly<Record<string, Schema>>

export interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[]
  readonly responses: Readonly<Record<string, { readonly schema?: Schema }>>
}

export interface Swagger {
  readonly definitions: Definitions
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

/** Types of Go that write themselves into JSON in another way than their fields say. */
const WRITES_ITSELF: Readonly<Record<string, Schema>> = {
  v1MicroTime: { type: 'string' },
  intstrIntOrString: {},
  v1FieldsV1: {},
  v1JSON: {},
  runtimeRawExtension: {},
  protobufAny: {},
}

/** The schema that a reference names; one that says nothing allows everything. */
export function resolve(schema: Schema, definitions: Definitions): Schema {
  const name = schema.$ref?.replace('#/definitions/', '')
  if (name === undefined) return schema
  const found = WRITES_ITSELF[name] ?? definitions[name]
  if (found === undefined) throw new Error(`there is no definition ${name}`)
  const { properties = {} } = definitions[EMBEDS[name] ?? ''] ?? {}
  return EMBEDS[name] === undefined ? found : { ...found, properties: { ...found.properties, ...properties } }
}

/** What Go embeds in a type stands in its JSON beside the other fields; the generator leaves it out (types.go). */
const EMBEDS: Readonly<Record<string, string>> = { v1alpha1ResourceNode: 'v1alpha1ResourceRef' }

/** The operation of a path as it was asked, with the template that it stands under. */
export function operationOf(
  swagger: Swagger,
  method: string,
  path: string,
): Operation & { template: string } {
  const verb = method.toLowerCase()
  const candidates = Object.entries(swagger.paths).filter(
    ([template, operations]) => operations[verb] !== undefined && patternOf(template).test(path),
  )
  // `/applications/{name}/events` before `/applications/{name}/{anything}`.
  const [best] = candidates.sort(([one], [other]) => placeholders(one) - placeholders(other))
  const operation = best?.[1][verb]
  if (best === undefined || operation === undefined) throw new Error(`the API has no ${method} ${path}`)
  return { ...operation, template: best[0] }
}

function patternOf(template: string): RegExp {
  const parts = template.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^/]+')}$`)
}

function placeholders(template: string): number {
  return template.split('{').length
}
