import {
  isTypedList,
  isTypedMap,
  pythonText,
  type TypedMap,
  type TypedValue,
} from '../formats/typed-yaml.wire.ts'
import { invalidFile } from '../invalid.ts'

/** Where a template stands, for sentences: `dvc.yaml:train`. */
type On = string

const TEMPLATE = /(?<!\\)\$\{(.*?)\}/g
const EXPRESSION = /^[^.[\]]+(?:\.[^.[\]]+|\[[^.[\]]+\])*$/

export function isTemplate(text: string): boolean {
  return text.search(TEMPLATE) !== -1
}

/**
 * Variables with more of them merged in: mappings key by key; a value that is there already may not be given again
 * (dvc/parsing/context.py, `_merge`).
 * @throws Failure `config` that names the variable
 */
export function mergeVariables(into: TypedMap, more: TypedMap, on: On, path = ''): TypedMap {
  const merged = new Map(into)
  for (const [key, value] of more) {
    const known = merged.get(key)
    const name = `${path}${key}`
    if (isTypedMap(known) && isTypedMap(value)) merged.set(key, mergeVariables(known, value, on, `${name}.`))
    else if (merged.has(key)) throw broken(on, `it defines the variable "${name}", which is defined already`)
    else merged.set(key, value)
  }
  return merged
}

/**
 * Text with every `${…}` in it replaced; `\${` is written `${`.
 * @throws Failure `config` for a variable that is not there, or that is a list or a mapping
 */
export function resolveText(template: string, variables: TypedMap, on: On): string {
  const resolved = template.replace(TEMPLATE, (_, expression: string) => {
    const value = selectVariable(variables, expression, on)
    if (!isTypedList(value) && !isTypedMap(value)) return pythonText(value)
    throw broken(on, `"${template}" puts a ${isTypedMap(value) ? 'mapping' : 'list'} into text`)
  })
  return resolved.replaceAll('\\${', '${')
}

/** The value of a `foreach` or `matrix`: text that is one template stands for what it names, whatever that is. */
export function resolveValue(value: TypedValue, variables: TypedMap, on: On): TypedValue {
  if (isTypedList(value)) return value.map((item) => resolveValue(item, variables, on))
  if (isTypedMap(value)) {
    const pairs = [...value].map(
      ([key, item]) => [resolveText(key, variables, on), resolveValue(item, variables, on)] as const,
    )
    return new Map(pairs)
  }
  if (typeof value !== 'string') return value
  const [only] = [...value.matchAll(TEMPLATE)]
  return only?.[0] === value
    ? selectVariable(variables, only[1] ?? '', on)
    : resolveText(value, variables, on)
}

/** `a.b[0]`: keys and indices. @throws Failure `config` */
function selectVariable(variables: TypedMap, expression: string, on: On): TypedValue {
  if (!EXPRESSION.test(expression)) throw broken(on, `it holds the template "\${${expression}}"`)
  let value: TypedValue = variables
  for (const part of expression.replaceAll('[', '.').replaceAll(']', '').split('.')) {
    const next = partOf(value, part.trim())
    if (next === undefined) throw broken(on, `the variable "${expression}" is defined nowhere`)
    value = next
  }
  return value
}

function partOf(value: TypedValue, part: string): TypedValue | undefined {
  if (isTypedMap(value)) return value.get(part)
  if (isTypedList(value) && /^-?\d+$/.test(part)) return value.at(Number(part))
  return undefined
}

function broken(on: On, seen: string) {
  return invalidFile(on, seen, 'Correct it; `dvc stage list` shows how DVC reads it', 'DVC_TEMPLATE')
}
