import {
  isTypedList,
  isTypedMap,
  pythonText,
  type TypedMap,
  type TypedValue,
} from '../formats/typed-yaml.wire.ts'
import { invalidFile } from '../invalid.ts'
import { resolveValue } from './context.ts'

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
          ['item', item],
          ['key', key],
        ]),
      ),
    )
  if (!isTypedList(resolved))
    throw invalidFile(on, 'its foreach is neither a list nor a mapping', 'Correct it', 'DVC_TEMPLATE')
  const isNumbered = resolved.some(isComposite)
  const byKey = new Map(
    resolved.map((item, at) => [isNumbered ? String(at) : pythonText(item), item] as const),
  )
  return [...byKey].map(([key, item]) => expansion(key, new Map([['item', item]])))
}

/** What a `matrix` stands for: every combination, named by its values joined with `-` (MatrixDefinition). */
export function expandMatrix(data: TypedValue, variables: TypedMap, on: string): readonly Expansion[] {
  const resolved = resolveValue(data, variables, on)
  if (!isTypedMap(resolved)) throw invalidFile(on, 'its matrix is no mapping', 'Correct it', 'DVC_TEMPLATE')
  let combinations: readonly { readonly names: readonly string[]; readonly item: TypedMap }[] = [
    { names: [], item: new Map() },
  ]
  for (const [axis, values] of resolved) {
    if (!isTypedList(values))
      throw invalidFile(on, `the axis "${axis}" of its matrix is no list`, 'Correct it', 'DVC_TEMPLATE')
    if (combinations.length * values.length > MOST)
      throw invalidFile(
        on,
        `its matrix has more than ${MOST} combinations`,
        'Split the stage',
        'DVC_TEMPLATE',
      )
    combinations = combinations.flatMap(({ names, item }) =>
      values.map((value, at) => ({
        names: [...names, isComposite(value) ? `${axis}${at}` : pythonText(value)],
        item: new Map([...item, [axis, value]]),
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
    ),
  )
}

const MOST = 100_000

function expansion(key: string, variables: TypedMap): Expansion {
  return { key, variables }
}

function isComposite(value: TypedValue): boolean {
  return isTypedList(value) || isTypedMap(value)
}
