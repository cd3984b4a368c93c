import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { COMPILE_CACHE } from './harness/compile-cache.ts'
import { assertTools } from './tools.ts'

const root = resolve(import.meta.dirname, '..')

type GlobalConfig = { readonly testPathPatterns?: { readonly patterns: readonly string[] } }

/**
 * Rebuilds the bundles whose sources changed, once, before any test: scenarios run `dist/<name>/index.js`.
 * A run that is limited to packages needs none; one that is limited to some actions needs theirs.
 */
export default async function setup({ testPathPatterns }: GlobalConfig): Promise<void> {
  assertTools()
  preferInterpreter()
  // Of glibc: memory that threads have freed is used again instead of a new arena; workers start many children by `fork`.
  process.env['MALLOC_ARENA_MAX'] = '2'
  // Of Node: for the threads that packages start from their sources, whose types it strips anew in each without it.
  Object.assign(process.env, COMPILE_CACHE)
  const only = bundlesFor(testPathPatterns?.patterns ?? [])
  if (only?.length === 0) return
  const limit = only === undefined ? [] : ['--only', only.join(',')]
  const script = join(root, 'scripts/build.ts')
  const { status } = spawnSync(process.execPath, [script, '--if-changed', ...limit], {
    stdio: 'inherit',
  })
  if (status !== 0)
    throw new Error('The bundles in dist/ are older than their sources and could not be rebuilt.')
}

/**
 * Where python3 is a script that looks for the interpreter (pyenv, asdf), each start costs dozens of processes. What it
 * finds is put before it, for all workers.
 */
function preferInterpreter(): void {
  const { stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' })
  const folder = dirname(stdout.trim())
  const path = process.env['PATH'] ?? ''
  if (folder !== '' && path.split(delimiter).includes(folder)) return
  process.env['PATH'] = `${folder}${delimiter}${path}`
}

/** Names of the actions whose bundles these jest path patterns can need; undefined means all. */
export function bundlesFor(patterns: readonly string[]): readonly string[] | undefined {
  const needed = new Set<string>()
  for (const pattern of patterns) {
    if (/(^|\/)(packages\/|test\/house)/.test(pattern)) continue
    const action = /(?:^|\/)actions\/([a-z0-9-]+)(?:\/|$)/.exec(pattern)?.[1]
    if (action === undefined || !existsSync(join(root, 'actions', action))) return undefined
    needed.add(action)
  }
  return patterns.length === 0 ? undefined : [...needed]
}
