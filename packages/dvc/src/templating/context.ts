import {
  isPythonDate,
  isTypedList,
  isTypedMap,
  pythonText,
  type TypedMap,
  type TypedValue,
} from '../formats/typed-value.ts'
import { invalidFile } from '../invalid.ts'

/** Where a template stands, for sentences: `dvc.yaml:train`. */
type On = string

const TEMPLATE = /(?<!\\)\$\{([^\n]*?)\}/g
const EXPRESSION = /^[^.[\]]+(?:\s*\.[^.[\]]+|\s*\[[^.[\]]+\])*\s*$/

export function isTemplate(text: string): boolean {
  return text.search(TEMPLATE) !== -1
}

/** Text that is one template: it stands for the value as it is, and not for its text. */
export function isOnlyTemplate(text: string): boolean {
  const [only] = [...text.matchAll(TEMPLATE)]
  return only?.[0] === text
}

/**
 * A value as one of a variable: keys that are no text are left out, and a date is an error (dvc/parsing/context.py,
 * CtxDict and Container).
 * @throws Failure `config`
 */
export function variableOf(value: TypedValue, on: On): TypedValue {
  if (isPythonDate(value))
    throw broken(on, `it gives a variable the date ${value.date}, which DVC takes only as text in quotes`)
  if (isTypedList(value)) return value.map((item) => variableOf(item, on))
  return isTypedMap(value) ? variableMap(value, on) : value
}

export function variableMap(map: TypedMap, on: On): TypedMap {
  const named = [...map].filter(([key]) => map.otherKeys?.has(key) !== true)
  return new Map(named.map(([key, value]) => [key, variableOf(value, on)]))
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

/** Text that is one template stands for what it names, whatever that is; other text for text. */
export function resolveScalar(text: string, variables: TypedMap, on: On): TypedValue {
  return isOnlyTemplate(text)
    ? selectVariable(variables, text.slice('${'.length, -'}'.length), on)
    : resolveText(text, variables, on)
}

/** The value of a `foreach` or `matrix`. */
export function resolveValue(value: TypedValue, variables: TypedMap, on: On): TypedValue {
  if (isTypedList(value)) return value.map((item) => resolveValue(item, variables, on))
  if (isTypedMap(value)) {
    const pairs = [...value].map(
      ([key, item]) => [resolveText(key, variables, on), resolveValue(item, variables, on)] as const,
    )
    return new Map(pairs)
  }
  return typeof value === 'string' ? resolveScalar(value, variables, on) : value
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
  // As Python's `int()` reads it.
  if (isTypedList(value) && /^[-+]?\d+(?:_\d+)*$/.test(part))
    return value.at(Number(part.replaceAll('_', '')))
  return undefined
}

function broken(on: On, seen: string) {
  return invalidFile(on, seen, 'Correct it; `dvc stage list` shows how DVC reads it', 'DVC_TEMPLATE')
}
