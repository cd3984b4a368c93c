import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { makeTree, type Tree } from './tree.ts'

const SCRIPTS = resolve(import.meta.dirname, '../../scripts')

/** A bench whose only figure is so many times its baseline. */
const bench = (name: string, ratio: number, limit?: number): string =>
  `import { row } from '../../scripts/bench/measure.ts'\nexport const rows = async () => [row('${name}', ${ratio * 10}, 'ms', 10${limit === undefined ? '' : `, ${limit}`})]\n`

let tree: Tree

beforeAll(() => {
  tree = makeTree({
    'package.json': { type: 'module' },
    'test/bench/good.bench.ts': bench('good one', 2, 3),
    'test/bench/slow.bench.ts': bench('slow one', 4, 3),
    'test/bench/free.bench.ts': bench('free one', 9),
    'test/bench/sized.bench.ts':
      "import { row } from '../../scripts/bench/measure.ts'\nexport const rows = async ({ quick }) => [row('sized', quick ? 1 : 2, 'GB', 1)]\n",
    'test/bench/growing.bench.ts':
      "import { row } from '../../scripts/bench/measure.ts'\nexport const rows = async () => [row('growing', 1, 's', 2)]\nexport const draw = (rows) => `<svg>${rows.length}</svg>`\n",
    'test/bench/broken.bench.ts':
      "export const rows = async () => { throw new Error('the peer did not start') }\n",
    'test/bench/empty.bench.ts': 'export const row = 1\n',
    'test/bench/dvc/part.ts': 'no bench by its name',
  })
  cpSync(SCRIPTS, join(tree.root, 'scripts'), { recursive: true })
})
afterAll(() => tree[Symbol.dispose]())

/** `npm run bench -- …` in the tree. */
function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(tree.root, 'scripts/bench.ts'), ...args],
    { encoding: 'utf8', cwd: '/' },
  )
  return { status, stdout, stderr: stderr.trim() }
}

describe('npm run bench', () => {
  test('measures what is named, and nothing else', () => {
    const { status, stdout, stderr } = run('good', 'free')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout.split('\n').map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
      'name | value | unit | baseline | ratio | limit',
      'free one | 90 | ms | 10 | 9 | -',
      'good one | 20 | ms | 10 | 2 | 3',
      '',
    ])
  })

  test('prints rows as JSON where that is asked for, of quick sizes where those are', () => {
    const full = { name: 'sized', value: 2, unit: 'GB', baseline: 1, ratio: 2 }
    expect(JSON.parse(run('sized', '--json').stdout)).toEqual([full])
    expect(JSON.parse(run('sized', '--json', '--quick').stdout)).toEqual([{ ...full, value: 1, ratio: 1 }])
  })

  test('of an unknown name says which there are', () => {
    expect(run('good', 'fast')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'No bench is named fast; there are: broken, empty, free, good, growing, sized, slow',
    })
  })

  test('with --assert fails on a figure over its limit, after it has printed all of them', () => {
    const { status, stdout, stderr } = run('good', 'slow', '--assert')
    expect(status).toBe(1)
    expect(stdout).toMatch(/good one.*\n.*slow one/)
    expect(stderr).toBe('slow one: 40 ms is 4 times the 10 ms of its baseline; 3 times is the limit')
    expect(run('good', '--assert').status).toBe(0)
    expect(run('slow').status).toBe(0)
  })

  test('with --assert fails where no figure has a limit', () => {
    expect(run('free', '--assert')).toMatchObject({
      status: 1,
      stderr: 'there is no limit to hold: no row has one',
    })
  })

  test.each([
    ['broken', /^broken: the peer did not start$/],
    ['empty', /^empty: .*empty\.bench\.ts must export a function rows\(\)$/],
  ])(
    'of a bench that cannot be measured (%s) fails with its reason, and prints no figures',
    (name, words) => {
      expect(run('good', name)).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(words) })
    },
  )

  test('with --chart writes what the one bench that has a chart draws of its figures', () => {
    const chart = join(tree.root, 'chart.svg')
    expect(run('growing', 'good', '--chart', chart)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^growing/m),
    })
    expect(readFileSync(chart, 'utf8')).toBe('<svg>2</svg>')
    const stderr = '--chart is for one bench that draws a chart'
    expect(run('good', '--chart', chart)).toEqual({ status: 1, stdout: '', stderr })
  })

  test('refuses an option that it does not have', () => {
    expect(run('good', '--fast')).toMatchObject({ status: 1, stderr: expect.stringContaining("'--fast'") })
  })
})
