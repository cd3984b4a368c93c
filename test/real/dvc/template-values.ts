import type { Random } from './random.ts'
import { list, map, token, type Written } from './yaml-hand.ts'

export type Pair = readonly [key: string, value: Written]

/** Values as people write them, with what YAML makes of them. */
const SCALARS = [
  ...([
    'a',
    'b c',
    '1',
    '0.10',
    '1e3',
    '0x1F',
    '1_000',
    '.5',
    '-0.0',
    '.inf',
    '1E-5',
    '1e16',
    '7e22',
  ] as const),
  ...(['123456789012345678901234567890', 'true', 'FALSE', '~', "'0.10'", '"x"', 'é', 'yes'] as const),
  ...([
    'a.b',
    '0o17',
    '017',
    '+1',
    '1:30',
    "'true'",
    'n',
    '1.',
    '1.0',
    '1_0.5',
    '0b11',
    '5e-324',
    '!!str 5',
  ] as const),
] as const
/** What DVC does not take for a value of a variable. */
const REFUSED = ['2020-01-01', '"${x}"', '!!int "5"', '', "''", '[a', '!!set {a}'] as const
const INNER_KEYS = ['x', 'y', 'name', 'deep', 'a-b', 'b c', 'é'] as const

/** Names of variables, for several files that may not define the same one. */
export const VARIABLES = [
  'x',
  'y',
  'name',
  'sub',
  'list',
  'deep',
  'a-b',
  'b c',
  'é',
  'v1',
  'v2',
  'key_',
  'Item',
] as const

export function variables(random: Random, names: readonly string[]): Pair[] {
  return names.map((name) => [name, value(random, 0)])
}

/** A scalar, or lists and mappings of such; seldom something that DVC refuses. */
export function value(random: Random, depth: number): Written {
  if (random.chance(0.004)) return token(random.pick(REFUSED))
  if (depth > 2 || random.chance(0.4)) return token(random.pick(SCALARS))
  const size = random.integer(random.chance(0.1) ? 0 : 1, 3)
  if (random.chance(0.5)) return list(...Array.from({ length: size }, () => value(random, depth + 1)))
  return map(...innerNames(random, size).map((name): Pair => [name, value(random, depth + 1)]))
}

function innerNames(random: Random, count: number): readonly string[] {
  const names: readonly string[] = random.chance(0.05) ? ['1', 'true', ...INNER_KEYS] : INNER_KEYS
  return random.some(names, count)
}

/** The ways to values: `a`, `a.b`, `a[0].b`. */
export interface Paths {
  /** To numbers and texts. */
  readonly scalars: readonly string[]
  /** To lists and mappings. */
  readonly composites: readonly string[]
}

export function pathsOf(pairs: readonly Pair[], random: Random): Paths {
  const scalars: string[] = []
  const composites: string[] = []
  const visit = (path: string, one: Written) => {
    if ('text' in one || 'token' in one) return void scalars.push(path)
    composites.push(path)
    if ('list' in one) {
      for (const [at, item] of one.list.entries()) visit(`${path}[${at}]`, item)
      return
    }
    for (const [name, item] of one.map)
      visit(random.chance(0.8) ? `${path}.${name}` : `${path}[${name}]`, item)
  }
  for (const [name, one] of pairs) visit(name, one)
  return { scalars, composites }
}
