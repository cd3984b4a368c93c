import { pathToFileURL } from 'node:url'

/** What the action's own schema says of one input. */
export type SchemaField = {
  readonly type: string
  readonly required: boolean
  readonly default: string | undefined
}
export type Schema = ReadonlyMap<string, SchemaField>

/** Loads `src/inputs.ts` of an action and reads the `fields` of its export `inputs`; throws when there is none. */
export async function loadSchema(file: string): Promise<Schema> {
  const module: unknown = await import(pathToFileURL(file).href)
  return readSchema(module)
}

/** Validates the shape that `defineInputs` of the runner package gives. */
export function readSchema(module: unknown): Schema {
  const inputs = isRecord(module) ? module['inputs'] : undefined
  const fields = isRecord(inputs) ? inputs['fields'] : undefined
  if (!isRecord(fields)) throw new Error('src/inputs.ts must export `inputs`, made by defineInputs')
  return new Map(
    Object.entries(fields).map(([name, field]) => {
      if (!isRecord(field) || typeof field['type'] !== 'string')
        throw new Error(`input ${name} has no type word`)
      const given = field['default']
      return [
        name,
        {
          type: field['type'],
          required: field['required'] === true,
          default: typeof given === 'string' ? given : undefined,
        },
      ]
    }),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
