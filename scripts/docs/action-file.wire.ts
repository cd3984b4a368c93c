import { parse } from 'yaml'

export type DeclaredInput = {
  readonly name: string
  readonly description: string
  readonly required: boolean
  readonly default: string | undefined
  readonly deprecated: string | undefined
}
export type DeclaredOutput = { readonly name: string; readonly description: string }

/** One right that the action needs: `GitHub`, "`contents: write`", "pushes the commit". */
export type Permission = { readonly where: string; readonly right: string; readonly why: string }

/** What the documentation takes from an action.yml. A description that is missing is an empty string. */
export type ActionFile = {
  readonly description: string
  readonly inputs: readonly DeclaredInput[]
  readonly outputs: readonly DeclaredOutput[]
  /** Undefined when the file says nothing about permissions. */
  readonly permissions: readonly Permission[] | undefined
}

/** Reads an action.yml; throws an Error when it is no YAML mapping. */
export function parseActionFile(text: string): ActionFile {
  const yaml: unknown = parse(text)
  if (!isRecord(yaml)) throw new Error('action.yml does not hold a mapping')
  return {
    description: sentence(yaml['description']),
    inputs: entriesOf(yaml['inputs']).map(([name, input]) => ({
      name,
      description: sentence(input['description']),
      required: input['required'] === true,
      default: input['default'] === undefined ? undefined : String(input['default']),
      deprecated:
        input['deprecationMessage'] === undefined ? undefined : sentence(input['deprecationMessage']),
    })),
    outputs: entriesOf(yaml['outputs']).map(([name, output]) => ({
      name,
      description: sentence(output['description']),
    })),
    permissions: parsePermissions(text),
  }
}

/**
 * GitHub's format has no place for the rights that an action needs, so they stand in a comment:
 *
 *     # Permissions
 *     # - GitHub `contents: write`: pushes the commit
 *     # - AWS `s3:PutObject` on the remote's prefix: uploads new objects
 *
 * or `# Permissions: none`. A line that does not fit throws, since a right that is not shown is worse than a red check.
 */
export function parsePermissions(text: string): readonly Permission[] | undefined {
  const lines = text.split('\n').map((line) => line.trim())
  if (lines.includes('# Permissions: none')) return []
  const start = lines.indexOf('# Permissions')
  if (start === -1) return undefined
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => !line.startsWith('#'))
  return rest
    .slice(0, end === -1 ? rest.length : end)
    .join('\n')
    .split(/^# - /m)
    .slice(1)
    .map((item) => item.replace(/\n#\s*/g, ' ').trim())
    .map((item) => {
      const match = /^(.+?) (`[^`]+`[^:`]*(?:`[^`]+`[^:`]*)*): (.+)$/.exec(item)
      if (match === null) throw new Error(`permission "${item}" is not of the form: where \`right\`: why`)
      const [, where = '', right = '', why = ''] = match
      return { where, right, why }
    })
}

function entriesOf(value: unknown): [string, Record<string, unknown>][] {
  if (!isRecord(value)) return []
  return Object.entries(value).map(([name, entry]) => [name, isRecord(entry) ? entry : {}])
}

/** Folds a multi-line description to one line; anything but text becomes empty, and so is reported. */
function sentence(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
