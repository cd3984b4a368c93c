type Json = null | string | number | boolean | Json[] | { [key: string]: Json }

/** Keywords that do not say what a value may be. */
const PROSE = new Set([
  'description',
  'example',
  'examples',
  'externalDocs',
  'title',
  'deprecated',
  'format',
  'default',
  'x-github-breaking-changes',
])

interface Operation {
  readonly request: Json
  /** By status. */
  readonly responses: { readonly [status: string]: Json }
}

/** What operations take and give, and the schemas that they refer to. @param wanted `POST /path/{of}/it` */
export function cutOperations(
  description: string,
  wanted: readonly string[],
): {
  readonly operations: { readonly [operation: string]: Operation }
  readonly schemas: { readonly [ref: string]: Json }
} {
  const root = JSON.parse(description) as Json
  const schemas: Record<string, Json> = {}
  const keep = (node: Json, areNames = false): Json => {
    if (Array.isArray(node)) return node.map((item) => keep(item))
    if (typeof node !== 'object' || node === null) return node
    const kept: Record<string, Json> = {}
    for (const [key, value] of Object.entries(node)) {
      if (!areNames && PROSE.has(key)) continue
      if (key === '$ref' && typeof value === 'string' && !(value in schemas)) {
        schemas[value] = null
        schemas[value] = keep(at(root, value.slice(2).split('/')))
      }
      kept[key] = keep(value, key === 'properties' && !areNames)
    }
    return kept
  }
  const schemaOf = (content: Json): Json => keep(at(content, ['content', 'application/json', 'schema']))
  const operations = wanted.map((name) => {
    const [method = '', path = ''] = name.split(' ')
    const operation = at(root, ['paths', path, method.toLowerCase()])
    const responses = Object.entries(at(operation, ['responses']) as { [status: string]: Json }).filter(
      ([, response]) => at(response, ['content', 'application/json']) !== null,
    )
    return [
      name,
      {
        request: schemaOf(at(operation, ['requestBody'])),
        responses: Object.fromEntries(responses.map(([status, response]) => [status, schemaOf(response)])),
      },
    ] as const
  })
  return { operations: Object.fromEntries(operations), schemas }
}

function at(node: Json, path: readonly string[]): Json {
  let found: Json = node
  for (const key of path) {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return null
    found = found[key] ?? null
  }
  return found
}
