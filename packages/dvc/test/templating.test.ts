import { describe, expect, test } from '@jest/globals'
import { parseDvcYaml } from '../src/formats/dvc-yaml.wire.ts'
import { pythonFloat } from '../src/formats/typed-value.ts'
import { parseTypedYaml } from '../src/formats/typed-yaml.wire.ts'
import { resolveStages } from '../src/templating/stages.ts'

/** The stages of a dvc.yaml in `sub`, with files beside it, as `name: wdir deps -> outs`. */
async function stagesOf(text: string, files: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const read = async (path: string) => files[path]
  const stages = await resolveStages(read, 'sub/dvc.yaml', parseDvcYaml(text, 'sub/dvc.yaml'))
  return stages.map(
    ({ name, wdir, deps, outs }) =>
      `${name}: ${wdir} ${deps.join(',')} -> ${outs.map((out) => out.path).join(',')}`,
  )
}
const stages = (...lines: string[]) => `stages:\n${lines.map((line) => `  ${line}\n`).join('')}`

describe('the values of YAML', () => {
  test.each<[text: string, value: unknown]>([
    ['1', { number: '1' }],
    ['007', { number: '7' }],
    ['0x1f', { number: '31' }],
    ['1_000', { number: '1000' }],
    ['12345678901234567890123', { number: '12345678901234567890123' }],
    ['0.10', { number: '0.1' }],
    ['1.', { number: '1.0' }],
    ['1e5', { number: '100000.0' }],
    ['1e-5', { number: '1e-05' }],
    ['1e16', { number: '1e+16' }],
    ['.inf', { number: 'inf' }],
    ["'0.10'", '0.10'],
    ['yes', 'yes'],
    ['True', true],
    ['~', null],
    ['1.2.3', '1.2.3'],
  ])('%s are those that Python gets', (text, value) => {
    expect(parseTypedYaml(`[${text}]`, 'x')).toEqual([value])
  })

  test.each([
    [0.1, '0.1'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [123456789.125, '123456789.125'],
    [1e22, '1e+22'],
    [-0, '-0.0'],
    [2, '2.0'],
  ])('%d prints as %s', (value, text) => {
    expect(pythonFloat(value)).toBe(text)
  })

  test('merge keys bring the keys that are not there', () => {
    const map = parseTypedYaml('a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n', 'x')
    expect(map).toEqual(
      new Map<string, unknown>([
        [
          'a',
          new Map([
            ['x', { number: '1' }],
            ['y', { number: '2' }],
          ]),
        ],
        [
          'b',
          new Map([
            ['x', { number: '1' }],
            ['y', { number: '3' }],
          ]),
        ],
      ]),
    )
  })
})

describe('templates', () => {
  test('take variables from params.yaml, from vars and from files that vars name', async () => {
    const text = `vars:
- conf.json:paths,model.name
- extra: {dir: out}
${stages("train: {cmd: x, deps: ['${paths.data[0]}'], outs: ['${extra.dir}/${name}-${lr}.pkl', 'plain']}")}`
    const files = {
      'sub/params.yaml': 'name: m\nlr: 0.10\n',
      'sub/conf.json': '{"paths": {"data": ["raw.csv", "b"]}, "model.name": 1}',
    }
    expect(await stagesOf(text, files)).toEqual(['train: sub raw.csv -> out/m-0.1.pkl,plain'])
  })

  test('of a stage may have variables of their own, read from its wdir', async () => {
    const text = stages("train: {cmd: x, wdir: '${w}', vars: [local.yaml], outs: ['${o}']}")
    expect(await stagesOf(text, { 'sub/params.yaml': 'w: run', 'sub/run/local.yaml': 'o: m.pkl' })).toEqual([
      'train: sub/run  -> m.pkl',
    ])
  })

  test('count as Python does', async () => {
    const text = stages("a: {cmd: x, outs: ['a${x[ 0 ]}', 'b${x[-1]}', 'c${x[+0_1]} ']}")
    expect(await stagesOf(text, { 'sub/params.yaml': 'x: [1, 2]' })).toEqual(['a: sub  -> a1,b2,c2 '])
  })

  test.each(['false', '0', 'null', "''", '0.0'])(
    'that stand for %s are no folder, as in Python',
    async (value) => {
      const text = stages("a: {cmd: x, wdir: '${x}', outs: [m]}")
      expect(await stagesOf(text, { 'sub/params.yaml': `x: ${value}` })).toEqual(['a: sub  -> m'])
    },
  )

  test('written with a backslash stay', async () => {
    expect(
      await stagesOf(stages("a: {cmd: x, outs: ['\\${x}-${y}']}"), { 'sub/params.yaml': 'y: 1' }),
    ).toEqual(['a: sub  -> ${x}-1'])
  })

  test('do not matter where they stand in the command alone', async () => {
    expect(await stagesOf(stages("a: {cmd: 'run ${x}', outs: [m]}"))).toEqual(['a: sub  -> m'])
  })

  test('booleans, nothing and text print as in DVC', async () => {
    const text = stages("a: {cmd: x, outs: ['${t}-${n}-${s}']}")
    expect(await stagesOf(text, { 'sub/params.yaml': 't: True\nn: null\ns: "1.0"' })).toEqual([
      'a: sub  -> true-None-1.0',
    ])
  })

  test.each<[what: string, text: string, files: Record<string, string>, words: RegExp]>([
    ['name nothing', stages("a: {cmd: x, outs: ['${x}']}"), {}, /variable "x" is defined nowhere/],
    [
      'name a list',
      stages("a: {cmd: x, outs: ['a${x}']}"),
      { 'sub/params.yaml': 'x: [1]' },
      /puts a list into text/,
    ],
    [
      'stand for a number where a path is',
      stages("a: {cmd: x, outs: ['${x}']}"),
      { 'sub/params.yaml': 'x: 1' },
      /"\$\{x\}" stands for what is no text/,
    ],
    [
      'stand for a number where a folder is',
      stages("a: {cmd: x, wdir: '${x}', outs: [m]}"),
      { 'sub/params.yaml': 'x: 1' },
      /"\$\{x\}" stands for what is no text/,
    ],
    [
      'stand in vars',
      `vars: [{y: '\${x}'}]\n${stages('a: {cmd: x, outs: [m]}')}`,
      { 'sub/params.yaml': 'x: 1' },
      /vars hold a template/,
    ],
    [
      'name a date',
      stages("a: {cmd: x, outs: ['a${x}']}"),
      { 'sub/params.yaml': 'x: 2020-01-01' },
      /the date 2020-01-01/,
    ],
    [
      'name a key that is a number',
      stages("a: {cmd: x, outs: ['a${x.1}']}"),
      { 'sub/params.yaml': 'x: {1: b}' },
      /"x\.1" is defined nowhere/,
    ],
    ['are none', stages("a: {cmd: x, outs: ['${a..b}']}"), {}, /holds the template "\$\{a\.\.b\}"/],
    [
      'come from a file that is not there',
      `vars: [v.yaml]\n${stages("a: {cmd: x, outs: ['${x}']}")}`,
      {},
      /sub\/v\.yaml, which does not exist/,
    ],
    [
      'come from Python',
      `vars: [v.py]\n${stages("a: {cmd: x, outs: ['${x}']}")}`,
      {},
      /variables from sub\/v\.py/,
    ],
    [
      'come from outside',
      `vars: [../../v.yaml]\n${stages("a: {cmd: x, outs: ['${x}']}")}`,
      {},
      /leaves the repository/,
    ],
    [
      'are defined twice',
      `vars: [{x: 1}]\n${stages("a: {cmd: x, outs: ['${x}']}")}`,
      { 'sub/params.yaml': 'x: 2' },
      /"x", which is defined already/,
    ],
    [
      'load a file twice',
      `vars: ['v.yaml:a', v.yaml]\n${stages("a: {cmd: x, outs: ['${a}']}")}`,
      { 'sub/v.yaml': 'a: 1' },
      /load sub\/v\.yaml twice/,
    ],
    [
      'want a key that is not there',
      `vars: ['v.yaml:b']\n${stages("a: {cmd: x, outs: ['${a}']}")}`,
      { 'sub/v.yaml': 'a: 1' },
      /the key "b", which sub\/v\.yaml does not have/,
    ],
  ])('that %s are refused', async (_, text, files, words) => {
    await expect(stagesOf(text, files)).rejects.toThrow(words)
  })
})

describe('foreach', () => {
  test.each<[what: string, data: string, names: string[]]>([
    ['a list of values', '[a, 1, 0.10, true]', ['s@a', 's@1', 's@0.1', 's@true']],
    ['a list with mappings', '[{x: 1}, {x: 2}]', ['s@0', 's@1']],
    ['a mapping', '{eu: {x: 1}, us: {x: 2}}', ['s@eu', 's@us']],
    ['a variable', "'${regions}'", ['s@de', 's@fr']],
    ['a list of variables', "['${regions[1]}']", ['s@fr']],
  ])('over %s', async (_, data, names) => {
    const text = stages(`s:\n    foreach: ${data}\n    do: {cmd: x}`)
    const found = await stagesOf(text, { 'sub/params.yaml': 'regions: [de, fr]' })
    expect(found.map((line) => line.split(':')[0])).toEqual(names)
  })

  test.each([
    ['"${flags}"', ['s@True', 's@False']],
    ['["${flags[0]}", true]', ['s@True', 's@true']],
  ])('over %s names its stages by a boolean out of a variable as Python writes it', async (data, names) => {
    const found = await stagesOf(stages(`s:\n    foreach: ${data}\n    do: {cmd: x, outs: ['a\${item}']}`), {
      'sub/params.yaml': 'flags: [true, false]',
    })
    expect(found.map((line) => line.split(':')[0])).toEqual(names)
  })

  test('gives item and key to its stages', async () => {
    const text = stages(
      "s:\n    foreach: {eu: {x: 1}}\n    do: {cmd: x, wdir: '${key}', outs: ['${item.x}/${key}']}",
    )
    expect(await stagesOf(text)).toEqual(['s@eu: sub/eu  -> 1/eu'])
  })

  test.each([
    ['foreach: 3', /neither a list nor a mapping/],
    ['foreach: "${x}"', /neither a list nor a mapping/],
  ])('over %s is refused', async (data, words) => {
    await expect(
      stagesOf(stages(`s:\n    ${data}\n    do: {cmd: x}`), { 'sub/params.yaml': 'x: text' }),
    ).rejects.toThrow(words)
  })
})

describe('matrix', () => {
  test('stands for every combination, the last axis first', async () => {
    const text = stages(
      "s:\n    matrix: {lr: [0.10, 1e-5], model: [a, {n: b}]}\n    cmd: x\n    outs: ['${item.lr}/${key}']",
    )
    expect(await stagesOf(text)).toEqual([
      's@0.1-a: sub  -> 0.1/0.1-a',
      's@0.1-model1: sub  -> 0.1/0.1-model1',
      's@1e-05-a: sub  -> 1e-05/1e-05-a',
      's@1e-05-model1: sub  -> 1e-05/1e-05-model1',
    ])
  })

  test('takes its axes from variables', async () => {
    const text = stages("s:\n    matrix: {m: '${models}'}\n    cmd: x")
    expect(await stagesOf(text, { 'sub/params.yaml': 'models: [a, b]' })).toEqual([
      's@a: sub  -> ',
      's@b: sub  -> ',
    ])
  })

  test('takes the keys of a variable that is a mapping', async () => {
    const text = stages("s:\n    matrix: {m: '${models}', t: ['${yes}']}\n    cmd: x")
    expect(await stagesOf(text, { 'sub/params.yaml': 'models: {a: 1, b: 2}\nyes: true' })).toEqual([
      's@a-True: sub  -> ',
      's@b-True: sub  -> ',
    ])
  })

  test('that leaves a stage without a name is refused', async () => {
    await expect(stagesOf(stages("s:\n    matrix: {m: ['']}\n    cmd: x"))).rejects.toThrow(/has no name/)
  })

  test('without bounds is refused', async () => {
    const axis = `[${Array.from({ length: 100 }, (_, at) => at).join(',')}]`
    const text = stages(`s:\n    matrix: {a: ${axis}, b: ${axis}, c: ${axis}}\n    cmd: x`)
    await expect(stagesOf(text)).rejects.toThrow(/more than 100000 combinations/)
  })
})

describe('a dvc.yaml', () => {
  test.each([
    ['stages: []', /stages is a list, which is no mapping/],
    ['stages:\n  1: {cmd: x}', /name of its stage 1 is no text/],
    ['stages:\n  a: {outs: [m]}', /has no cmd/],
    ['stages:\n  a: {do: {cmd: x}}', /do without foreach/],
    ['stages:\n  a: {cmd: x, outs: [1]}', /neither a path nor a mapping/],
    ['stages:\n  a: {cmd: x, outs: [{1: {cache: false}}]}', /neither a path nor a mapping/],
    ['stages:\n  a: {cmd: x, outs: [{m: }]}', /no mapping/],
    ['stages:\n  a: {cmd: x, outs: [{m: {x: a}}]}', /the key "x"/],
    ['stages:\n  a: {cmd: x, matrix: {k: {b: 1}}}', /neither a list nor a template/],
    ['vars: [3]', /neither a file nor a mapping/],
    ['vars:', /vars is empty, which is no list/],
    ['stages:\n  a: x', /stage a is no mapping/],
    ['stages:\n  a: {foreach: [1]}', /foreach without do/],
    ['stages:\n  a: {cmd: x, outs: m}', /outs is "m", which is no list/],
    ['stages:\n  a: {cmd: x, outs: [[m]]}', /neither a path nor a mapping/],
    ['stages:\n  a: {cmd: x, outs: [{m: {chache: false}}]}', /the key "chache"/],
    [
      'stages:\n  a: {cmd: x, outs: [{m: {push: never}}]}',
      /push is "never", which is neither true nor false/,
    ],
    // Each of them would hide an output in silence.
    ['stages:\n  a: {cmd: x, out: [m]}', /dvc\.yaml:a: it has the key "out"/],
    ['stages:\n  a: {foreach: [1], do: {cmd: x, outputs: [m]}}', /dvc\.yaml:a: it has the key "outputs"/],
    ['stages:\n  a: {foreach: [1], do: {cmd: x}, outs: [m]}', /dvc\.yaml:a: it has the key "outs"/],
    ['stage:\n  a: {cmd: x, outs: [m]}', /dvc\.yaml: it has the key "stage"/],
    ['- a', /does not hold a mapping/],
    ['stages: {a: 1, a: 2}', /unique/],
    [
      'a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]',
      /nested too deeply/,
    ],
  ])('%j is refused', (text, words) => {
    expect(() => parseDvcYaml(text, 'dvc.yaml')).toThrow(words)
  })

  test('may hold everything that DVC knows', () => {
    const known =
      'vars: []\nparams: []\nmetrics: []\nplots: []\nartifacts: {}\ndatasets: []\nstages:\n' +
      '  a: {cmd: x, wdir: y, deps: [], params: [], vars: [], frozen: true, meta: 1, desc: d, always_changed: true, outs: [], metrics: [], plots: []}\n' +
      '  b: {matrix: {k: [1]}, cmd: x}\n  c: {foreach: [1], do: {cmd: x}}\n'
    expect(parseDvcYaml(known, 'dvc.yaml').stages).toHaveLength(3)
  })

  test('may name a remote by a template', async () => {
    const text = `vars: [{Where: EU}]\n${stages('a: {cmd: x, outs: [{m: {remote: "${Where}-store"}}]}')}`
    const [stage] = await resolveStages(async () => undefined, 'dvc.yaml', parseDvcYaml(text, 'dvc.yaml'))
    expect(stage?.outs[0]?.remote).toBe('eu-store')
  })

  test('that is empty has no stages', () => {
    expect(parseDvcYaml('', 'dvc.yaml')).toEqual({ vars: [], stages: [] })
  })
})
