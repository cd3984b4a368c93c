import {
  isTypedList,
  isTypedMap,
  pythonText,
  type TypedMap,
  type TypedValue,
} from '../formats/typed-value.ts'
import { invalidFile } from '../invalid.ts'
import { isOnlyTemplate, resolveValue, variableOf } from './context.ts'

/** One of the stages that a `foreach` or `matrix` stands for. */
export interface Expansion {
  /** What follows the `@` in its name. */
  readonly key: string
  /** `item` and, where DVC has one, `key`. */
  readonly variables: TypedMap
}

/**
 * What a `foreach` stands for: the values of a plain list name their stages, a list that holds lists or mappings
 * numbers them, a mapping gives its keys (dvc/parsing/__init__.py, ForeachDefinition).
 * @throws Failure `config`
 */
export function expandForeach(data: TypedValue, variables: TypedMap, on: string): readonly Expansion[] {
  const resolved = resolveValue(data, variables, on)
  if (isTypedMap(resolved))
    return [...resolved].map(([key, item]) =>
      expansion(
        key,
        new Map([
          ['item', variableOf(item, on)],
          ['key', key],
        ]),
        on,
      ),
    )
  if (!isTypedList(resolved))
    throw invalidFile(on, 'its foreach is neither a list nor a mapping', 'Correct it', 'DVC_TEMPLATE')
  const isNumbered = resolved.some(isComposite)
  const byKey = new Map(
    resolved.map((item, at) => [isNumbered ? String(at) : nameOf(item, data, at), item] as const),
  )
  return [...byKey].map(([key, item]) => expansion(key, new Map([['item', variableOf(item, on)]]), on))
}

/** What a value is called that stands there itself, or comes out of a variable: DVC then writes it as Python does. */
function nameOf(value: TypedValue, data: TypedValue | undefined, at: number): string {
  const written = isTypedList(data) ? data[at] : data
  const isVariable = typeof written === 'string' && isOnlyTemplate(written)
  if (isVariable && typeof value === 'boolean') return value ? 'True' : 'False'
  return pythonText(value)
}

/** What a `matrix` stands for: every combination, named by its values joined with `-` (MatrixDefinition). */
export function expandMatrix(data: TypedValue, variables: TypedMap, on: string): readonly Expansion[] {
  const resolved = resolveValue(data, variables, on)
  if (!isTypedMap(resolved)) throw invalidFile(on, 'its matrix is no mapping', 'Correct it', 'DVC_TEMPLATE')
  let combinations: readonly { readonly names: readonly string[]; readonly item: TypedMap }[] = [
    { names: [], item: new Map() },
  ]
  for (const [axis, given] of resolved) {
    const values = valuesOf(given)
    if (values === undefined)
      throw invalidFile(on, `the axis "${axis}" of its matrix is no list`, 'Correct it', 'DVC_TEMPLATE')
    const written = isTypedMap(data) ? data.get(axis) : undefined
    if (combinations.length * values.length > MOST)
      throw invalidFile(
        on,
        `its matrix has more than ${MOST} combinations`,
        'Split the stage',
        'DVC_TEMPLATE',
      )
    combinations = combinations.flatMap(({ names, item }) =>
      values.map((value, at) => ({
        names: [...names, isComposite(value) ? `${axis}${at}` : nameOf(value, written, at)],
        item: new Map([...item, [axis, variableOf(value, on)]]),
      })),
    )
  }
  const byKey = new Map(combinations.map(({ names, item }) => [names.join('-'), item] as const))
  return [...byKey].map(([key, item]) =>
    expansion(
      key,
      new Map<string, TypedValue>([
        ['key', key],
        ['item', item],
      ]),
      on,
    ),
  )
}

/** A variable that is a mapping stands for its keys, as Python counts it through. */
function valuesOf(axis: TypedValue): readonly TypedValue[] | undefined {
  if (isTypedMap(axis)) return [...axis.keys()]
  return isTypedList(axis) ? axis : undefined
}

const MOST = 100_000

/** @throws Failure `config` for a stage that would have no name of its own */
function expansion(key: string, variables: TypedMap, on: string): Expansion {
  if (key !== '') return { key, variables }
  throw invalidFile(
    on,
    'one of its values is empty, so that the stage has no name',
    'Correct it',
    'DVC_TEMPLATE',
  )
}

function isComposite(value: TypedValue): boolean {
  return isTypedList(value) || isTypedMap(value)
}
