import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { TarEntry } from '../containers/tar.ts'
import { parseIgnore } from './ignore.ts'
import { BuildRefusal } from './refusal.ts'

/** Path -> file or directory, `/` between the parts, in byte order of the paths. */
export type FileTree = ReadonlyMap<string, TarEntry>

export interface BuildContext {
  readonly files: FileTree
  readonly dockerfile: { readonly name: string; readonly source: string }
}

/** The context directory without what `.dockerignore` leaves out. @throws BuildRefusal */
export function readContext(directory: string, file: string | undefined): BuildContext {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new BuildRefusal(`unable to prepare context: path "${directory}" not found`)
  }
  const path = file === undefined ? join(directory, 'Dockerfile') : resolve(file)
  const name = relative(resolve(directory), path) || 'Dockerfile'
  if (!existsSync(path))
    throw new BuildRefusal(`failed to read dockerfile: open ${name}: no such file or directory`)
  const own = `${path}.dockerignore`
  const shared = join(directory, '.dockerignore')
  const ignore = [own, shared].find((candidate) => existsSync(candidate))
  const isIgnored = parseIgnore(ignore === undefined ? '' : readFileSync(ignore, 'utf8'))
  const entries = [...walk(directory, '')].filter((entry) => !isIgnored(entry.path))
  return {
    files: toTree(entries.map((entry) => load(directory, entry))),
    dockerfile: { name, source: readFileSync(path, 'utf8') },
  }
}

interface Found {
  readonly path: string
  readonly kind: 'file' | 'directory' | 'other'
}

function* walk(root: string, path: string): Generator<Found> {
  for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
    const child = path === '' ? entry.name : `${path}/${entry.name}`
    if (entry.isDirectory()) {
      yield { path: child, kind: 'directory' }
      yield* walk(root, child)
    } else {
      yield { path: child, kind: entry.isFile() ? 'file' : 'other' }
    }
  }
}

function load(root: string, { path, kind }: Found): TarEntry {
  if (kind === 'other')
    throw new BuildRefusal(
      `"${path}" is a symbolic link or a device: this stand-in packs only files and directories`,
    )
  if (kind === 'directory') return { path, type: 'directory', executable: true, body: Buffer.alloc(0) }
  const executable = (statSync(join(root, path)).mode & 0o111) !== 0
  return { path, type: 'file', executable, body: readFileSync(join(root, path)) }
}

export function toTree(entries: readonly TarEntry[]): FileTree {
  const sorted = [...entries].sort((left, right) =>
    Buffer.compare(Buffer.from(left.path), Buffer.from(right.path)),
  )
  return new Map(sorted.map((entry) => [entry.path, entry]))
}
