import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the scripts need to know of one `package.json`. */
export type Manifest = {
  readonly name: string
  /** Subpath (`.`, `./s3`) to source file (`./src/index.ts`); empty for an action. */
  readonly exports: ReadonlyMap<string, string>
  readonly dependencies: ReadonlySet<string>
  readonly devDependencies: ReadonlySet<string>
}

/** One npm workspace: `dir` is relative to the root and uses `/`, for example `packages/http`. */
export type Workspace = Manifest & {
  readonly kind: 'package' | 'action'
  readonly dir: string
  /** Last segment of `dir`: `http`, `dvc-push`. */
  readonly folder: string
}

/** Every workspace of the repository, packages first, each group by name. */
export function readWorkspaces(root: string): readonly Workspace[] {
  const kinds = [
    ['packages', 'package'],
    ['actions', 'action'],
  ] as const
  return kinds.flatMap(([parent, kind]) =>
    foldersWithManifest(join(root, parent)).map((folder) => {
      const dir = `${parent}/${folder}`
      return { kind, dir, folder, ...readManifest(join(root, dir, 'package.json')) }
    }),
  )
}

/** Reads one `package.json`; throws an Error that names the file and the field when the shape is wrong. */
export function readManifest(file: string): Manifest {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (!isRecord(json)) throw new Error(`${file} does not hold a JSON object`)
  if (typeof json['name'] !== 'string') throw new Error(`${file} has no "name"`)
  return {
    name: json['name'],
    exports: readExports(file, json['exports']),
    dependencies: new Set(Object.keys(isRecord(json['dependencies']) ? json['dependencies'] : {})),
    devDependencies: new Set(Object.keys(isRecord(json['devDependencies']) ? json['devDependencies'] : {})),
  }
}

function readExports(file: string, value: unknown): ReadonlyMap<string, string> {
  if (value === undefined) return new Map()
  if (typeof value === 'string') return new Map([['.', value]])
  if (!isRecord(value)) throw new Error(`${file}: "exports" must be a path or an object of subpaths`)
  const entries = Object.entries(value)
  return new Map(
    entries.map(([subpath, target]) => {
      if (typeof target === 'string') return [subpath, target]
      throw new Error(`${file}: "exports" of ${subpath} must be a path; conditions are not used here`)
    }),
  )
}

function foldersWithManifest(parent: string): string[] {
  if (!existsSync(parent)) return []
  return readdirSync(parent)
    .filter((name) => existsSync(join(parent, name, 'package.json')))
    .sort()
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
