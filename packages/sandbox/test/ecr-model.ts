import { Readable } from 'node:stream'
import type { ECRClient } from '@aws-sdk/client-ecr'

/**
 * Notes every answer as it came over the wire, before the SDK reads it: the SDK drops what its model does not know,
 * so that a misspelt member of a fake would never be seen.
 */
export function recordAnswers(client: Pick<ECRClient, 'middlewareStack'>): unknown[] {
  const answers: unknown[] = []
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const { response } = result
      if (typeof response !== 'object' || response === null || !('body' in response)) return result
      const chunks: Uint8Array[] = []
      if (response.body instanceof Readable) for await (const chunk of response.body) chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      answers.push(JSON.parse(bytes.toString('utf8')))
      response.body = Readable.from([bytes])
      return result
    },
    { step: 'deserialize', priority: 'low' },
  )
  return answers
}

/**
 * Everything in a JSON answer that the service model does not have, or has as another type, as paths.
 * A schema of the SDK is a number for a simple type, or a tuple: `[1, …, item]` a list, `[2, …, key, value]` a map,
 * `[3, …, names, members]` a structure (@smithy/types, schema/static-schemas).
 */
export function findUnmodelled(value: unknown, schema: unknown, path = '$'): string[] {
  if (typeof schema === 'function') return findUnmodelled(value, schema(), path)
  if (typeof schema === 'number') return findSimple(value, schema, path)
  if (!Array.isArray(schema)) return [`${path} has no schema`]
  const [kind] = schema
  if (kind === 1)
    return Array.isArray(value)
      ? value.flatMap((item, at) => findUnmodelled(item, schema[4], `${path}[${at}]`))
      : [`${path} is no list`]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is no object`]
  if (kind === 2)
    return Object.entries(value).flatMap(([key, item]) => findUnmodelled(item, schema[5], `${path}.${key}`))
  const names: readonly string[] = schema[4]
  return Object.entries(value).flatMap(([key, item]) => {
    const at = names.indexOf(key)
    return at < 0
      ? [`${path}.${key} is not in the model`]
      : findUnmodelled(item, schema[5][at], `${path}.${key}`)
  })
}

const LIST = 64
const MAP = 128
/** Strings, numbers, booleans, and times, which AWS JSON writes as seconds. */
const SIMPLE: ReadonlyMap<number, string> = new Map([
  [0, 'string'],
  [1, 'number'],
  [2, 'boolean'],
  [4, 'number'],
])

function findSimple(value: unknown, schema: number, path: string): string[] {
  if ((schema & MAP) !== 0) return findUnmodelled(value, [2, '', '', 0, 0, schema ^ MAP], path)
  if ((schema & LIST) !== 0) return findUnmodelled(value, [1, '', '', 0, schema ^ LIST], path)
  const wanted = SIMPLE.get(schema)
  return typeof value === wanted ? [] : [`${path} is ${typeof value}, the model has ${wanted ?? schema}`]
}
