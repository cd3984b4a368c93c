import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { build } from '../../scripts/build.ts'
import { compareFolders } from '../../scripts/bundle/compare.ts'
import { packageFolder } from '../../scripts/bundle/licenses.wire.ts'
import { bundlesFor } from '../global-setup.ts'
import { addFiles, makeTree, type Tree } from './tree.ts'

const repository = resolve(import.meta.dirname, '../..')

/** Two packages, one action with a lazy import and third-party code in both its chunks, and the real tool chain. */
function makeProject(): Tree {
  const library = (name: string): Record<string, unknown> => ({
    [`node_modules/${name}/package.json`]: {
      name,
      version: '1.2.3',
      license: 'MIT',
      type: 'module',
      exports: './i.js',
    },
    [`node_modules/${name}/i.js`]: `export const value = '${name}'\n`,
    [`node_modules/${name}/i.d.ts`]: 'export declare const value: string\n',
    [`node_modules/${name}/LICENSE`]: `The licence of ${name}\n`,
  })
  const tree = makeTree({
    'package.json': { name: 'project', type: 'module' },
    'package-lock.json': {},
    'tsconfig.json': readFileSync(join(repository, 'tsconfig.json'), 'utf8'),
    'tsconfig.build.json': readFileSync(join(repository, 'tsconfig.build.json'), 'utf8'),
    ...library('first'),
    ...library('second'),
    'packages/low/package.json': {
      type: 'module',
      name: '@mlops-actions/low',
      exports: './src/index.ts',
      dependencies: { first: '1' },
    },
    'packages/low/src/index.ts':
      "export { value } from 'first'\nexport { low } from './low.ts'\nexport { fromThread } from './thread.ts'\n",
    'packages/low/src/low.ts': "export const low: string = 'low'\n",
    'packages/low/src/thread.ts': [
      "import { Worker } from 'node:worker_threads'",
      'export const fromThread = (): Promise<unknown> =>',
      '  new Promise((resolve) => {',
      "    new Worker(new URL('./low-worker.ts', import.meta.url)).on('message', resolve)",
      '  })\n',
    ].join('\n'),
    'packages/low/src/low-worker.ts': [
      "import { parentPort } from 'node:worker_threads'",
      "import { word } from './word.ts'",
      'parentPort?.postMessage(word as string)\n',
    ].join('\n'),
    'packages/low/src/word.ts': "export const word = 'from a thread'\n",
    'packages/lazy/package.json': {
      type: 'module',
      name: '@mlops-actions/lazy',
      exports: { './sub': './src/sub.ts' },
      dependencies: { second: '1' },
    },
    'packages/lazy/src/sub.ts': "export { value as lazy } from 'second'\n",
    'actions/greet/package.json': {
      type: 'module',
      name: '@mlops-actions/greet',
      dependencies: { '@mlops-actions/low': '0', '@mlops-actions/lazy': '0' },
    },
    'actions/greet/src/main.ts': [
      "import { fromThread, low, value } from '@mlops-actions/low'",
      "const { lazy } = await import('@mlops-actions/lazy/sub')",
      'console.log(low, value, lazy, await fromThread())\n',
    ].join('\n'),
    'actions/later/package.json': { type: 'module', name: '@mlops-actions/later' },
    'node_modules/@mlops-actions/README': '',
  })
  for (const name of ['typescript', '@typescript', '@types', '@vercel']) {
    symlinkSync(join(repository, 'node_modules', name), join(tree.root, 'node_modules', name), 'dir')
  }
  for (const name of ['low', 'lazy']) {
    symlinkSync(`../../packages/${name}`, join(tree.root, 'node_modules/@mlops-actions', name), 'dir')
  }
  return tree
}

function buildIn(root: string, options: { out?: string; only?: string[]; ifChanged?: boolean } = {}) {
  const said: string[] = []
  const { out = join(root, 'dist'), ...rest } = options
  return build({ root, out, ...rest, say: (line) => said.push(line) }).then((built) => ({ built, said }))
}

describe('build', () => {
  let tree: Tree
  let again: Tree
  beforeAll(async () => {
    tree = makeProject()
    again = makeProject()
    await Promise.all([buildIn(tree.root), buildIn(again.root)])
  })
  afterAll(() => {
    tree[Symbol.dispose]()
    again[Symbol.dispose]()
  })
  const dist = (path: string): string => readFileSync(join(tree.root, 'dist/greet', path), 'utf8')

  test('a bundle runs alone, in an empty folder', () => {
    using empty = makeTree({})
    const { stdout } = spawnSync(process.execPath, [join(tree.root, 'dist/greet/index.js')], {
      cwd: empty.root,
    })
    expect(stdout.toString()).toBe('low first second from a thread\n')
  })

  test('only actions with an entry get a bundle', () => {
    expect(readdirSync(join(tree.root, 'dist')).sort()).toEqual(['greet', 'sources.sha256'])
  })

  test('a worker thread has one file of its own beside the bundle, with all that it imports', () => {
    expect(dist('low-worker.js')).toContain("'from a thread'")
    expect(dist('low-worker.js')).not.toMatch(/from ['"]\.|import\(/)
    expect(dist('index.js')).toContain('low-worker.js')
    expect(dist('index.js')).not.toContain("'from a thread'")
  })

  test('a bundle is an ES module beside its chunks and licences', () => {
    expect(dist('package.json')).toContain('"module"')
    expect(
      readdirSync(join(tree.root, 'dist/greet')).filter((name) => /^\d+\.index\.js$/.test(name)),
    ).toHaveLength(1)
  })

  test('the licences of all chunks are listed, and ours is not repeated', () => {
    const licenses = dist('licenses.txt')
    expect(licenses).toContain('first 1.2.3 (MIT)\n-----------------\nThe licence of first\n')
    expect(licenses).toContain('The licence of second')
    expect(licenses).not.toContain('@mlops-actions')
  })

  test('the same sources give the same bytes in another folder', () => {
    expect(compareFolders(join(tree.root, 'dist'), join(again.root, 'dist'))).toEqual([])
  })

  test('no trace of the folder is left in the bundle, and no intermediate file behind', () => {
    expect(dist('index.js')).not.toContain(tree.root)
    expect(readdirSync(join(tree.root, 'build'))).toEqual([])
  })

  test('nothing is built while the sources stay the same', async () => {
    expect(await buildIn(tree.root, { ifChanged: true })).toEqual({ built: [], said: [] })
  })

  test('a change in a package that an action declares rebuilds its bundle and names it', async () => {
    appendFileSync(join(again.root, 'packages/low/src/low.ts'), "export const more: string = 'more'\n")
    const { built, said } = await buildIn(again.root, { ifChanged: true })
    expect(built).toEqual(['greet'])
    expect(said[0]).toBe('sources changed since the last build: greet')
  })

  test('a type error fails the build, is quoted, and leaves the old bundle', async () => {
    using broken = makeProject()
    addFiles(broken.root, {
      'dist/greet/index.js': 'old',
      'packages/low/src/low.ts': 'export const low: string = 1\n',
    })
    await expect(buildIn(broken.root)).rejects.toThrow(/packages\/low\/src\/low\.ts.*TS2322/)
    expect(readFileSync(join(broken.root, 'dist/greet/index.js'), 'utf8')).toBe('old')
  })

  test('the bundle of a removed action disappears, a folder that no build made stays', async () => {
    using project = makeProject()
    rmSync(join(project.root, 'actions/greet'), { recursive: true })
    const line = `${'0'.repeat(64)}  greet\n`
    addFiles(project.root, { 'dist/sources.sha256': line, 'dist/greet/index.js': '', 'dist/mine/file': '' })
    await buildIn(project.root)
    expect(existsSync(join(project.root, 'dist/greet'))).toBe(false)
    expect(existsSync(join(project.root, 'dist/mine/file'))).toBe(true)
  })

  test('an unknown name is refused', async () => {
    await expect(buildIn(tree.root, { only: ['gret'] })).rejects.toThrow(
      'No action is named gret; there are: greet',
    )
  })
})

test.each([
  ['/r/node_modules/a/lib/x.js', '/r/node_modules/a'],
  ['/r/node_modules/a/node_modules/@s/b/x.js', '/r/node_modules/a/node_modules/@s/b'],
  ['/r/build/1/packages/low/src/x.js', undefined],
])('the package of %s is %s', (path, want) => {
  expect(packageFolder(path)).toBe(want)
})

describe('compareFolders', () => {
  test('names what is missing, left over and different', () => {
    using wanted = makeTree({ 'a/same': '1', 'a/other': '1', 'a/gone': '1' })
    using actual = makeTree({ 'a/same': '1', 'a/other': '2', 'b/new': '1' })
    expect(compareFolders(wanted.root, actual.root)).toEqual([
      'a/gone is missing',
      'b/new is left over',
      'a/other differs',
    ])
  })
})

test.each<[patterns: string[], want: string[] | undefined]>([
  [[], undefined],
  [['packages/http'], []],
  [['test/house'], []],
  [['actions/dvc-push/test/run.test.ts', 'packages/text'], ['dvc-push']],
  [['actions/dvc'], undefined],
  [['test/bundle'], undefined],
])('a test run of %j needs the bundles %j', (patterns, want) => {
  expect(bundlesFor(patterns)).toEqual(want)
})
