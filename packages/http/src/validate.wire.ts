/**
 * Checks that give outside data its type. Each takes a value and returns it, typed, holding nothing that was
 * not asked for; or throws an error that names the path: `status.sync.revision: got number, want string`.
 */
export type Check<T> = (value: unknown, path?: string) => T

/** The type that a check gives. */
export type Checked<C> = C extends Check<infer T> ? T : never

type Shape = Readonly<Record<string, Check<unknown>>>
type OptionalKeys<S extends Shape> = { [K in keyof S]: undefined extends Checked<S[K]> ? K : never }[keyof S]
type RecordOf<S extends Shape> = {
  readonly [K in Exclude<keyof S, OptionalKeys<S>>]: Checked<S[K]>
} & { readonly [K in OptionalKeys<S>]?: Exclude<Checked<S[K]>, undefined> }

export class ShapeError extends Error {
  constructor(path: string, got: string, want: string) {
    super(`${path === '' ? 'the value' : path}: got ${got}, want ${want}`)
    this.name = 'ShapeError'
  }
}

export const string: Check<string> = primitive('string')
export const boolean: Check<boolean> = primitive('boolean')

/** A finite number: JSON can spell 1e999, and nothing good comes of it. */
export const number: Check<number> = (value, path = '') => {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new ShapeError(path, typeof value === 'number' ? String(value) : nameOf(value), 'number')
}

/** Anything at all, passed on untouched. */
export const unknownValue: Check<unknown> = (value) => value

/** Absent and null are both `undefined`: Go servers write null for what is empty. */
export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value, path = '') => (value === undefined || value === null ? undefined : check(value, path))
}

/** As {@link optional}, with a value for what is absent. */
export function withDefault<T>(check: Check<T>, fallback: T): Check<T> {
  return (value, path = '') => (value === undefined || value === null ? fallback : check(value, path))
}

export function oneOf<const T extends string | number>(...allowed: readonly T[]): Check<T> {
  return (value, path = '') => {
    const found = allowed.find((candidate) => candidate === value)
    if (found !== undefined) return found
    const got =
      typeof value === 'string' || typeof value === 'number'
        ? JSON.stringify(value).slice(0, 80)
        : nameOf(value)
    throw new ShapeError(path, got, `one of ${allowed.join(', ')}`)
  }
}

export function array<T>(check: Check<T>): Check<readonly T[]> {
  return (value, path = '') => {
    if (!Array.isArray(value)) throw new ShapeError(path, nameOf(value), 'array')
    return value.map((item: unknown, index) => check(item, `${path}[${index}]`))
  }
}

/** An object with these keys; others are left out. Only own keys count, so nothing comes from a prototype. */
export function record<const S extends Shape>(shape: S): Check<RecordOf<S>> {
  return (value, path = '') => {
    const object = asObject(value, path)
    const entries = Object.entries(shape).map(
      ([key, check]) => [key, check(own(object, key), join(path, key))] as const,
    )
    return Object.fromEntries(entries.filter(([, checked]) => checked !== undefined)) as RecordOf<S>
  }
}

/** An object whose keys are data: labels, annotations, parameters. It has no prototype, and no `__proto__`. */
export function dictionary<T>(check: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value, path = '') => {
    const object = asObject(value, path)
    const copy: Record<string, T> = Object.create(null)
    for (const key of Object.keys(object)) {
      if (key !== '__proto__') copy[key] = check(own(object, key), join(path, key))
    }
    return copy
  }
}

function primitive<T extends string | boolean>(want: 'string' | 'boolean'): Check<T> {
  return (value, path = '') => {
    if (typeof value !== want) throw new ShapeError(path, nameOf(value), want)
    return value as T
  }
}

function asObject(value: unknown, path: string): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new ShapeError(path, nameOf(value), 'object')
}

function own(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** `spec.template`, and `labels["app.kubernetes.io/name"]` where a key would be misread. */
function join(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}[${JSON.stringify(key.slice(0, 80))}]`
  return path === '' ? key : `${path}.${key}`
}
