import { bad, flagAt, type RecordedOutput, recordedOutput } from './entry.wire.ts'
import { listAt, mapAt, parseYamlMap, textAt, type YamlMap, type YamlValue } from './yaml.wire.ts'

export interface DvcFileOutput extends RecordedOutput {
  readonly remote: string | undefined
  readonly cache: boolean
  readonly push: boolean
}

/** A `.dvc` file. */
export interface DvcFile {
  readonly wdir: string
  readonly outs: readonly DvcFileOutput[]
  /** Made by `dvc import`, whose data belongs to another DVC repository, or imported without its data. */
  readonly imported: boolean
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
    imported:
      deps.some(isRepoDependency) || (deps.length > 0 && recorded.every(({ oid }) => oid === undefined)),
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

/** `dvc import` records where from; `dvc import-url` does not, and its data is pushed like any other. */
function isRepoDependency(dependency: YamlValue): boolean {
  return dependency instanceof Map && mapAt(dependency, 'repo') !== undefined
}

function assertKeys(map: YamlMap, known: ReadonlySet<string>, on: string): void {
  for (const key of map.keys()) {
    if (!known.has(key)) throw bad(on, `it has the key "${key.slice(0, 60)}", which DVC does not know`)
  }
}
