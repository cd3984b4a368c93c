import { posix } from 'node:path'
import type { Random } from './random.ts'

/** One entry of `stages:` and what it needs. */
export interface Stage {
  /** As dvc.yaml has it. */
  readonly definition: unknown
  /** For `vars:` of the dvc.yaml. */
  readonly vars: readonly unknown[]
  /** For the params.yaml beside it. */
  readonly params: Readonly<Record<string, unknown>>
  /** Inputs, by path relative to the dvc.yaml. */
  readonly files: Readonly<Record<string, string>>
  readonly unpushed: readonly string[]
}

export interface StageWish {
  readonly random: Random
  /** Folder for all of its files. */
  readonly below: string
  /** A file to read. */
  readonly input: string
  /** A name for an output. */
  readonly name: () => string
}

export type StageMaker = (wish: StageWish) => Stage

type Flags = Readonly<Record<string, unknown>>

const NOTHING = { vars: [], params: {}, unpushed: [] } as const

/** Those with a `matrix`. */
export const SINCE_DVC_3: ReadonlySet<string> = new Set(['matrix', 'cells'])

/** Every way in which a dvc.yaml can say what is cached, what is pushed and where to. */
export const STAGES: Readonly<Record<string, StageMaker>> = {
  copy: ({ random, below, input, name }) => {
    const out = posix.join(below, name())
    const flags = random.pick([
      {},
      {},
      { remote: 'second' },
      { persist: true },
      { cache: false },
      { push: false },
    ])
    return {
      ...NOTHING,
      definition: { cmd: copy(input, out), deps: [input], params: ['rate'], outs: [flagged(out, flags)] },
      files: { [input]: `copied ${random.integer(0, 9)}\n` },
      unpushed: 'push' in flags ? [out] : [],
    }
  },
  directory: ({ random, below, input, name }) => {
    const out = posix.join(below, name())
    const members = ['x', 'e\u0301/y', 'de ep/e/r'].map((member) => posix.join(out, member))
    return {
      ...NOTHING,
      definition: {
        desc: 'writes a directory',
        cmd: members.map((member) => `mkdir -p '${posix.dirname(member)}' && ${copy(input, member)}`),
        deps: [input],
        outs: [flagged(out, random.pick([{}, { remote: 'second' }]))],
      },
      files: { [input]: `member ${random.integer(0, 9)}\n` },
    }
  },
  each: ({ random, below, input }) => ({
    ...NOTHING,
    definition: {
      foreach: random.pick<readonly unknown[]>([
        ['eu', 'us'],
        [1, 2.5, true],
      ]),
      do: {
        cmd: [copy(input, `${below}/\${item}.bin`), copy(input, `${below}/\${item}.json`)],
        deps: [input],
        outs: [flagged(`${below}/\${item}.bin`, random.pick([{}, { remote: 'second' }]))],
        metrics: [flagged(`${below}/\${item}.json`, { cache: false })],
      },
    },
    files: { [input]: '{"accuracy": 0.5}\n' },
  }),
  entries: ({ random, below, input }) => ({
    ...NOTHING,
    definition: {
      foreach: { first: { file: 'a.bin', in: input }, second: { file: 'sub/b.bin', in: input } },
      do: {
        cmd: `mkdir -p '${below}/\${key}/sub' && ${copy('${item.in}', `${below}/\${key}/\${item.file}`)}`,
        deps: ['${item.in}'],
        outs: [`${below}/\${key}/\${item.file}`],
      },
    },
    files: { [input]: `entry ${random.integer(0, 9)}\n` },
  }),
  parameters: ({ random, below, input }) => ({
    ...NOTHING,
    definition: {
      foreach: '${models}',
      do: { cmd: copy(input, `${below}/\${item.name}`), deps: [input], outs: [`${below}/\${item.name}`] },
    },
    params: { models: [{ name: 'm\u00e9' }, { name: 'n n' }] },
    files: { [input]: `parameter ${random.integer(0, 9)}\n` },
  }),
  matrix: ({ random, below, input }) => ({
    ...NOTHING,
    definition: {
      matrix: { kind: ['a', 'b'], size: random.pick<unknown>([[1, 2], ['s'], '${sizes}']) },
      cmd: copy(input, `${below}/\${item.kind}-\${item.size}.bin`),
      deps: [input],
      outs: [`${below}/\${item.kind}-\${item.size}.bin`],
    },
    params: { sizes: [8, 16] },
    files: { [input]: `cell ${random.integer(0, 9)}\n` },
  }),
  variables: ({ random, below, input }) => ({
    ...NOTHING,
    vars: [{ place: { below } }],
    definition: {
      vars: [{ suffix: 'pkl' }],
      cmd: [copy(input, '${place.below}/x.${suffix}'), copy(input, '${place.below}/y.${suffix}')],
      deps: [input],
      outs: ['${place.below}/x.${suffix}', flagged('${place.below}/y.${suffix}', { push: false })],
    },
    files: { [input]: `variable ${random.integer(0, 9)}\n` },
    unpushed: [`${below}/y.pkl`],
  }),
  lookups: ({ below, input }) => ({
    ...NOTHING,
    vars: [{ choices: [{ name: 'a' }, { name: 'b b' }], grades: { low: 1, high: 2.5 } }],
    definition: {
      cmd: copy(input, `${below}/\${choices[1].name}-\${grades.high}`),
      deps: [input],
      outs: [flagged(`${below}/\${choices[1].name}-\${grades.high}`, { remote: 'second' })],
    },
    files: { [input]: 'looked up\n' },
  }),
  settings: ({ below, input }) => ({
    ...NOTHING,
    vars: ['settings.yaml:target', 'more.json'],
    definition: {
      cmd: copy(input, '${target.folder}/x.${ending}'),
      deps: [input],
      outs: ['${target.folder}/x.${ending}'],
    },
    files: {
      [input]: 'set\n',
      'settings.yaml': `target:\n  folder: '${below}'\nother: 1\n`,
      'more.json': '{"ending": "onnx"}',
    },
  }),
  cells: ({ random, below, input }) => ({
    ...NOTHING,
    definition: {
      matrix: { model: [{ name: 'u', deep: true }, { name: 'v' }], part: ['x', 0.1] },
      cmd: [
        `mkdir -p '${below}/\${item.model.name}'`,
        copy(input, `${below}/\${item.model.name}/\${item.part}`),
      ],
      deps: [input],
      outs: [
        flagged(
          `${below}/\${item.model.name}/\${item.part}`,
          random.pick<Flags>([{}, { persist: true }, { cache: true }]),
        ),
      ],
    },
    files: { [input]: `cell ${random.integer(0, 9)}\n` },
  }),
  folder: ({ random, below, name }) => {
    const out = name()
    return {
      ...NOTHING,
      definition: { wdir: below, cmd: copy('in', out), deps: ['in'], outs: [out] },
      files: { [`${below}/in`]: `working directory ${random.integer(0, 9)}\n` },
    }
  },
  folders: ({ random, below }) => ({
    ...NOTHING,
    definition: {
      foreach: ['l', 'r'],
      do: { wdir: `${below}/\${item}`, cmd: copy('in', 'out'), deps: ['in'], outs: ['out'] },
    },
    files: { [`${below}/l/in`]: `left ${random.integer(0, 9)}\n`, [`${below}/r/in`]: 'right\n' },
  }),
  plots: ({ random, below, input }) => ({
    ...NOTHING,
    definition: {
      cmd: ['plot.csv', 'cached.csv', 'metric.json'].map((name) => copy(input, `${below}/${name}`)),
      deps: [input],
      plots: [
        flagged(`${below}/plot.csv`, { cache: false }),
        flagged(`${below}/cached.csv`, { x: 'a', y: 'b' }),
      ],
      metrics: [`${below}/metric.json`],
    },
    files: { [input]: random.pick(['{"a": 1}\n', '{"a": 2}\n']) },
  }),
}

function copy(from: string, to: string): string {
  return `cp '${from}' '${to}'`
}

/** `path`, or `path: {flags}`. */
function flagged(path: string, flags: Flags): unknown {
  return Object.keys(flags).length === 0 ? path : { [path]: flags }
}
