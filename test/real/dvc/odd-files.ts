import { createRandom, type Random } from './random.ts'
import { list, map, text, token, type Written, writeByHand } from './yaml-hand.ts'

/** Files of one folder, by their names. */
export type Files = Readonly<Record<string, string>>

const MD5S = [
  '9fa22302b0e6804a59623abeff3d3b17',
  '9fa22302b0e6804a59623abeff3d3b17.dir',
  'd41d8cd98f00b204e9800998ecf8427e',
  '12345678901234567890123456789012',
  '1234567890123456e789012345678901',
  '0e234567890123456789012345678901',
  '00000000000000000000000000000000',
] as const
const PATHS = [
  'data',
  'sub/model.bin',
  'a b',
  '123',
  '1e3',
  'true',
  'null',
  'no',
  '~',
  '2020-01-01',
  "it's",
  'q"q',
  'é',
  '😀',
  'x: y',
  'x #y',
  '#x',
  '-x',
  '- x',
  '@at',
  '`b`',
  '{a}',
  '[a]',
  'a,b',
  './dot',
  'end/',
  'a//b',
  'back\\slash',
  'tab\there',
  '0x1f',
  '=',
  '<<',
  '*star',
  '&and',
  '!bang',
  '%p',
  'a\u00a0b',
  'u\u2028v',
  `${'long '.repeat(25)}end`,
] as const
const NUMBERS = [
  '0',
  '5',
  '11',
  '1_000',
  '+7',
  '012',
  '0o14',
  '0x10',
  '1e3',
  '5.0',
  '-1',
  "'5'",
  '"5"',
  '',
  '~',
  'null',
  '99999999999999999999',
  '1:30',
  '0b11',
  '.5',
] as const
const FLAGS = [
  'true',
  'false',
  'True',
  'FALSE',
  'yes',
  'no',
  'on',
  'off',
  "'true'",
  '~',
  '',
  '0',
  'tRue',
  '!!bool true',
  '!!bool "false"',
] as const

type Pair = readonly [string, Written]

/** A `.dvc` file of a random hand. */
export function oddDvcFile(seed: number): Files {
  const random = createRandom(seed)
  const outs = Array.from({ length: random.chance(0.1) ? 2 : 1 }, () => oddOutput(random, 'dvc'))
  const pairs: Pair[] = [['outs', list(...outs)], ...oddTop(random)]
  return { 'x.dvc': writeByHand(map(...shuffled(pairs, random, 0.3)), random, random.pick([0.05, 0.2, 0.5])) }
}

/** A dvc.lock of a random hand, beside a dvc.yaml that names what is in it. */
export function oddLock(seed: number): Files {
  const random = createRandom(seed)
  const path = random.pick(PATHS.slice(0, 14) as unknown as readonly [string, ...string[]])
  const name = random.pick(['train', 'tr ain', '1', 'true', 'é'])
  const entry = (at: string) => oddOutput(random, 'lock', at)
  const stage = map(
    ...shuffled<Pair>(
      [
        ['cmd', random.chance(0.3) ? list(text('echo 1'), text('echo "2"')) : text('echo 1')],
        ['deps', list(entry('in'))],
        ['params', map(['params.yaml', map(['rate', token(random.pick(NUMBERS))])])],
        ['outs', list(entry(path))],
      ],
      random,
      0.3,
    ),
  )
  const top = shuffled<Pair>(
    [
      ['schema', random.pick([text('2.0'), token("'2.0'"), token('"2.0"'), token('2.0')])],
      ['stages', map([name, stage])],
    ],
    random,
    0.3,
  )
  const definition = { stages: { [name]: { cmd: 'echo 1', deps: ['in'], outs: [path] } } }
  return {
    'dvc.yaml': JSON.stringify(definition),
    'dvc.lock': writeByHand(map(...top), random, random.pick([0.05, 0.2, 0.5])),
  }
}

function oddOutput(random: Random, kind: 'dvc' | 'lock', path: string = random.pick(PATHS)): Written {
  const maybe = (chance: number, ...pairs: readonly Pair[]) => (random.chance(chance) ? pairs : [])
  const flag = (name: string, chance: number) =>
    maybe(chance, [name, token(random.chance(0.8) ? 'true' : random.pick(FLAGS))])
  const own: Pair[] =
    kind === 'lock'
      ? []
      : [
          ...flag('cache', 0.1),
          ...flag('push', 0.1),
          ...flag('persist', 0.05),
          ...maybe(0.1, ['remote', random.pick([text('Second'), token('~'), token(''), token('5')])]),
          ...maybe(0.1, ['desc', random.pick([text('of: x # y'), token('5'), token('')])]),
          ...maybe(0.1, [
            'meta',
            random.pick([map(['owner', list(text('ann'), token('1'))]), token('5'), list()]),
          ]),
          ...maybe(0.1, ['labels', list(text('a'), text('b'))]),
          ...maybe(0.03, ['unknown', token('1')]),
        ]
  const pairs: Pair[] = [
    ['md5', random.chance(kind === 'dvc' ? 0.1 : 0) ? token(random.pick(MD5S)) : text(random.pick(MD5S))],
    ...maybe(0.8, ['size', token(random.chance(0.9) ? '11' : random.pick(NUMBERS))]),
    ...maybe(0.3, ['nfiles', token(random.chance(0.9) ? '2' : random.pick(NUMBERS))]),
    ...flag('isexec', 0.2),
    ...maybe(0.8, [
      'hash',
      random.chance(0.97) ? text('md5') : token(random.pick(['', '~', "''", 'md5-dos2unix'])),
    ]),
    ['path', kind === 'dvc' && random.chance(0.1) ? token(path) : text(path)],
    ...own,
  ]
  const written = random.chance(0.03)
    ? [...pairs, pairs[0] ?? pairs[1]].flatMap((pair) => (pair === undefined ? [] : [pair]))
    : pairs
  return map(...shuffled(written, random, 0.3))
}

function oddTop(random: Random): Pair[] {
  const maybe = (chance: number, pair: Pair): Pair[] => (random.chance(chance) ? [pair] : [])
  return [
    ...maybe(0.1, ['wdir', random.pick([text('.'), text('sub'), token('~'), token(''), token('5')])]),
    ...maybe(0.1, ['desc', random.pick([text('of: x'), token('5'), token('')])]),
    ...maybe(0.1, ['frozen', token(random.pick(FLAGS))]),
    ...maybe(0.1, ['meta', random.pick([map(['a', token('1')]), token('~'), list(token('1'))])]),
    ...maybe(0.1, ['md5', random.pick([text('9fa22302b0e6804a59623abeff3d3b17'), token('123'), token('~')])]),
    ...maybe(0.15, [
      'deps',
      random.pick([
        token('~'),
        token(''),
        list(),
        list(map(['path', text('in')])),
        list(map(['md5', text(MD5S[0])], ['hash', text('md5')], ['path', text('sub/in')])),
      ]),
    ]),
    ...maybe(0.03, ['outz', token('1')]),
  ]
}

function shuffled<T>(items: readonly T[], random: Random, chance: number): T[] {
  if (!random.chance(chance)) return [...items]
  const left = [...items]
  return items.flatMap(() => left.splice(random.integer(0, left.length - 1), 1))
}
