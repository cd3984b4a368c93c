import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { readIgnoreRules, walkContext } from '@mlops-actions/ecr'
import { runCommand } from '../../scripts/command.ts'
import type { Check, RealOptions } from '../../scripts/real/peer.ts'
import type { Engine } from './docker-engine.ts'
import type { Prepared } from './docker-stack.ts'

const CONTEXTS = 60

/** What our content key counts of a context, against what a real build gets of it, for random trees and patterns. */
export async function checkContexts(
  { folder, engines: { graph: engine } }: Prepared,
  check: Check,
  { seed = 1, count = CONTEXTS }: RealOptions,
): Promise<void> {
  const root = join(folder, `contexts-${seed}`)
  await check(
    `[seed ${seed}] ${count} contexts with random .dockerignore: what is hashed is what a build gets`,
    async () => {
      const names = Array.from({ length: count }, (_, at) => `c${at}`)
      for (const [at, name] of names.entries()) writeTree(join(root, name), createRandom(seed * 1_000 + at))
      const text = names.map((name) => `COPY --from=${name} . /${name}/\n`).join('')
      const built = await build(engine, join(root, 'out'), `FROM scratch\n${text}`, [
        ...names.map((name) => `--build-context=${name}=${join(root, name)}`),
      ])
      let left = 0
      for (const name of names) {
        const own = join(root, name, '.dockerignore')
        const hashed = await hashedBelow(join(root, name), [own])
        const got = filesBelow(join(built, name))
        for (const [path, what] of got) if (isSentEmpty(what, hashed.get(path))) hashed.set(path, what)
        deepStrictEqual(hashed, got, `${name}:\n${readFileSync(own, 'utf8')}`)
        left += filesBelow(join(root, name)).size - hashed.size
      }
      ok(left > count, `only ${left} paths were left out`)
    },
  )
  for (const own of ['', '\n', '# nothing\n', 'ab\n', '*\n!a\n', 'Dockerfile\n.dockerignore\n'])
    await check(`a Dockerfile.dockerignore ${JSON.stringify(own)} beside a .dockerignore`, () =>
      compareMain(engine, join(root, `main-${Buffer.from(own).toString('hex')}`), own),
    )
}

/**
 * BuildKit walks a context by one reading of its patterns and opens files by another (tonistiigi/fsutil `filter.go`,
 * `Walk` and `Open`): what only the second leaves out arrives as an empty file. We count its bytes all the same, which
 * can make a build that was not needed, and never a wrong image.
 */
function isSentEmpty(got: string, hashed: string | undefined): boolean {
  return got.startsWith('file ') && got.endsWith(' ') && hashed?.startsWith(got) === true
}

/** The main context, with both files. Docker may take the empty one for none; we may only hash more than it takes. */
async function compareMain(engine: Engine, context: string, own: string): Promise<void> {
  writeTree(context, createRandom(7))
  writeFileSync(join(context, '.dockerignore'), '*b*\n')
  writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\nCOPY . /\n')
  writeFileSync(join(context, 'Dockerfile.dockerignore'), own)
  const out = `${context}-out`
  const file = join(context, 'Dockerfile')
  await runBuild(engine, context, [`--file=${file}`, `--output=type=local,dest=${out}`, context])
  const hashed = await hashedBelow(context, [`${file}.dockerignore`, join(context, '.dockerignore')])
  const got = filesBelow(out)
  if (own !== '') deepStrictEqual(hashed, got)
  for (const [path, what] of got) strictEqual(hashed.get(path), what, path)
}

async function hashedBelow(root: string, rules: readonly string[]): Promise<Map<string, string>> {
  const said: string[] = []
  const matcher = await readIgnoreRules(rules, (reason) => said.push(reason))
  deepStrictEqual(said, [])
  return new Map([...walkContext(root, matcher)].map(({ path }) => [path, describe(join(root, path))]))
}

async function build(
  engine: Engine,
  out: string,
  dockerfile: string,
  args: readonly string[],
): Promise<string> {
  const context = `${out}-context`
  mkdirSync(context, { recursive: true })
  writeFileSync(join(context, 'Dockerfile'), dockerfile)
  await runBuild(engine, context, [...args, `--output=type=local,dest=${out}`, context])
  return out
}

async function runBuild({ env }: Engine, cwd: string, args: readonly string[]): Promise<void> {
  const { code, output } = await runCommand('docker', ['buildx', 'build', '--provenance=false', ...args], {
    cwd,
    env,
  })
  strictEqual(code, 0, output)
}

function filesBelow(root: string, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const name of readdirSync(join(root, path)).sort()) {
    const child = path === '' ? name : `${path}/${name}`
    found.set(child, describe(join(root, child)))
    if (lstatSync(join(root, child)).isDirectory())
      for (const [inner, what] of filesBelow(root, child)) found.set(inner, what)
  }
  return found
}

function describe(path: string): string {
  const stats = lstatSync(path)
  if (stats.isSymbolicLink()) return `link to ${readlinkSync(path)}`
  const mode = (stats.mode & 0o7777).toString(8)
  return stats.isDirectory() ? `folder ${mode}` : `file ${mode} ${readFileSync(path, 'utf8')}`
}

type Random = <T>(from: readonly [T, ...T[]]) => T

/** Marsaglia's xorshift: the same seed, the same tree and patterns. */
function createRandom(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  return (from) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return from[state % from.length] ?? from[0]
  }
}

const NAMES = ['a', 'b', 'ab', 'a.b', '.x', 'c d', 'é', 'a-1', 'B'] as const
const PARTS = [
  ...NAMES,
  '*',
  '**',
  '?',
  'a*',
  '*b',
  '[ab]',
  '[^a]',
  '[a-c]*',
  '?.b',
  '\\*',
  '**b',
  'a**',
  '.',
  '..',
] as const

function writeTree(root: string, random: Random): void {
  for (let file = 0; file < 14; file++) {
    const depth = random([1, 1, 2, 2, 3, 4])
    const path = join(root, ...Array.from({ length: depth }, () => random(NAMES)))
    try {
      mkdirSync(dirname(path), { recursive: true })
      const kind = random(['file', 'file', 'file', 'program', 'folder', 'link'] as const)
      if (kind === 'folder') mkdirSync(path)
      else if (kind === 'link') symlinkSync(random(['a', '../b', 'nowhere', '/etc/passwd']), path)
      else {
        writeFileSync(path, `${file}`, { flag: 'wx' })
        chmodSync(path, kind === 'program' ? 0o755 : random([0o644, 0o600, 0o664]))
      }
    } catch (error) {
      // A name that is taken already, perhaps by a file where a folder should be.
      if (!(error instanceof Error && /EEXIST|ENOTDIR|ENOENT|ELOOP/.test(error.message))) throw error
    }
  }
  const lines = Array.from({ length: random([1, 2, 3, 4, 5]) }, () => pattern(random))
  writeFileSync(join(root, '.dockerignore'), `${lines.join(random(['\n', '\r\n']))}\n`)
}

function pattern(random: Random): string {
  const parts = Array.from({ length: random([1, 1, 2, 2, 3]) }, () => random(PARTS))
  const [before, after] = [
    random(['', '', '', ' ', '/', './', '# ']),
    random(['', '', '', ' ', '/', '\t', '/.']),
  ]
  const made = `${random(['', '', '!'])}${before}${parts.join('/')}${after}`
  // A `!` with nothing behind it fails the build.
  return made.startsWith('!') && posix.normalize(made.slice(1).trim()) === '/' ? '!a' : made
}
