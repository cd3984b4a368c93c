// Builds dist/<name>/ of every action: tsc -> build/<pid>/ -> ncc. See docs/adr/0002-bundles.md.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bundleAction, forEachLimited } from './bundle/bundle.ts'
import { emitJavaScript } from './bundle/emit.ts'
import { bundledActions, formatSources, hashSources, parseSources, SOURCES_FILE } from './bundle/sources.ts'

export type BuildOptions = {
  readonly root: string
  /** Where the bundles go; `<root>/dist` for the committed ones. */
  readonly out: string
  /** Only these actions; all that have `src/main.ts` when left out. */
  readonly only?: readonly string[]
  /** Leave alone what was built from the same sources. */
  readonly ifChanged?: boolean
  readonly say: (line: string) => void
}

/**
 * Builds what is asked for and returns the names of the bundles that were written.
 * Throws an Error with the compiler's or bundler's words; bundles already in `out` then stay as they were.
 */
export async function build(options: BuildOptions): Promise<readonly string[]> {
  const { root, out, say } = options
  const all = bundledActions(root)
  const wanted = options.only ? bundledOnly(root, options.only, all) : all
  const hashes = hashSources(root, wanted)
  const before = readSources(out)
  removeGone(out, before.keys(), all)
  const names = options.ifChanged ? wanted.filter((name) => isStale(out, name, hashes, before)) : wanted
  if (names.length === 0) return []
  if (options.ifChanged) say(`sources changed since the last build: ${names.join(', ')}`)
  await buildAll(options, names)
  const kept = [...readSources(out)].filter(([name]) => all.includes(name))
  const built = names.map((name) => [name, hashes.get(name) ?? ''] as const)
  writeFileSync(join(out, SOURCES_FILE), formatSources(new Map([...kept, ...built])))
  return names
}

async function buildAll({ root, out, say }: BuildOptions, names: readonly string[]): Promise<void> {
  // A folder per process: two builds at the same moment (a test run beside a check) must not meet.
  const dir = join(root, 'build', String(process.pid))
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  try {
    await emitJavaScript(root, names, dir)
    await forEachLimited(names, 2, async (name) => {
      const start = performance.now()
      replaceFolder(await bundleAction(root, name, dir), join(out, name))
      const kilobytes = Math.round(readFileSync(join(out, name, 'index.js')).length / 1000)
      say(`built ${name}: ${kilobytes} kB in ${((performance.now() - start) / 1000).toFixed(1)} s`)
    })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** An action that was renamed or removed leaves no bundle behind. Only what a build recorded is ever deleted. */
function removeGone(out: string, recorded: Iterable<string>, all: readonly string[]): void {
  for (const name of recorded) {
    if (!all.includes(name)) rmSync(join(out, name), { recursive: true, force: true })
  }
}

function isStale(
  out: string,
  name: string,
  now: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, string>,
): boolean {
  return now.get(name) !== before.get(name) || !existsSync(join(out, name, 'index.js'))
}

function readSources(out: string): ReadonlyMap<string, string> {
  const file = join(out, SOURCES_FILE)
  return existsSync(file) ? parseSources(readFileSync(file, 'utf8')) : new Map()
}

/** The asked-for actions that can be built; one without an entry yet is no error, one that does not exist is. */
function bundledOnly(root: string, only: readonly string[], all: readonly string[]): readonly string[] {
  const unknown = only.filter((name) => !existsSync(join(root, 'actions', name)))
  if (unknown.length === 0) return all.filter((name) => only.includes(name))
  throw new Error(`No action is named ${unknown.join(', ')}; there are: ${all.join(', ') || 'none'}`)
}

/** Copies beside the target first: `to` may be on another file system, and is missing only for an instant. */
function replaceFolder(from: string, to: string): void {
  const beside = `${to}.${process.pid}`
  cpSync(from, beside, { recursive: true })
  rmSync(to, { recursive: true, force: true })
  renameSync(beside, to)
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, only: { type: 'string' }, 'if-changed': { type: 'boolean' } },
  })
  const root = resolve(import.meta.dirname, '..')
  await build({
    root,
    out: resolve(values.out ?? join(root, 'dist')),
    ...(values.only === undefined ? {} : { only: values.only.split(',').filter(Boolean) }),
    ifChanged: values['if-changed'] ?? false,
    say: (line) => console.log(line),
  })
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
