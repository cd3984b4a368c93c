import type { Origin } from '../repository/output.ts'
import { flagAt, type RecordedOutput, recordedOutput } from './entry.wire.ts'
import { bad, listAt, mapAt, parseYamlMap, textAt, type YamlMap, type YamlValue } from './yaml.wire.ts'

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

// dvc/schema.py and dvc/output.py: what may stand in a .dvc file and under one of its outputs.
const TOP_KEYS = new Set('desc md5 cmd wdir frozen locked deps outs always_changed meta'.split(' '))
const OUT_KEYS = new Set(
  `md5 etag checksum size nfiles isexec cloud hash path fs_config desc type labels meta cache metric plot persist
   remote push files version_id`.split(/\s+/),
)

/**
 * Reads a `.dvc` file; a key that DVC does not know is an error, as it is there.
 * @throws Failure `config` that names the file and the key
 */
export function parseDvcFile(text: string, file: string): DvcFile {
  const top = parseYamlMap(text, file)
  assertKeys(top, TOP_KEYS, file)
  const outs = listAt(top, 'outs')
  const deps = listAt(top, 'deps')
  if (outs === undefined || outs.length === 0) throw bad(file, 'it names no output')
  if (deps === undefined) throw bad(file, 'its deps are no list')
  const recorded = outs.map((out) => readOutput(out, file))
  return {
    wdir: textAt(top, 'wdir') ?? '.',
    outs: recorded,
    deps: deps.flatMap((dep) => localPath(dep)),
    origin: originOf(deps, recorded, file),
  }
}

function readOutput(out: YamlValue, file: string): DvcFileOutput {
  const recorded = recordedOutput(out, file)
  const entry: YamlMap = out instanceof Map ? out : new Map()
  const on = `${file} (${recorded.path})`
  assertKeys(entry, OUT_KEYS, on)
  return {
    ...recorded,
    remote: textAt(entry, 'remote')?.toLowerCase(),
    cache: flagAt(entry, 'cache', on),
    push: flagAt(entry, 'push', on),
  }
}

/**
 * `dvc import` records a repository. `dvc import-url` records a URL, and its data is pushed like any other, unless it
 * was made with --no-download: then there is no MD5.
 */
function originOf(
  deps: readonly YamlValue[],
  outs: readonly RecordedOutput[],
  file: string,
): Origin | undefined {
  for (const dep of deps) {
    const repo = dep instanceof Map ? mapAt(dep, 'repo') : undefined
    if (dep instanceof Map && repo !== undefined) return repositoryOrigin(dep, repo, file)
  }
  const [first] = deps
  if (first === undefined || outs.some(({ oid }) => oid !== undefined)) return undefined
  return { kind: 'url', url: (first instanceof Map ? textAt(first, 'path') : undefined) ?? 'a database' }
}

/** dvc/dependency/repo.py. `remote` is a name, or options of the default remote; `config` options, or a file's name. */
function repositoryOrigin(dep: YamlMap, repo: YamlMap, file: string): Origin {
  const url = textAt(repo, 'url')
  const path = textAt(dep, 'path')
  if (url === undefined || path === undefined)
    throw bad(file, 'the repository that it imports from has no url or path')
  const remote = repo.get('remote')
  const config = repo.get('config')
  const options = remote instanceof Map ? [['remote', optionsOf(remote)] as const] : []
  const sections = config instanceof Map ? sectionsOf(config) : []
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
function sectionsOf(config: YamlMap): (readonly [string, ReadonlyMap<string, string>])[] {
  return [...config].flatMap(([section, value]) => {
    if (!(value instanceof Map)) return []
    if (section.toLowerCase() !== 'remote') return [[section.toLowerCase(), optionsOf(value)] as const]
    return [...value].flatMap(([name, options]) =>
      options instanceof Map ? [[`remote "${name.toLowerCase()}"`, optionsOf(options)] as const] : [],
    )
  })
}

function optionsOf(map: YamlMap): ReadonlyMap<string, string> {
  return new Map(
    [...map].flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [],
    ),
  )
}

function localPath(dep: YamlValue): string[] {
  const path = dep instanceof Map && mapAt(dep, 'repo') === undefined ? textAt(dep, 'path') : undefined
  return path === undefined || path.includes('://') ? [] : [path]
}

function assertKeys(map: YamlMap, known: ReadonlySet<string>, on: string): void {
  for (const key of map.keys()) {
    if (!known.has(key)) throw bad(on, `it has the key "${key.slice(0, 60)}", which DVC does not know`)
  }
}
