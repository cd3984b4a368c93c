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

/**
 * What a list lets through: neither the revision, nor the conditions, nor `resourceVersion`, nor `reconciledAt`.
 * Source: argo-cd:pkg/apiclient/application/forwarder_overwrite.go appFields.
 */
const LISTED = [
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'metadata.labels',
  'metadata.creationTimestamp',
  'metadata.deletionTimestamp',
  'spec',
  'status.sourceHydrator',
  'status.sync.status',
  'status.health',
  'status.summary',
  'status.operationState.startedAt',
  'status.operationState.finishedAt',
  'status.operationState.phase',
  'status.operationState.operation.sync',
  'status.resources',
  'operation.sync',
]

/** `fields` of a list of Applications: only names of the list above, spelled exactly so, mean anything. */
export function selectListFields(list: JsonObject, fields: string): Json {
  const wanted = fields.split(',').filter((field) => field !== '')
  if (wanted.length === 0) return list
  const known = LISTED.map((field) => `items.${field}`).filter((field) => wanted.includes(field))
  const { metadata = {} } = list
  return { metadata, ...Object(selectFields(list, [...known, 'items.none'].join(','))) }
}
