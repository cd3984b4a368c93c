import type { SandboxRequest } from '../server.ts'
import { isObject, type Json, type JsonObject, parseJson } from './json.wire.ts'

/** A body that grpc-gateway refuses before the server sees it; answered with 400 and no details. */
export class MalformedBody extends Error {}

/** Fields of a message: `true` for a leaf, a nested table for a message that is looked into. */
export interface Fields {
  readonly [name: string]: true | Fields
}

/**
 * Reads a JSON body in proto conventions: snake_case or lowerCamel names, unknown names refused with protojson's words.
 * The result has snake_case names.
 */
export function readBody(request: SandboxRequest, fields: Fields): JsonObject {
  const text = request.body.toString('utf8')
  let value: Json
  try {
    value = text.trim() === '' ? {} : parseJson(text)
  } catch (error) {
    throw new MalformedBody(`proto: syntax error (line 1:1): ${error instanceof Error ? error.message : ''}`)
  }
  if (!isObject(value)) throw new MalformedBody('proto: syntax error (line 1:1): unexpected token')
  return readMessage(value, fields, text)
}

function readMessage(value: JsonObject, fields: Fields, text: string): JsonObject {
  const entries = Object.entries(value).map(([name, item]): [string, Json] => {
    const proto = Object.keys(fields).find((field) => field === name || toCamel(field) === name)
    const nested = proto === undefined ? undefined : fields[proto]
    if (proto === undefined || nested === undefined) throw unknownField(name, text)
    return [proto, nested !== true && isObject(item) ? readMessage(item, nested, text) : item]
  })
  return Object.fromEntries(entries)
}

function toCamel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function unknownField(name: string, text: string): MalformedBody {
  const column = text.indexOf(`"${name}"`) + 1
  return new MalformedBody(`proto: (line 1:${column}): unknown field "${name}"`)
}

const OUTPUT_ONLY: Fields = {
  created_at: true,
  scheduled_at: true,
  finished_at: true,
  state: true,
  error: true,
  run_details: true,
  recurring_run_id: true,
  state_history: true,
  storage_state: true,
}

/** Run of 2.14 to 2.16: neither `plugins_input` (2.17) nor `view`. */
export const RUN_FIELDS: Fields = {
  ...OUTPUT_ONLY,
  run_id: true,
  display_name: true,
  description: true,
  experiment_id: true,
  pipeline_version_id: true,
  pipeline_spec: true,
  pipeline_version_reference: { pipeline_id: true, pipeline_version_id: true },
  runtime_config: { parameters: true, pipeline_root: true },
  service_account: true,
}

export const EXPERIMENT_FIELDS: Fields = {
  experiment_id: true,
  display_name: true,
  description: true,
  namespace: true,
  created_at: true,
  storage_state: true,
  last_run_created_at: true,
}

export const PIPELINE_FIELDS: Fields = {
  pipeline_id: true,
  name: true,
  display_name: true,
  description: true,
  namespace: true,
  created_at: true,
  error: true,
}
