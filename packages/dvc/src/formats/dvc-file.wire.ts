import type { Origin } from '../repository/output.ts'
import {
  ENTRY_SHAPES,
  entryAt,
  mappingOf,
  type RecordedOutput,
  recordedOutput,
  textAt,
} from './entry.wire.ts'
import { readPlainYaml } from './plain-yaml.ts'
import { assertShapes, type Shapes } from './shape.ts'
import { isTypedList, isTypedMap, pythonText, type TypedMap, type TypedValue } from './typed-value.ts'
import { parseTypedYaml } from './typed-yaml.wire.ts'
import { bad } from './yaml.wire.ts'

export interface DvcFileOutput extends RecordedOutput {
  readonly remote: string | undefined
  readonly cache: boolean
  readonly push: boolean
}

/** A `.dvc` file. */
export interface DvcFile {
  readonly wdir: string
  readonly outs: readonly DvcFileOutput[]
  /** Paths that it depends on, as written; what lies in other repositories or behind a URL is not among them. */
  readonly deps: readonly string[]
  readonly origin: Origin | undefined
}

// dvc/schema.py, dvc/output.py and dvc/dependency: what may stand in a .dvc file, and as what.
const TOP_SHAPES: Shapes = {
  ...{
    outs: 'list or nothing',
    deps: 'list or nothing',
    md5: 'hash that nobody reads',
    wdir: 'text or nothing',
  },
  ...{ frozen: 'flag', locked: 'flag', always_changed: 'flag', desc: 'text', meta: 'anything' },
}
const OUT_SHAPES: Shapes = {
  ...ENTRY_SHAPES,
  ...{ cache: 'flag', push: 'flag', persist: 'flag', remote: 'text', fs_config: 'mapping' },
  ...{ desc: 'text', type: 'text', labels: 'texts', meta: 'anything' },
}
const DEP_SHAPES: Shapes = {
  ...ENTRY_SHAPES,
  ...{ persist: 'flag', fs_config: 'mapping', repo: 'mapping', db: 'mapping' },
}
const REPO_SHAPES: Shapes = {
  ...{ url: 'text', rev: 'text', rev_lock: 'text' },
  ...{ config: 'text or mapping', remote: 'text or mapping' },
}

/**
 * Reads a `.dvc` file; a key that DVC does not know, or a value that it does not take, is an error, as it is there.
 * @throws Failure `config` that names the file and the key
 */
export function parseDvcFile(text: string, file: string): DvcFile {
  const top = mappingOf(readPlainYaml(text) ?? parseTypedYaml(text, file), file)
  assertShapes(top, TOP_SHAPES, file)
  const [outs, deps] = [listAt(top, 'outs'), listAt(top, 'deps').map((dep) => readDep(dep, file))]
  if (outs.length === 0) throw bad(file, 'it names no output')
  const recorded = outs.map((out) => readOutput(out, file))
  return {
    wdir: textAt(top, 'wdir') ?? '.',
    outs: recorded,
    deps: deps.flatMap((dep) => localPath(dep)),
    origin: originOf(deps, recorded, file),
  }
}

function readOutput(out: TypedValue, file: string): DvcFileOutput {
  const { entry, on } = entryAt(out, file)
  assertShapes(entry, OUT_SHAPES, on)
  return {
    ...recordedOutput(entry, on),
    remote: textAt(entry, 'remote')?.toLowerCase(),
    cache: entry.get('cache') !== false,
    push: entry.get('push') !== false,
  }
}

function readDep(dep: TypedValue, file: string): TypedMap {
  if (!isTypedMap(dep)) throw bad(file, 'one of its deps is no mapping')
  const on = `${file} (a dependency)`
  assertShapes(dep, DEP_SHAPES, on)
  const repo = dep.get('repo')
  if (isTypedMap(repo)) assertShapes(repo, REPO_SHAPES, on)
  return dep
}

/**
 * `dvc import` records a repository. `dvc import-url` records a URL, and its data is pushed like any other, unless it
 * was made with --no-download: then there is no MD5.
 */
function originOf(
  deps: readonly TypedMap[],
  outs: readonly RecordedOutput[],
  file: string,
): Origin | undefined {
  for (const dep of deps) {
    const repo = dep.get('repo')
    if (isTypedMap(repo) && repo.size > 0) return repositoryOrigin(dep, repo, file)
  }
  const [first] = deps
  if (first === undefined || outs.some(({ oid }) => oid !== undefined)) return undefined
  return { kind: 'url', url: textAt(first, 'path') ?? 'a database' }
}

/** dvc/dependency/repo.py. `remote` is a name, or options of the default remote; `config` options, or a file's name. */
function repositoryOrigin(dep: TypedMap, repo: TypedMap, file: string): Origin {
  const url = textAt(repo, 'url')
  const path = textAt(dep, 'path')
  if (url === undefined || path === undefined)
    throw bad(file, 'the repository that it imports from has no url or path')
  const remote = repo.get('remote')
  const config = repo.get('config')
  const options = isTypedMap(remote) ? [['remote', optionsOf(remote)] as const] : []
  const sections = isTypedMap(config) ? sectionsOf(config) : []
  return {
    kind: 'repository',
    url,
    path,
    rev: textAt(repo, 'rev'),
    revLock: textAt(repo, 'rev_lock'),
    remote: typeof remote === 'string' && remote !== '' ? remote.toLowerCase() : undefined,
    config: new Map([...sections, ...options]),
    configFile: typeof config === 'string' && config !== '' ? config : undefined,
  }
}

/** `remote: {store: {url: …}}` becomes the section `remote "store"`, as in a file. */
function sectionsOf(config: TypedMap): (readonly [string, ReadonlyMap<string, string>])[] {
  return [...config].flatMap(([section, value]) => {
    if (!isTypedMap(value)) return []
    if (section.toLowerCase() !== 'remote') return [[section.toLowerCase(), optionsOf(value)] as const]
    return [...value].flatMap(([name, options]) =>
      isTypedMap(options) ? [[`remote "${name.toLowerCase()}"`, optionsOf(options)] as const] : [],
    )
  })
}

/** Options as a configuration file would have them: text. */
function optionsOf(map: TypedMap): ReadonlyMap<string, string> {
  return new Map(
    [...map].flatMap(([name, value]) =>
      isTypedList(value) || isTypedMap(value) || value === null
        ? []
        : [[name.toLowerCase(), pythonText(value)] as const],
    ),
  )
}

function localPath(dep: TypedMap): string[] {
  const path = dep.has('repo') ? undefined : textAt(dep, 'path')
  return path === undefined || path.includes('://') ? [] : [path]
}

function listAt(map: TypedMap, key: string): readonly TypedValue[] {
  const value = map.get(key)
  return isTypedList(value) ? value : []
}
