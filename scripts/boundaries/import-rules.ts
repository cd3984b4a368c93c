import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import type { Manifest, Workspace } from '../workspace.wire.ts'
import type { Floors } from './floors.ts'
import type { Import } from './imports.ts'
import type { SourceFile } from './source-files.ts'
import type { Finding } from './syntax.ts'

/** What the rules about imports need to know beside the file itself. */
export type House = {
  readonly floors: Floors
  readonly workspaces: ReadonlyMap<string, Workspace>
  /** The root package.json: what scripts/ and test/ may import, and tools that every test may use. */
  readonly root: Manifest
}

/** What the tests of several packages share: a fake world, a fault server. */
const SHARED_TEST_CODE = 'test/harness/'

/** All imports of one file that break a rule. */
export function checkImports(file: SourceFile, house: House): readonly Finding[] {
  return file.imports.flatMap((one) => {
    const what = problemOf(file, one, house)
    return what === undefined ? [] : [{ line: one.line, what }]
  })
}

function problemOf(file: SourceFile, { specifier }: Import, house: House): string | undefined {
  if (specifier === undefined) {
    return file.role === 'source' ? 'a computed import hides what is bundled; name the module' : undefined
  }
  if (specifier.startsWith('.')) return relativeProblem(file, specifier)
  if (isBuiltin(specifier)) return undefined
  const name = packageName(specifier)
  const workspace = house.workspaces.get(name)
  if (workspace === undefined) return thirdPartyProblem(file, name, house)
  return surfaceProblem(workspace, specifier) ?? workspaceProblem(file, workspace, house)
}

/** `@scope/name/sub` -> `@scope/name`; `name/sub` -> `name`. */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function relativeProblem({ path, owner, role }: SourceFile, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(path), specifier)
  if (owner === undefined) {
    return /^packages\/[^/]+\/(src|test)\//.test(target)
      ? `${target} is inside a package; import its public surface by name`
      : undefined
  }
  if (role === 'test' && target.startsWith(SHARED_TEST_CODE)) return undefined
  if (!target.startsWith(`${owner.dir}/`))
    return `${specifier} leaves ${owner.dir}; import other packages by name`
  if (role === 'source' && !target.startsWith(`${owner.dir}/src/`))
    return `${specifier} is not source code of ${owner.dir}`
  return undefined
}

function thirdPartyProblem({ owner, role }: SourceFile, name: string, { root }: House): string | undefined {
  const manifest = owner ?? root
  if (manifest.dependencies.has(name)) return undefined
  if (role !== 'source' && (manifest.devDependencies.has(name) || root.devDependencies.has(name)))
    return undefined
  return `${name} is not declared in ${owner ? `${owner.dir}/package.json` : 'package.json'}`
}

function surfaceProblem(workspace: Workspace, specifier: string): string | undefined {
  const subpath = `.${specifier.slice(workspace.name.length)}`
  if (workspace.exports.has(subpath)) return undefined
  return `${specifier} is not exported by ${workspace.dir}; only its public surface may be imported`
}

function workspaceProblem(file: SourceFile, target: Workspace, { floors }: House): string | undefined {
  const { owner, role } = file
  if (owner === undefined) return undefined
  if (owner.name === target.name) return `${owner.dir} imports itself by name; use a relative import`
  if (role === 'test' && floors.isDev(target)) return undefined
  if (!floors.mayImport(owner, target)) {
    return `${owner.folder} (floor ${floors.floorOf(owner)}) may not import ${target.folder} (floor ${floors.floorOf(target)})`
  }
  const inTests = role === 'test' && owner.devDependencies.has(target.name)
  if (inTests || owner.dependencies.has(target.name)) return undefined
  return `${target.name} is not declared in ${owner.dir}/package.json`
}
