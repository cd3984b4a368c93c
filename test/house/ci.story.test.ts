import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { makeTree } from './tree.ts'

const repository = resolve(import.meta.dirname, '../..')

/** Runs .ci/run in an empty project with a stand-in `npm` that behaves as the given shell `case` branches say. */
function runCi(branches: string, more: Record<string, string> = {}) {
  using tree = makeTree({
    'bin/npm': `#!/bin/sh\necho "npm $* CI=$CI"\ncase "$*" in\n${branches}\nesac\n`,
  })
  mkdirSync(join(tree.root, '.ci'))
  copyFileSync(join(repository, '.ci/run'), join(tree.root, '.ci/run'))
  chmodSync(join(tree.root, 'bin/npm'), 0o755)
  const env = { PATH: `${join(tree.root, 'bin')}:${process.env['PATH']}`, ...more }
  const { status, stdout } = spawnSync('bash', [join(tree.root, '.ci/run')], { env, encoding: 'utf8' })
  const lines = stdout.trimEnd().split('\n')
  return { status, calls: lines.filter((line) => line.startsWith('npm ')), last: lines.at(-1), lines }
}

describe('.ci/run', () => {
  test('runs every stage and adds up what they counted', () => {
    const branches =
      '"cit") echo "Tests:       2 skipped, 40 passed, 42 total" >&2 ;;\n"run test:real") echo "test:real: 7 passed, 0 failed" ;;'
    const { status, calls, last } = runCi(branches)
    expect({ status, calls, last }).toEqual({
      status: 0,
      calls: [
        'npm ci --ignore-scripts CI=true',
        'npm run check CI=true',
        'npm cit CI=true',
        'npm run test:e2e CI=true',
        'npm run bench -- start --assert CI=true',
        'npm run demo CI=true',
        'npm run test:real CI=true',
      ],
      last: '54 passed, 0 failed',
    })
  })

  test('goes on after a failed stage, counts its failures, and fails', () => {
    const branches =
      '"run check") exit 1 ;;\n"cit") echo "Tests:       3 failed, 4 passed, 7 total"; exit 1 ;;'
    const { status, calls, last } = runCi(branches)
    expect(calls).toHaveLength(7)
    expect({ status, last }).toEqual({ status: 1, last: '9 passed, 5 failed' })
  })

  test('stops a stage when the time of the whole is over, says so, and gives those after it no more than a second', () => {
    const { status, calls, last, lines } = runCi(
      '"run demo") exec sleep 60 ;;\n"run test:real") exec sleep 60 ;;',
      {
        CI_SECONDS: '3',
      },
    )
    expect(calls).toHaveLength(7)
    expect({ status, last }).toEqual({ status: 1, last: '5 passed, 2 failed' })
    expect(lines).toContainEqual(expect.stringMatching(/^== demo: stopped after its [1-3] s$/))
    expect(lines).toContain('== real: stopped after its 1 s')
  })

  test('the whole ends within half an hour', () => {
    const script = readFileSync(join(repository, '.ci/run'), 'utf8')
    const [, whole] = /CI_SECONDS:-(\d+)/.exec(script) ?? []
    expect(Number(whole)).toBeLessThanOrEqual(29 * 60)
    expect(script.match(/^stage \w+ \d+ /gm)).toHaveLength(7)
  })

  test('stops when nothing could be installed', () => {
    const { status, calls, last } = runCi('"ci --ignore-scripts") exit 9 ;;')
    expect({ status, calls: calls.length, last }).toEqual({ status: 1, calls: 1, last: '0 passed, 1 failed' })
  })
})

describe('ci.yml', () => {
  const text = readFileSync(join(repository, '.github/workflows/ci.yml'), 'utf8')
  const { jobs } = parse(text)

  test('runs the tests under the oldest Node that package.json allows, and on every system that the README names', () => {
    const { engines } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
    const { matrix } = jobs.test.strategy
    expect(matrix.include.map(({ node }: { node: string }) => `>=${node}`)).toContain(engines.node)
    expect(matrix.include.map(({ os }: { os: string }) => os.replace(/-.*/, ''))).toEqual(
      expect.arrayContaining(['ubuntu', 'macos']),
    )
    expect(jobs.test.steps).toContainEqual(
      expect.objectContaining({ with: expect.objectContaining({ 'node-version': '${{ matrix.node }}' }) }),
    )
  })

  test('the one required check waits for every other job', () => {
    const { ok, ...others } = jobs
    expect(ok.needs).toEqual(Object.keys(others))
  })
})

describe('node24', () => {
  const script = join(repository, 'scripts/node24.mjs')
  const run = (code: string) =>
    spawnSync(process.execPath, [script, '-e', code, 'an argument'], { encoding: 'utf8' })

  test('hands arguments and exit status through', () => {
    const { status, stdout } = run('console.log(process.argv[1]); process.exitCode = 7')
    expect({ status, stdout }).toEqual({ status: 7, stdout: 'an argument\n' })
  })

  test('is Node 24, and so is every node that its children find', () => {
    const child = "require('node:child_process').execSync('node --version').toString()"
    const versions = run(`console.log(process.version + ' ' + ${child})`).stdout.trim().split(' ')
    expect(versions).toEqual([expect.stringMatching(/^v(2[4-9]|[3-9]\d)\./), versions[0]])
  })

  test('a clone in which nothing is installed is told so in one sentence', () => {
    using tree = makeTree({ 'scripts/node24.mjs': readFileSync(script, 'utf8') })
    const bare = join(tree.root, 'scripts/node24.mjs')
    const { status, stderr } = spawnSync(process.execPath, [bare, '--version'], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'Nothing is installed yet: run `npm ci` first.\n',
    })
  })

  test('a program that dies of a signal is a failure', () => {
    expect(run("process.kill(process.pid, 'SIGKILL')").status).toBe(1)
  })
})

test('the workflow plays every real part but the one that no hosted runner can play', () => {
  const readme = readFileSync(join(repository, 'README.md'), 'utf8').split('| part | what is real |')[1] ?? ''
  const parts = [...readme.matchAll(/^\| `(\w+)` \|/gm)].map(([, part]) => part)
  const workflow = readFileSync(join(repository, '.github/workflows/ci.yml'), 'utf8')
  const [, played = ''] = /npm run test:real -- (.*)/.exec(workflow) ?? []
  expect(parts.length).toBeGreaterThan(5)
  expect(['docker', ...played.split(' ')].sort()).toEqual(parts.sort())
})

describe('.gitattributes', () => {
  const attribute = (name: string, path: string): string => {
    const { stdout } = spawnSync('git', ['check-attr', name, '--', path], {
      cwd: repository,
      encoding: 'utf8',
    })
    return stdout.trim().split(': ')[2] ?? ''
  }

  test.each([
    'README.md',
    'LICENSE',
    'SECURITY.md',
    '.github/workflows',
    'actions',
    'actions/dvc-push',
    'actions/dvc-push/action.yml',
    'actions/dvc-push/README.md',
    'dist',
    'dist/dvc-push',
    'dist/dvc-push/index.js',
    'dist/dvc-push/package.json',
    'dist/dvc-push/licenses.txt',
  ])('the archive that a job downloads holds %s', (path) => {
    expect(attribute('export-ignore', path)).toBe('unspecified')
  })

  test.each([
    'docs',
    'packages',
    'scripts',
    'test',
    'actions/dvc-push/src',
    'actions/dvc-push/test',
    'package-lock.json',
  ])('the archive leaves out %s', (path) => {
    expect(attribute('export-ignore', path)).toBe('set')
  })

  test('the archive is below 6 MiB, as it is downloaded', () => {
    const { stdout } = spawnSync('git', ['archive', 'HEAD'], { cwd: repository, maxBuffer: 2 ** 28 })
    const size = gzipSync(stdout, { level: 6 }).length
    expect(size).toBeGreaterThan(2 ** 20)
    expect(size).toBeLessThan(6 * 2 ** 20)
  })

  test('every line that leaves something out names something that exists', () => {
    const lines = readFileSync(join(repository, '.gitattributes'), 'utf8').split('\n')
    const paths = lines.flatMap((line) => /^\/(\S+) export-ignore$/.exec(line)?.[1] ?? [])
    const missing = paths
      .map((path) => path.replace('*', 'dvc-push'))
      .filter((path) => !existsSync(join(repository, path)))
    expect(paths.length).toBeGreaterThan(10)
    expect(missing).toEqual([])
  })

  test('bundles are generated, fixtures are never converted', () => {
    expect(attribute('diff', 'dist/dvc-push/index.js')).toBe('unset')
    expect(attribute('linguist-generated', 'dist/dvc-push/index.js')).toBe('set')
    expect(attribute('text', 'packages/dvc/test/fixtures/a.dvc')).toBe('unset')
  })
})
