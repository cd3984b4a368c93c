import type { Files } from './odd-files.ts'
import { createRandom, type Random } from './random.ts'
import { type Pair, type Paths, pathsOf, VARIABLES, value, variables } from './template-values.ts'
import { list, map, text, token, type Written, writeByHand } from './yaml-hand.ts'

/** Where a template stands: what it may refer to. */
interface Sight {
  readonly random: Random
  readonly known: Paths
  /** What a loop adds. */
  readonly inside: Paths
}

const NOTHING: Paths = { scalars: [], composites: [] }

/** A dvc.yaml with variables, loops and templates in all places, and the files of its variables. */
export function randomTemplates(seed: number): Files {
  const random = createRandom(seed)
  const names = random.some(VARIABLES, 8)
  const [params, settings, inline] = [names.slice(0, 3), names.slice(3, 5), names.slice(5)].map((some) =>
    variables(random, some),
  )
  const load = random.chance(0.9)
    ? 'settings.yaml'
    : random.pick([
        'settings.yaml:x',
        './settings.yaml',
        'sub/../settings.yaml',
        'missing.yaml',
        `settings.yaml:${names[3]}`,
      ])
  const vars = [
    text(load),
    ...(inline ?? []).map((pair) => map(pair)),
    text('sub/more.json'),
    ...(random.chance(0.05) ? [text(random.pick(['settings.yaml', 'params.yaml', 'params.yaml:x']))] : []),
  ]
  const more: Pair = ['more', map(['list', list(token('1'), token('2.5'), token('z'))], ['big', token('1')])]
  const known = pathsOf([...(params ?? []), ...(settings ?? []), ...(inline ?? []), more], random)
  const stages = random
    .some(['train', 'pre-pare', 'e_val', '1', 'é'], random.integer(1, 3))
    .map((name): Pair => [name, stage({ random, known, inside: NOTHING })])
  const oddness = random.pick([0, 0, 0.1, 0.2])
  return {
    'dvc.yaml': writeByHand(map(['vars', list(...vars)], ['stages', map(...stages)]), random, oddness),
    'params.yaml': writeByHand(map(...(params ?? [])), random, oddness),
    'settings.yaml': writeByHand(map(...(settings ?? [])), random, oddness),
    'sub/more.json': JSON.stringify({ more: { list: [1, 2.5, 'z'], big: 1e21 } }),
    'sub/inner.json': '{"inner": "in"}',
  }
}

function stage(sight: Sight): Written {
  const { random } = sight
  const composite = () => text(`\${${pick(sight.known.composites, random)}}`)
  const some = (depth: number) => Array.from({ length: random.integer(1, 3) }, () => value(random, depth))
  if (random.chance(0.4)) return definition(sight)
  if (random.chance(0.5)) {
    const data = random.pick([
      composite,
      () => list(...some(2)),
      () => map(...variables(random, random.some(VARIABLES, 3))),
      () => list(text(template(sight)), text('last')),
    ])()
    const inside =
      'map' in data ? { scalars: ['item', 'key'], composites: [] } : loopPaths('item', data, random)
    return map(['foreach', data], ['do', definition({ ...sight, inside })])
  }
  const axes = random
    .some(['x', 'y', 'é'], random.integer(1, 2))
    .map((name): Pair => [name, random.chance(0.2) ? composite() : list(...some(2))])
  const paths = axes.map(([name, data]) => loopPaths(`item.${name}`, data, random))
  const inside = { scalars: ['key', ...paths.flatMap(({ scalars }) => scalars)], composites: [] }
  const written = definition({ ...sight, inside })
  return map(['matrix', map(...axes)], ...('map' in written ? written.map : []))
}

/** Ways into what every item has in common with the first. */
function loopPaths(name: string, data: Written, random: Random): Paths {
  const [first] = 'list' in data ? data.list : []
  return first === undefined ? { scalars: [name], composites: [] } : pathsOf([[name, first]], random)
}

function definition(sight: Sight): Written {
  const { random } = sight
  const maybe = (chance: number, make: () => Pair): Pair[] => (random.chance(chance) ? [make()] : [])
  const out = (at: number): Written => {
    const path = `${random.pick(['', 'o/', './'])}${at}${random.chance(0.8) ? template(sight) : ''}`
    const flags = [
      ...maybe(0.1, (): Pair => ['cache', token(random.pick(['true', 'false', 'False']))]),
      ...maybe(0.1, (): Pair => ['push', token(random.pick(['true', 'false']))]),
      ...maybe(0.2, (): Pair => ['remote', text(random.pick(['second', 'Second', template(sight)]))]),
      ...maybe(0.1, (): Pair => ['persist', token('true')]),
    ]
    return flags.length > 0 ? map([path, map(...flags)]) : text(path)
  }
  return map(
    ['cmd', text('echo 1')],
    ...maybe(0.3, () => [
      'wdir',
      text(random.pick(['sub', '.', `w${template(sight)}`, `sub/${template(sight)}`, template(sight)])),
    ]),
    ...maybe(0.1, () => [
      'vars',
      list(random.pick([map(['z', token('zed')]), text('inner.json'), text('sub/inner.json')])),
    ]),
    ...maybe(0.5, () => ['deps', list(text(`in${template(sight)}`))]),
    ['outs', list(...Array.from({ length: random.integer(1, 2) }, (_, at) => out(at)))],
    ...maybe(0.2, () => ['metrics', list(map([`m${template(sight)}`, map(['cache', token('false')])]))]),
    ...maybe(0.1, () => ['plots', list(out(5))]),
  )
}

function template(sight: Sight): string {
  const one = () => `\${${reference(sight)}}`
  return sight.random.pick([
    one,
    one,
    one,
    () => `${one()}-${one()}`,
    () => `\\${one()}`,
    () => `$${one()}`,
    () => `x${one()}.bin`,
  ])()
}

/** Mostly to what is there; sometimes written oddly, seldom to nothing or to what is no text. */
function reference({ random, known, inside }: Sight): string {
  if (random.chance(0.005)) return random.pick(['nowhere.x', 'z', 'inner', pick(known.composites, random)])
  const path = pick(inside.scalars.length > 0 && random.chance(0.6) ? inside.scalars : known.scalars, random)
  if (!random.chance(0.03)) return path
  return random.pick([
    ` ${path} `,
    path.replace('.', '['),
    path.replace(/\[0\]/, '[-1]'),
    `${path}.`,
    path.replace('[0]', '[ 0 ]'),
    path.replace('[1]', '[01]'),
    `${path}.real`,
  ])
}

function pick(paths: readonly string[], random: Random): string {
  return paths[random.integer(0, paths.length - 1)] ?? 'more.big'
}
