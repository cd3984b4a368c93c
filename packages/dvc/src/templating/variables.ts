import { posix } from 'node:path'
import { isTypedMap, type TypedMap, type TypedValue } from '../formats/typed-value.ts'
import { parseTypedYaml } from '../formats/typed-yaml.wire.ts'
import { invalidFile, unsupported } from '../invalid.ts'
import { repositoryPath } from '../repository/paths.ts'
import { mergeVariables, variableMap } from './context.ts'

/** Reads a file of the repository; undefined where there is none. */
export type ReadText = (file: string) => Promise<string | undefined>

/** Variables, and which files they were read from: a whole file, or so many keys of it. */
export interface Variables {
  readonly values: TypedMap
  readonly loaded: ReadonlyMap<string, readonly string[] | 'whole'>
}

export const NO_VARIABLES: Variables = { values: new Map(), loaded: new Map() }

/** Read without being named, where it is there (dvc/parsing/__init__.py, DEFAULT_PARAMS_FILE). */
const DEFAULT_FILE = 'params.yaml'

/**
 * The variables of a dvc.yaml or of one stage: the entries of its `vars` after those of `before`.
 * @param folder of the dvc.yaml, or the stage's wdir
 * @throws Failure `config`
 */
export async function loadVariables(
  read: ReadText,
  before: Variables,
  vars: readonly TypedValue[],
  folder: string,
  on: string,
): Promise<Variables> {
  let variables = before
  for (const entry of vars) {
    if (typeof entry === 'string') variables = await loadFile(read, variables, entry, folder, on)
    else if (isTypedMap(entry))
      variables = { ...variables, values: mergeVariables(variables.values, variableMap(entry, on), on) }
    else
      throw invalidFile(
        on,
        'an entry of its vars is neither a file nor a mapping',
        'Correct it',
        'DVC_TEMPLATE',
      )
  }
  return variables
}

export async function loadDefaults(read: ReadText, folder: string, on: string): Promise<Variables> {
  const there = await read(posix.join(folder, DEFAULT_FILE))
  return there === undefined ? NO_VARIABLES : loadFile(read, NO_VARIABLES, DEFAULT_FILE, folder, on)
}

/** Whether only DVC itself can read what an entry of `vars` names: Python, TOML. */
export function isForDvcAlone(entry: TypedValue): boolean {
  return typeof entry === 'string' && !READABLE.test(entry.split(':')[0] ?? '')
}

const READABLE = /\.(?:ya?ml|json)$/i

/** `params.json`, or `params.yaml:train,data.size` for some keys of it. */
async function loadFile(
  read: ReadText,
  { values, loaded }: Variables,
  entry: string,
  folder: string,
  on: string,
): Promise<Variables> {
  const at = entry.indexOf(':')
  const name = at === -1 ? entry : entry.slice(0, at)
  const keys =
    at === -1
      ? []
      : entry
          .slice(at + 1)
          .split(',')
          .filter((key) => key !== '')
  const file = repositoryPath('', posix.join(folder, name), on)
  const known = loaded.get(file)
  if (known === 'whole' && keys.length === 0) return { values, loaded }
  if (
    known !== undefined &&
    (known === 'whole' || keys.length === 0 || keys.some((key) => known.includes(key)))
  )
    throw invalidFile(on, `its vars load ${file} twice`, 'Name the file once', 'DVC_TEMPLATE')
  const found = await readMapping(read, file, on)
  const wanted = variableMap(keys.length === 0 ? found : pick(found, keys, file, on), file)
  const names = keys.length === 0 ? ('whole' as const) : [...(known ?? []), ...keys]
  return {
    values: mergeVariables(values, wanted, `${on} (${file})`),
    loaded: new Map([...loaded, [file, names]]),
  }
}

async function readMapping(read: ReadText, file: string, on: string): Promise<TypedMap> {
  if (!READABLE.test(file))
    throw unsupported(on, `its templates take variables from ${file}`, 'Keep them in a YAML or JSON file')
  const text = await read(file)
  if (text === undefined)
    throw invalidFile(on, `its vars name ${file}, which does not exist`, 'Commit the file', 'DVC_TEMPLATE')
  const value = parseTypedYaml(text, file)
  if (isTypedMap(value)) return value
  throw invalidFile(file, 'it does not hold a mapping', 'Correct it', 'DVC_TEMPLATE')
}

function pick(found: TypedMap, keys: readonly string[], file: string, on: string): TypedMap {
  return new Map(
    keys.map((key) => {
      const value = found.get(key)
      if (value !== undefined) return [key, value] as const
      throw invalidFile(
        on,
        `its vars name the key "${key}", which ${file} does not have`,
        'Correct it',
        'DVC_TEMPLATE',
      )
    }),
  )
}
