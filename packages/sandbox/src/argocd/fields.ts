import { isObject, type Json, type JsonObject } from '../kubernetes/json.ts'

/** `fields=a.b,c`: only these paths stay; lists are gone through. An empty selection keeps everything. */
export function selectFields(value: Json, fields: string): Json {
  const paths = fields.split(',').filter((field) => field !== '')
  return paths.length === 0
    ? value
    : pick(
        value,
        paths.map((path) => path.split('.')),
      )
}

function pick(value: Json, paths: readonly (readonly string[])[]): Json {
  if (paths.some((path) => path.length === 0)) return value
  if (Array.isArray(value)) return value.map((item) => pick(item, paths))
  if (!isObject(value)) return value
  const picked: JsonObject = {}
  for (const [key, child] of Object.entries(value)) {
    const below = paths.filter((path) => path[0] === key).map((path) => path.slice(1))
    if (below.length > 0) picked[key] = pick(child, below)
  }
  return picked
}
