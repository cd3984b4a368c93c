// Checks who imports whom, and the words that are reserved for one floor. See docs/adr/0003-boundaries.md.
import { join, posix, resolve } from 'node:path'
import { findRunnerAccess } from './boundaries/access.ts'
import { findCycles } from './boundaries/cycles.ts'
import { type Floor, floorsOf } from './boundaries/floors.ts'
import { checkImports, type House, packageName } from './boundaries/import-rules.ts'
import { readSourceFiles, type SourceFile } from './boundaries/source-files.ts'
import { findSuppressions } from './boundaries/suppressions.ts'
import { findUncheckedTypes } from './boundaries/unchecked.ts'
import { readManifest, readWorkspaces, type Workspace } from './workspace.wire.ts'

/** The floors of the house: a package may import only from the floors that its own floor names. */
export const FLOORS: readonly Floor[] = [
  { floor: 0, packages: ['diagnostics', 'text'], mayUse: [] },
  { floor: 1, packages: ['http', 'wait', 'process', 'manifest', 'oci', 'gates'], mayUse: [0] },
  { floor: 2, packages: ['aws', 'git', 'github', 'kubernetes'], mayUse: [0, 1] },
  { floor: 3, packages: ['dvc', 'ecr', 'argocd', 'kserve', 'kfp', 'mlflow'], mayUse: [0, 1, 2] },
  { floor: 4, packages: ['gitops', 'drift'], mayUse: [0, 1, 2, 3] },
  { floor: 5, packages: ['runner'], mayUse: [0, 1] },
  { floor: 6, packages: [], mayUse: [0, 1, 2, 3, 4, 5] },
  // A fake that shares code with its client proves nothing, hence no formats here.
  { floor: 'dev', packages: ['sandbox'], mayUse: [0, 1], except: ['oci', 'manifest'] },
  { floor: 'dev', packages: ['workflow-runner'], mayUse: [0, 1] },
]

/** Every broken rule of the repository at `root`, one line each: `path:line what is wrong`. */
export function checkBoundaries(root: string, table: readonly Floor[] = FLOORS): readonly string[] {
  const workspaces = readWorkspaces(root)
  const files = readSourceFiles(root, workspaces)
  const house: House = {
    floors: floorsOf(table),
    workspaces: new Map(workspaces.map((workspace) => [workspace.name, workspace])),
    root: readManifest(join(root, 'package.json')),
  }
  return [
    ...files.flatMap((file) => checkFile(file, house)),
    ...workspaces.flatMap((workspace) => checkManifest(workspace, files, house)),
    ...findCycles(fileEdges(files)).map((group) => `${group[0]} imports itself through ${group.join(', ')}`),
    ...findCycles(workspaceEdges(workspaces)).map(
      (group) => `packages declare each other: ${group.join(', ')}`,
    ),
  ]
}

function checkFile(file: SourceFile, house: House): string[] {
  const { owner, role } = file
  const shipped = role === 'source' && owner !== undefined && !house.floors.isDev(owner)
  const findings = [
    ...checkImports(file, house),
    ...(shipped && !house.floors.isRunner(owner) ? findRunnerAccess(file.places, file.imports) : []),
    ...(isTest(file) || file.path.endsWith('.wire.ts') ? [] : findUncheckedTypes(file.places)),
    ...findSuppressions(file.comments, { isTest: isTest(file) }),
  ]
  return findings.map(({ line, what }) => `${file.path}:${line} ${what}`)
}

/** Tests may build wrong values on purpose; everything else, scripts included, is typed all the way. */
function isTest({ path, role }: SourceFile): boolean {
  return role === 'test' || path.startsWith('test/')
}

function checkManifest(workspace: Workspace, files: readonly SourceFile[], { floors }: House): string[] {
  const own = files.filter(({ owner }) => owner === workspace)
  const file = `${workspace.dir}/package.json:1`
  if (floors.floorOf(workspace) === undefined)
    return [`${file} ${workspace.folder} has no floor in scripts/boundaries.ts`]
  if (own.length === 0) return []
  const used = (roles: readonly SourceFile['role'][]): Set<string> =>
    new Set(
      own
        .filter(({ role }) => roles.includes(role))
        .flatMap(({ imports }) =>
          imports.flatMap(({ specifier }) => (specifier ? [packageName(specifier)] : [])),
        ),
    )
  const [inSource, anywhere] = [used(['source']), used(['source', 'test'])]
  return [
    ...[...workspace.dependencies].filter((name) => !inSource.has(name)),
    ...[...workspace.devDependencies].filter((name) => !anywhere.has(name) && !name.startsWith('@types/')),
  ].map((name) => `${file} ${name} is declared but no file imports it`)
}

/** Relative imports that stay after the types are stripped. */
function fileEdges(files: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    files.map(({ path, imports }) => {
      const targets = imports.flatMap(({ specifier, typeOnly }) =>
        specifier?.startsWith('.') && !typeOnly ? [posix.join(posix.dirname(path), specifier)] : [],
      )
      return [path, new Set(targets)]
    }),
  )
}

function workspaceEdges(workspaces: readonly Workspace[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(workspaces.map(({ name, dependencies }) => [name, dependencies]))
}

if (import.meta.main) {
  try {
    const problems = checkBoundaries(resolve(import.meta.dirname, '..'))
    for (const problem of problems) console.log(problem)
    if (problems.length > 0) process.exitCode = 1
  } catch (error) {
    console.log(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
