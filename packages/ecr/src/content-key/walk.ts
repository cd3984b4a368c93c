import { type Dirent, lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import type { IgnoreMatcher, IgnoreVerdict } from './ignore-matcher.ts'

/** One thing of a context, as a build gets it. */
export interface ContextEntry {
  /** From the root of the context, with `/` between its parts. */
  readonly path: string
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  /** Permission bits: they are part of the image, so BuildKit counts all of them, and not only the executable ones. */
  readonly mode: number
  /** Bytes of a file. */
  readonly size: number
  /** Where a link leads. */
  readonly target: string
  /** Of a device. */
  readonly device: string
}

/**
 * Everything in `root` that a build gets, in a fixed order. A folder that is left out still comes where something below
 * it does not; then it comes before that, as BuildKit sends it.
 */
export function walkContext(root: string, matcher: IgnoreMatcher): Generator<ContextEntry> {
  return walkFolder({ root, matcher }, { path: '', verdict: undefined, left: [] })
}

/** A folder that is left out, until something below it is not. */
interface LeftOut {
  readonly path: string
  sent: boolean
}

interface Folder {
  readonly path: string
  readonly verdict: IgnoreVerdict | undefined
  /** Folders above it and itself that are left out. */
  readonly left: readonly LeftOut[]
}

function* walkFolder(
  context: { readonly root: string; readonly matcher: IgnoreMatcher },
  folder: Folder,
): Generator<ContextEntry> {
  const { root, matcher } = context
  for (const found of readFolder(join(root, folder.path))) {
    const path = folder.path === '' ? found.name : `${folder.path}/${found.name}`
    const verdict = matcher.judge(path, folder.verdict)
    if (verdict.ignored) {
      if (found.isDirectory() && matcher.mayHoldMore(path))
        yield* walkFolder(context, { path, verdict, left: [...folder.left, { path, sent: false }] })
      continue
    }
    for (const parent of folder.left.filter(({ sent }) => !sent)) {
      parent.sent = true
      yield entryOf(root, parent.path)
    }
    const entry = entryOf(root, path)
    yield entry
    if (entry.kind === 'folder') yield* walkFolder(context, { path, verdict, left: [] })
  }
}

function readFolder(path: string): readonly Dirent[] {
  return readdirSync(path, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1))
}

function entryOf(root: string, path: string): ContextEntry {
  const stats = lstatSync(join(root, path))
  const kind = kindOf(stats)
  return {
    path,
    kind,
    mode: stats.mode & 0o7777,
    size: kind === 'file' ? stats.size : 0,
    target: kind === 'link' ? readlinkSync(join(root, path)) : '',
    device: kind === 'other' ? `${stats.mode}:${stats.rdev}` : '',
  }
}

function kindOf(stats: Stats): ContextEntry['kind'] {
  if (stats.isFile()) return 'file'
  if (stats.isDirectory()) return 'folder'
  return stats.isSymbolicLink() ? 'link' : 'other'
}
