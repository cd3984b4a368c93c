import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { bundledActions } from '../../scripts/bundle/sources.ts'
import { BUDGETS } from './budgets.ts'

const root = resolve(import.meta.dirname, '../..')
const names = bundledActions(root)

/** Starts a bundle as the runner would, on a machine that has nothing: no home, no checkout, no inputs, no network. */
function start(name: string) {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-actions-bundle-'))
  try {
    const file = (path: string): string => join(folder, path)
    for (const path of ['home', 'workspace', 'temp']) mkdirSync(file(path))
    for (const path of ['output', 'state', 'summary']) writeFileSync(file(path), '')
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist', name, 'index.js')], {
      cwd: file('workspace'),
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        HOME: file('home'),
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: file('workspace'),
        GITHUB_OUTPUT: file('output'),
        GITHUB_STATE: file('state'),
        GITHUB_STEP_SUMMARY: file('summary'),
        RUNNER_TEMP: file('temp'),
      },
    })
    return { status, stdout, stderr, output: readFileSync(file('output'), 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Files of a bundle by name, with their text. */
function filesOf(name: string): ReadonlyMap<string, string> {
  const folder = join(root, 'dist', name)
  return new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
}

test('every action has a bundle and a budget, and nothing else has', () => {
  const folders = (path: string): string[] =>
    readdirSync(join(root, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
  const actions = folders('actions').sort()
  expect([...BUDGETS.keys()].sort()).toEqual(actions)
  expect(folders('dist').sort()).toEqual(actions)
})

for (const name of names) {
  describe(`dist/${name}`, () => {
    test('without inputs it fails as misconfigured, with one titled annotation', () => {
      const { status, stdout, stderr, output } = start(name)
      expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
      expect(output).toMatch(/^failure-kind<<(\S+)\nconfig\n\1$/m)
      expect(output).toMatch(/^retryable<<(\S+)\nfalse\n\1$/m)
      expect(stdout.match(/^::error.*$/gm)).toEqual([expect.stringMatching(/^::error title=[^:]+::.+/)])
    })

    test('it is an ES module, with the licences of what it contains', () => {
      const files = filesOf(name)
      expect(JSON.parse(files.get('package.json') ?? '')).toEqual({ type: 'module' })
      expect(files.get('licenses.txt')).toMatch(/^@actions\/core \d+\.\d+\.\d+ \(MIT\)$/m)
    })

    test('it names no folder of the machine that built it', () => {
      for (const [file, text] of filesOf(name)) {
        expect([file, text.includes(root), /["'`(](\/home\/|\/Users\/|[A-Z]:\\\\)/.test(text)]).toEqual([
          file,
          false,
          false,
        ])
      }
    })

    test(`it stays within ${BUDGETS.get(name)} kB`, () => {
      const bytes = [...filesOf(name).values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
      expect(bytes / 1000).toBeLessThanOrEqual(BUDGETS.get(name) ?? 0)
    })
  })
}
