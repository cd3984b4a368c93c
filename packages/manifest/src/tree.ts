/** Keys and indexes from the root of a document to a value. */
export type Path = readonly (string | number)[]

/** `spec.predictor.containers[0].image`; a key with other characters is quoted. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    if (!/^[\w-]+$/.test(step)) return `${text}[${JSON.stringify(step)}]`
    return text === '' ? step : `${text}.${step}`
  }, '')
}

/**
 * The value at the path, through own properties only: `__proto__` in a manifest is a key like any other.
 */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => childOf(value, step), root)
}

export function childOf(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined
  return isRecord(value) && Object.hasOwn(value, step) ? value[String(step)] : undefined
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The items of a list, none where there is no list. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function stringAt(root: unknown, path: Path): string | undefined {
  const value = valueAt(root, path)
  return typeof value === 'string' ? value : undefined
}

/** A value of a change: a scalar, or what has to be made around it where not even its parent is there. */
export type Data = string | number | boolean | readonly Data[] | { readonly [key: string]: Data }

/**
 * A copy of a plain value in which the path has another value, or is not there where that is undefined. Lists and maps
 * on the way that are missing are made.
 */
export function withValue(root: unknown, [step, ...rest]: Path, value: Data | undefined): unknown {
  if (step === undefined) return value
  if (Array.isArray(root) && typeof step === 'number') {
    const tail = value === undefined && rest.length === 0 ? [] : [withValue(root[step], rest, value)]
    return [...root.slice(0, step), ...tail, ...root.slice(step + 1)]
  }
  if (typeof step === 'number') return [withValue(undefined, rest, value)]
  const { [step]: old, ...others } = isRecord(root) ? root : {}
  if (value === undefined && rest.length === 0) return others
  return { ...others, [step]: withValue(old, rest, value) }
}

/**
 * The paths at which two plain values differ, outermost first; a key on one side only is one difference.
 */
export function differingPaths(one: unknown, other: unknown, path: Path = []): Path[] {
  if (Object.is(one, other)) return []
  const isList = Array.isArray(one) && Array.isArray(other)
  if (!isList && !(isRecord(one) && isRecord(other))) return [path]
  return keysOf(one, other).flatMap((key) => {
    const both = hasKey(one, key) && hasKey(other, key)
    return both ? differingPaths(childOf(one, key), childOf(other, key), [...path, key]) : [[...path, key]]
  })
}

function keysOf(...values: unknown[]): (string | number)[] {
  return [...new Set(values.flatMap(ownKeys))]
}

function ownKeys(value: unknown): (string | number)[] {
  if (Array.isArray(value)) return [...value.keys()]
  return isRecord(value) ? Object.keys(value) : []
}

function hasKey(value: unknown, key: string | number): boolean {
  return Array.isArray(value) ? Number(key) < value.length : isRecord(value) && Object.hasOwn(value, key)
}
