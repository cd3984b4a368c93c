import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from '../files.ts'
import { readWorkspaces, type Workspace } from '../workspace.wire.ts'

/** Files outside of the packages that shape every bundle. */
const SHARED_INPUTS = [
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/build.ts',
  'scripts/bundle',
]

/** File in `dist/` that records, in the format of `sha256sum`, from which inputs each bundle was built. */
export const SOURCES_FILE = 'sources.sha256'

/** Names of the actions that have an entry, and therefore a bundle. */
export function bundledActions(root: string): string[] {
  return readWorkspaces(root)
    .filter(({ kind, dir }) => kind === 'action' && existsSync(join(root, dir, 'src/main.ts')))
    .map(({ folder }) => folder)
}

/**
 * SHA-256 over everything that can change the bundle of each named action: its own sources, those of all packages
 * that it declares (directly or not), the locked dependencies, the compiler options and the build itself.
 */
export function hashSources(root: string, names: readonly string[]): ReadonlyMap<string, string> {
  const shared = hashFiles(
    root,
    SHARED_INPUTS.flatMap((path) => listFiles(root, path)),
  )
  return new Map(
    names.map((name) => {
      const dirs = workspacesOf(root, name).map(({ dir }) => dir)
      const files = dirs.flatMap((dir) => [`${dir}/package.json`, ...listFiles(root, `${dir}/src`)])
      return [name, createHash('sha256').update(shared).update(hashFiles(root, files)).digest('hex')]
    }),
  )
}

/** The workspace of an action and those it declares, directly or not, ordered by folder. */
export function workspacesOf(root: string, action: string): readonly Workspace[] {
  const all = readWorkspaces(root)
  const start = all.find(({ dir }) => dir === `actions/${action}`)
  if (start === undefined) throw new Error(`There is no action named ${action} in actions/`)
  const reached = new Set<Workspace>([start])
  for (const { dependencies } of reached) {
    for (const workspace of all) if (dependencies.has(workspace.name)) reached.add(workspace)
  }
  return [...reached].sort((a, b) => (a.dir < b.dir ? -1 : 1))
}

/** Parses {@link SOURCES_FILE}; lines that are not `<sha256>  <name>` are ignored, so that a damaged file means "rebuild". */
export function parseSources(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').map((line) => /^([0-9a-f]{64}) {2}(\S+)$/.exec(line))
  return new Map(lines.flatMap((match) => (match?.[1] && match[2] ? [[match[2], match[1]] as const] : [])))
}

/** Formats {@link SOURCES_FILE}, one line per bundle, by name. */
export function formatSources(hashes: ReadonlyMap<string, string>): string {
  return [...hashes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, hash]) => `${hash}  ${name}\n`)
    .join('')
}

function hashFiles(root: string, files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) {
    if (existsSync(join(root, file)))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(root, file)))
        .update('\0')
  }
  return hash.digest('hex')
}
