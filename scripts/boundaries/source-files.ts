import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from '../files.ts'
import type { Workspace } from '../workspace.wire.ts'
import { type CommentLine, findComments } from './comments.ts'
import { findImports, type Import } from './imports.ts'
import { type Place, readSyntax } from './syntax.ts'

/** One TypeScript file; `path` is relative to the root. `owner` is undefined below scripts/ and test/. */
export type SourceFile = {
  readonly path: string
  readonly owner: Workspace | undefined
  /** `source`: ships in a bundle or is a package's surface; `test`: a package's tests; `house`: scripts/ and test/. */
  readonly role: 'source' | 'test' | 'house'
  readonly places: readonly Place[]
  readonly imports: readonly Import[]
  readonly comments: readonly CommentLine[]
}

/** Reads and parses every TypeScript file that the rules speak about. Fixtures and the sample product are data. */
export function readSourceFiles(root: string, workspaces: readonly Workspace[]): readonly SourceFile[] {
  const isCode = (path: string): boolean =>
    /\.[cm]?ts$/.test(path) && !/\/fixtures\/|^test\/product\//.test(path)
  const owned = workspaces.flatMap((owner) =>
    listFiles(root, owner.dir, isCode).map((path) => {
      const role = path.startsWith(`${owner.dir}/src/`) ? ('source' as const) : ('test' as const)
      return scan(root, path, owner, role)
    }),
  )
  const house = ['scripts', 'test'].flatMap((dir) =>
    listFiles(root, dir, isCode).map((path) => scan(root, path, undefined, 'house')),
  )
  return [...owned, ...house]
}

function scan(
  root: string,
  path: string,
  owner: Workspace | undefined,
  role: SourceFile['role'],
): SourceFile {
  const source = readFileSync(join(root, path), 'utf8')
  const places = parse(path, source)
  return { path, owner, role, places, imports: findImports(places), comments: findComments(source, places) }
}

function parse(path: string, source: string): readonly Place[] {
  try {
    return readSyntax(source)
  } catch (error) {
    const [what] = (error instanceof Error ? error.message : String(error)).split(/\n\s*\n/)
    throw new Error(`${path} cannot be parsed: ${what}`)
  }
}
