import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { command } from '../demo/command.ts'
import { parseOptions, SCENARIOS, UsageError } from '../demo/options.ts'
import { COMPILE_CACHE } from '../harness/compile-cache.ts'

const MAIN = join(import.meta.dirname, '../demo/main.ts')
let directory: string
const started: ChildProcess[] = []

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'demo-command-')))
  mkdirSync(join(directory, 'tmp'))
})
afterEach(() => {
  // Only what outlived a test that ran out of time is still there to be stopped.
  for (const child of started.splice(0)) child.kill('SIGTERM')
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
})

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function start(args: readonly string[], path = process.env['PATH'] ?? ''): ChildProcess {
  const env = { ...COMPILE_CACHE, PATH: path, HOME: directory, TMPDIR: join(directory, 'tmp') }
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe']
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: directory, env, stdio, detached: true })
  started.push(child)
  return child
}

/** Each starts a whole company and stops it again: seconds, but several on a busy machine. */
const STARTED_AND_STOPPED = 60_000

/** As a terminal does it: to the program and to everything that it has started. */
function signalAll({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, signal)
}

/** @param seen called with everything that was printed so far, whenever there is more */
async function finish(child: ChildProcess, seen: (stdout: string) => void = () => {}): Promise<Ended> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    seen(stdout)
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const [code]: (number | null)[] = await once(child, 'close')
  return { code: code ?? null, stdout, stderr }
}

describe('options', () => {
  test.each([
    [[], { scenarios: SCENARIOS, keep: false, json: false, docker: false, report: 'demo-report' }],
    [['--scenario', 'fixed', '--scenario', 'today'], { scenarios: ['today', 'fixed'] }],
    [['--json', '--keep', '--report', 'x'], { json: true, keep: true, report: 'x' }],
    [['--docker'], { scenarios: SCENARIOS, docker: true }],
  ])('%j is understood', (args, expected) => {
    expect(parseOptions(args)).toMatchObject(expected)
  })

  test.each([
    [['--scenario', 'tomorrow'], 'today, broken, fixed'],
    [['--fast'], '--fast'],
    [['today'], 'today'],
  ])('%j is refused in one sentence', (args, part) => {
    const refuse = (): unknown => parseOptions(args)
    expect(refuse).toThrow(UsageError)
    expect(refuse).toThrow(part)
  })
})

test('--help lists the scenarios and changes nothing', async () => {
  const { code, stdout } = await finish(start(['--help']))
  expect(code).toBe(0)
  for (const name of SCENARIOS) expect(stdout).toContain(`\n  ${name} `)
  expect(readdirSync(directory)).toEqual(['tmp'])
})

test('wrong options end with 2 and one line', async () => {
  const { code, stdout, stderr } = await finish(start(['--fast']))
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

/** Where a program itself lies: `python3` may be a shim that needs more than its PATH has here. */
const FIND = {
  git: () => command('sh', ['-c', 'command -v git'], { cwd: directory }),
  python3: () => command('python3', ['-c', 'import sys; print(sys.executable)'], { cwd: directory }),
}

test.each<[string, (keyof typeof FIND)[], string[], string]>([
  ['git', [], [], 'The demo needs git'],
  ['python3', ['git'], [], 'The demo needs python3'],
  ['docker', ['git', 'python3'], ['--docker'], 'With --docker the demo needs docker on the PATH'],
])('without %s it says so in one sentence', async (_missing, there, options, sentence) => {
  const bin = join(directory, 'bin')
  mkdirSync(bin)
  for (const name of there) symlinkSync(await FIND[name](), join(bin, name))
  const { code, stdout, stderr } = await finish(start(options, bin))
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toContain(sentence)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

test('a place where no page can be written is refused in one sentence, before anything starts', async () => {
  writeFileSync(join(directory, 'file'), '')
  const { code, stdout, stderr } = await finish(start(['--report', 'file/page']))
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toBe(
    `The page has no place, ${join(directory, 'file')} is no folder: choose another one with \`--report DIR\`.\n`,
  )
})

test.each<[string, NodeJS.Signals, string]>([
  ['Ctrl-C in the middle of an act', 'SIGINT', '1/3'],
  ['a terminal that is closed', 'SIGHUP', '1/3'],
])(
  '%s ends with 130, one line, and leaves no file and no process behind',
  async (_what, signal, moment) => {
    const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
    const child = start(['--scenario', 'today'], path)
    let interrupted = false
    const { code, stderr } = await finish(child, (stdout) => {
      if (interrupted || !stdout.includes(moment)) return
      interrupted = true
      signalAll(child, signal)
    })
    expect([code, stderr]).toEqual([130, 'Stopped; everything that was started is stopped too.\n'])
    expect(readdirSync(join(directory, 'tmp'))).toEqual([])
    expect(await processesBelow(join(directory, 'tmp'))).toEqual([])
  },
  STARTED_AND_STOPPED,
)

test(
  'Ctrl-C while git runs for what was there before the story is no failure of git',
  async () => {
    const bin = join(directory, 'bin')
    const git = await command('sh', ['-c', 'command -v git'], { cwd: directory })
    mkdirSync(bin)
    const script = `#!/bin/sh\n[ "$1" = init ] && kill -INT 0\nexec ${git} "$@"\n`
    writeFileSync(join(bin, 'git'), script, { mode: 0o755 })
    const path = [bin, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
    const { code, stderr } = await finish(start([], path))
    expect([code, stderr]).toEqual([130, 'Stopped; everything that was started is stopped too.\n'])
    expect(readdirSync(join(directory, 'tmp'))).toEqual([])
  },
  STARTED_AND_STOPPED,
)

test.each<[string, string, string]>([
  [
    'a git without its HTTP server',
    '#!/bin/sh\n[ "$1" = --exec-path ] && echo /nowhere && exit\nexec "$REAL" "$@"\n',
    'The demo needs `git http-backend`, which this git does not have in /nowhere',
  ],
  [
    'a python3 that is too old',
    '#!/bin/sh\nprintf "3.8.20\\n%s\\n" "$REAL"\n',
    'The demo needs Python 3.9 or newer, and `python3` here is 3.8.20',
  ],
])('with %s it says so in one sentence', async (what, script, sentence) => {
  const name = what.includes('git') ? 'git' : 'python3'
  const bin = join(directory, 'bin')
  mkdirSync(bin)
  const real = await FIND[name]()
  writeFileSync(join(bin, name), script.replaceAll('"$REAL"', `'${real}'`), { mode: 0o755 })
  const { code, stdout, stderr } = await finish(start([], [bin, process.env['PATH'] ?? ''].join(delimiter)))
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toContain(sentence)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

test(
  'the last lines say what serves, how much of the time was ours, and where the page is',
  async () => {
    const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
    const { code, stdout } = await finish(start(['--scenario', 'fixed', '--report', 'page'], path))
    expect(code).toBe(0)
    const [serves = '', ours = '', next = ''] = stdout.trimEnd().split('\n').slice(-3)
    expect(serves).toMatch(/^serving in the end: churn v\d$/)
    expect(ours).toMatch(/^our own time \d+\.\d s of \d+\.\d s \(.*\) · report: page\/index\.html$/)
    expect(next).toBe('next: npm run demo -- --help')
  },
  2 * STARTED_AND_STOPPED,
)

test(
  '--json prints the outcome and nothing else',
  async () => {
    const { code, stdout, stderr } = await finish(
      start(['--scenario', 'today', '--json', '--report', 'page']),
    )
    const outcome: { ok: boolean; broken: unknown; report: string } = JSON.parse(stdout)
    expect([code, stderr, outcome.ok, outcome.broken]).toEqual([0, '', true, []])
    expect(readdirSync(join(directory, 'page'))).toEqual(['index.html'])
    expect(readdirSync(join(directory, 'tmp'))).toEqual([])
  },
  STARTED_AND_STOPPED,
)

/** Processes that were started with a path below this one, or work there; slim images have no `ps`. */
async function processesBelow(path: string): Promise<readonly string[]> {
  if (!existsSync('/proc/self/cmdline')) {
    const all = await command('ps', ['-eo', 'args'], { cwd: directory })
    return all.split('\n').filter((line) => line.includes(path))
  }
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return ids.map(describeProcess).filter((line) => line.includes(path))
}

function describeProcess(id: string): string {
  try {
    const line = readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return `${line}in ${readlinkSync(`/proc/${id}/cwd`)}`
  } catch {
    return ''
  }
}
