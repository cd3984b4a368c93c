import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { makeTree } from './tree.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const OURS = join(ROOT, 'test/jest')
const IMPORTS = "import { afterEach, describe, expect, test } from '@jest/globals'\n"

const SUITES = {
  '1-leaks.test.ts': `import { known } from './shared.ts'
    test('leaves things behind', () => {
      process.env['LEFT'] = 'behind'
      delete process.env['GIVEN']
      process.chdir('/')
      known.push('one')
      globalThis.console = undefined as never
    })`,
  '2-finds.test.ts': `import { known, tidy } from './shared.ts'
    tidy()
    test('finds none of it but the modules', () => {
      expect([process.env['LEFT'], process.env['GIVEN'], process.cwd() === '/']).toEqual([undefined, 'yes', false])
      expect(known).toEqual(['one'])
      console.log('heard')
    })
    test('runs the hooks that a shared helper sets', () => expect(known).toEqual(['one', 'tidied']))`,
  '3-fails.test.ts': `test('expects in vain', () => expect(1).toBe(2))`,
  '4-waits.test.ts': `test('never ends', () => new Promise(() => setTimeout(() => {}, 200)), 50)`,
  '5-rejects.test.ts': `test('leaves a promise alone', async () => {
      void Promise.reject(new Error('nobody waits for this'))
      await new Promise((resolve) => setTimeout(resolve, 20))
    })`,
  '6-throws.test.ts': `throw new Error('no suite')`,
  '7-tables.test.ts': `describe('a table', () => {
      test.each([[1, 2], [3, 4]])('%d is less than %d', (a, b) => expect(a).toBeLessThan(b))
      test.skip('is left out', () => expect(1).toBe(2))
    })`,
}

interface Outcome {
  readonly success: boolean
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly { readonly status: string; readonly title: string }[]
  }[]
}

/** Runs them in one process after one another: what one leaves is there for the next. */
const IN_ORDER = `export default class {
  sort(tests) { return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1)) }
  cacheResults() {}
}`

let ended: { readonly code: number | null; readonly stderr: string; readonly suites: Outcome['testResults'] }

beforeAll(() => {
  using tree = makeTree({
    'package.json': { type: 'module' },
    'jest.config.js': `export default ${JSON.stringify({
      runtime: join(OURS, 'runtime.js'),
      testRunner: join(OURS, 'runner.js'),
      testEnvironment: join(OURS, 'environment.js'),
      testSequencer: '<rootDir>/in-order.js',
      testMatch: ['**/*.test.ts'],
      transform: {},
      injectGlobals: false,
    })}`,
    'in-order.js': IN_ORDER,
    'shared.ts': `${IMPORTS}export const known: string[] = []
      export const tidy = () => afterEach(() => { known.push('tidied') })`,
    ...Object.fromEntries(Object.entries(SUITES).map(([name, text]) => [name, `${IMPORTS}${text}`])),
  })
  const outcome = join(tree.root, 'outcome.json')
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/jest/bin/jest.js'), '--runInBand', '--json', `--outputFile=${outcome}`],
    { cwd: tree.root, encoding: 'utf8', env: { ...process.env, GIVEN: 'yes' } },
  )
  const { testResults }: Outcome = JSON.parse(readFileSync(outcome, 'utf8'))
  ended = { code: status, stderr, suites: testResults }
})

function suite(name: string) {
  const found = ended.suites.find((one) => one.name.endsWith(`${name}.test.ts`))
  if (found === undefined) throw new Error(`no suite ${name}: ${ended.stderr}`)
  return {
    tests: found.assertionResults.map(({ title, status }) => `${status}: ${title}`),
    message: found.message,
  }
}

describe('a run of suites in plain Node', () => {
  test('fails as a whole when anything in it fails', () => expect(ended.code).toBe(1))

  test('gives a suite its variables, folder and console, whatever the one before did to them', () => {
    expect(suite('2-finds').tests[0]).toBe('passed: finds none of it but the modules')
    expect(ended.stderr).toContain('heard')
  })

  test('gives hooks that a helper sets to the suite that calls it', () =>
    expect(suite('2-finds').tests[1]).toBe('passed: runs the hooks that a shared helper sets'))

  test('is red where an expectation fails, with what was expected and the line', () => {
    expect(suite('3-fails').tests).toEqual(['failed: expects in vain'])
    expect(suite('3-fails').message).toMatch(/Expected: 2\s+Received: 1[\s\S]*3-fails\.test\.ts:2:\d+/)
  })

  test('is red where a test takes longer than it may', () => {
    expect(suite('4-waits').tests).toEqual(['failed: never ends'])
    expect(suite('4-waits').message).toContain('Exceeded timeout of 50 ms')
  })

  test('is red where a promise is rejected that nobody waits for', () => {
    expect(suite('5-rejects').tests).toEqual(['failed: leaves a promise alone'])
    expect(suite('5-rejects').message).toContain('nobody waits for this')
  })

  test('is red where a suite cannot be loaded', () => expect(suite('6-throws').message).toContain('no suite'))

  test('runs tables, and leaves out what is to be left out', () =>
    expect(suite('7-tables').tests).toEqual([
      'passed: 1 is less than 2',
      'passed: 3 is less than 4',
      'pending: is left out',
    ]))
})
