import { unsupported } from '../invalid.ts'
import type { HashName } from '../repository/output.ts'
import { bad, textAt, type YamlMap, type YamlValue } from './yaml.wire.ts'

/** What `.dvc` files and dvc.lock both say of one output. */
export interface RecordedOutput {
  /** As it stands there, relative to the stage's folder. */
  readonly path: string
  readonly oid: string | undefined
  readonly hash: HashName
  readonly size: number | undefined
  readonly nfiles: number | undefined
  readonly isexec: boolean
}

/** @throws Failure `config`, for what is malformed or kept by cloud versioning */
export function recordedOutput(entry: YamlValue, file: string): RecordedOutput {
  if (!(entry instanceof Map)) throw bad(file, 'an output in it is no mapping')
  const path = textAt(entry, 'path')
  if (path === undefined) throw bad(file, 'an output in it has no path')
  const on = `${file} (${path})`
  if (entry.has('files') || entry.has('cloud') || entry.has('version_id'))
    throw unsupported(
      on,
      'the output is kept by cloud versioning (a version_aware or worktree remote)',
      'Push it with DVC itself, or move it to a plain remote',
    )
  if (path.includes('://'))
    throw unsupported(on, 'the output lies outside of the repository', 'Track a file of the repository')
  return {
    path,
    oid: oidOf(entry, on),
    hash: hashOf(entry, on),
    size: numberAt(entry, 'size', on),
    nfiles: numberAt(entry, 'nfiles', on),
    isexec: flagAt(entry, 'isexec', on, false),
  }
}

/** DVC lower-cases a hash and takes any text of three characters; only an MD5 can be a key here. */
function oidOf(entry: YamlMap, on: string): string | undefined {
  if (entry.has('etag') || entry.has('checksum'))
    throw unsupported(
      on,
      'it is named by an ETag or checksum, not by an MD5',
      'Track a file of the repository',
    )
  const md5 = textAt(entry, 'md5')?.toLowerCase()
  if (md5 === undefined) return undefined
  if (/^[0-9a-f]{32}(\.dir)?$/.test(md5)) return md5
  throw bad(on, `its md5 is "${md5.slice(0, 60)}", which is no MD5`)
}

function hashOf(entry: YamlMap, on: string): HashName {
  const name = textAt(entry, 'hash')
  if (name === undefined) return 'md5-dos2unix'
  if (name === 'md5' || name === 'md5-dos2unix') return name
  throw unsupported(on, `its hash is "${name}"`, 'Only md5 is supported')
}

function numberAt(entry: YamlMap, key: string, on: string): number | undefined {
  const value = textAt(entry, key)
  if (value === undefined) return undefined
  if (/^(0|[1-9]\d{0,15})$/.test(value)) return Number(value)
  throw bad(on, `its ${key} is "${value.slice(0, 40)}", which is no number`)
}

/** `true` and `false` as YAML 1.2 writes them. @throws Failure `config` for anything else */
export function flagAt(entry: YamlMap, key: string, on: string, otherwise = true): boolean {
  const value = entry.get(key)
  if (value === undefined) return otherwise
  if (/^true$/i.test(String(value))) return true
  if (/^false$/i.test(String(value))) return false
  throw bad(on, `its ${key} is neither true nor false`)
}
