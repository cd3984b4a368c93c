import { unsupported } from '../invalid.ts'
import type { HashName } from '../repository/output.ts'
import type { Shapes } from './shape.ts'
import { isTypedMap, isWholeNumber, type TypedMap, type TypedValue } from './typed-value.ts'
import { bad } from './yaml.wire.ts'

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

/** What may stand in an entry of either (CHECKSUMS_SCHEMA and META_SCHEMA of dvc/output.py). */
export const ENTRY_SHAPES = {
  ...{ md5: 'hash', etag: 'hash', checksum: 'hash', hash: 'name', path: 'text' },
  ...{
    size: 'number',
    nfiles: 'number',
    isexec: 'flag',
    version_id: 'text',
    cloud: 'mapping',
    files: 'list',
  },
} as const satisfies Shapes

/**
 * An entry and where it stands, for sentences.
 * @throws Failure `config` where it is none, or has no path
 */
export function entryAt(value: TypedValue, file: string): { readonly entry: TypedMap; readonly on: string } {
  if (!isTypedMap(value)) throw bad(file, 'an output in it is no mapping')
  const path = value.get('path')
  if (path === undefined || path === '') throw bad(file, 'an output in it has no path')
  return { entry: value, on: typeof path === 'string' ? `${file} (${path})` : file }
}

/**
 * @param entry whose shapes are known to be right
 * @throws Failure `config`, for what is malformed or kept by cloud versioning
 */
export function recordedOutput(entry: TypedMap, on: string): RecordedOutput {
  if (entry.has('files') || entry.has('cloud') || entry.has('version_id'))
    throw unsupported(
      on,
      'the output is kept by cloud versioning (a version_aware or worktree remote)',
      'Leave it to DVC itself, or move it to a plain remote',
    )
  const path = textAt(entry, 'path') ?? ''
  if (path.includes('://'))
    throw unsupported(on, 'the output lies outside of the repository', 'Track a file of the repository')
  return {
    path,
    oid: oidOf(entry, on),
    hash: hashOf(entry, on),
    size: numberAt(entry, 'size', on),
    nfiles: numberAt(entry, 'nfiles', on),
    isexec: entry.get('isexec') === true,
  }
}

/** Only an MD5 can be a key here. DVC takes one in capitals as it is, and finds no object by that name. */
function oidOf(entry: TypedMap, on: string): string | undefined {
  if (entry.has('etag') || entry.has('checksum'))
    throw unsupported(
      on,
      'it is named by an ETag or checksum, not by an MD5',
      'Track a file of the repository',
    )
  const md5 = textAt(entry, 'md5')
  if (md5 === undefined) return undefined
  if (/^[0-9a-f]{32}(\.dir)?$/.test(md5)) return md5
  const why = /^[0-9a-f]{32}(\.dir)?$/i.test(md5)
    ? 'which DVC knows in small letters only'
    : 'which is no MD5'
  throw bad(on, `its md5 is "${md5.slice(0, 60)}", ${why}`)
}

function hashOf(entry: TypedMap, on: string): HashName {
  const name = textAt(entry, 'hash')
  if (name === undefined) return 'md5-dos2unix'
  if (name === 'md5') return name
  throw unsupported(
    on,
    `its hash is "${name}"`,
    'Only md5, and the hash of DVC 2, which has no name, are supported',
  )
}

function numberAt(entry: TypedMap, key: string, on: string): number | undefined {
  const value = entry.get(key)
  if (!isWholeNumber(value)) return undefined
  const number = Number(value.number)
  if (number >= 0 && Number.isSafeInteger(number)) return number
  throw bad(on, `its ${key} is "${value.number.slice(0, 40)}", which is no number of bytes or files`)
}

/** Undefined for nothing, and for text that is empty. */
export function textAt(map: TypedMap, key: string): string | undefined {
  const value = map.get(key)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Like {@link parseTypedYaml} for a file that holds a mapping; an empty one has no keys. */
export function mappingOf(value: TypedValue, file: string): TypedMap {
  if (value === null) return new Map()
  if (isTypedMap(value)) return value
  throw bad(file, 'it does not hold a mapping')
}
