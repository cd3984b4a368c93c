import type { TarEntry } from '../containers/tar.ts'
import { type FileTree, toTree } from './context.ts'
import { patternToRegExp } from './ignore.ts'
import { BuildRefusal, type SourceLine } from './refusal.ts'

export interface CopyPlan {
  /** Patterns as written, relative to the source tree. */
  readonly sources: readonly string[]
  /** As written; a trailing slash means a directory. */
  readonly destination: string
  readonly workingDir: string
  readonly line: SourceLine
}

/**
 * Entries that one COPY adds, directories above them included (Dockerfile reference, "COPY").
 * @throws BuildRefusal when a source matches nothing or several sources go to a file
 */
export function planCopy(plan: CopyPlan, tree: FileTree): FileTree {
  const target = joinPath(plan.destination.startsWith('/') ? '' : plan.workingDir, plan.destination)
  const matches = plan.sources.flatMap((source) => matchSource(source, tree, plan.line))
  const intoDirectory = /(^|\/)\.{0,2}$/.test(plan.destination)
  if (!intoDirectory && (plan.sources.length > 1 || matches.length > 1)) {
    throw new BuildRefusal(
      `When using COPY with more than one source file, the destination must be a directory and end with a /`,
      plan.line,
    )
  }
  const entries = matches.flatMap((match) => copyMatch(match, target, intoDirectory, tree))
  return toTree([...parentsOf(entries, intoDirectory ? target : ''), ...entries])
}

function matchSource(source: string, tree: FileTree, line: SourceLine): string[] {
  const pattern = joinPath('', source)
  if (pattern === '') return ['']
  const regexp = patternToRegExp(pattern)
  const found = [...tree.keys()].filter((path) => regexp.test(path))
  if (found.length > 0) return found
  throw new BuildRefusal(
    `failed to compute cache key: failed to calculate checksum of ref: "/${pattern}": not found`,
    line,
  )
}

/** A directory gives its contents, a file goes under its own name when the target is a directory. */
function copyMatch(match: string, target: string, intoDirectory: boolean, tree: FileTree): TarEntry[] {
  const entry = tree.get(match)
  if (entry?.type === 'file') {
    const name = match.slice(match.lastIndexOf('/') + 1)
    return [{ ...entry, path: intoDirectory ? joinPath(target, name) : target }]
  }
  const prefix = match === '' ? '' : `${match}/`
  const inside = [...tree.values()].filter(
    (candidate) => candidate.path.startsWith(prefix) && candidate.path !== match,
  )
  const moved = inside.map((candidate) => ({
    ...candidate,
    path: joinPath(target, candidate.path.slice(prefix.length)),
  }))
  return [...directoryEntries(target), ...moved]
}

function parentsOf(entries: readonly TarEntry[], directory: string): TarEntry[] {
  return [
    ...directoryEntries(directory),
    ...entries.flatMap(({ path }) => directoryEntries(path.slice(0, Math.max(0, path.lastIndexOf('/'))))),
  ]
}

/** The directory and everything above it. */
export function directoryEntries(path: string): TarEntry[] {
  if (path === '') return []
  const segments = path.split('/')
  return segments.map((_, index) => ({
    path: segments.slice(0, index + 1).join('/'),
    type: 'directory',
    executable: true,
    body: Buffer.alloc(0),
  }))
}

/** Joins and cleans like path.Join of an absolute path, without the leading slash. */
export function joinPath(base: string, path: string): string {
  const segments: string[] = []
  for (const segment of `${base}/${path}`.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(segment)
  }
  return segments.join('/')
}
