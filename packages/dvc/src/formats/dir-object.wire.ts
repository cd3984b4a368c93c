import { dataFailure } from '../invalid.ts'
import { md5Hex } from '../objects/hash.ts'

/** One file of a tracked directory. */
export interface DirEntry {
  readonly md5: string
  /** Posix, below the directory. */
  readonly relpath: string
}

/**
 * The bytes of a `.dir` object as Python's `json.dumps(entries, sort_keys=True)` writes them: entries by the UTF-8
 * bytes of their path, ", " and ": " between, everything outside of printable ASCII escaped, DEL too
 * (dvc_data/hashfile/tree.py).
 */
export function formatDirObject(entries: readonly DirEntry[]): Buffer {
  const sorted = inOrder(entries)
  const pieces = [Buffer.from('[')]
  for (let at = 0; at < sorted.length; at += GROUP) {
    const group = sorted
      .slice(at, at + GROUP)
      .map(formatEntry)
      .join(', ')
    pieces.push(Buffer.from(at === 0 ? group : `, ${group}`))
  }
  return Buffer.concat([...pieces, Buffer.from(']')])
}

/** Entries that become text together: the texts of a hundred thousand would take ten times the memory of the result. */
const GROUP = 1_000

/** Texts are in the order of their UTF-8 bytes already, unless there are characters beyond the 16 bits of a unit. */
function inOrder(entries: readonly DirEntry[]): readonly DirEntry[] {
  if (!entries.some(({ relpath }) => /[\ud800-\udfff]/.test(relpath)))
    return [...entries].sort((a, b) => (a.relpath < b.relpath ? -1 : Number(a.relpath > b.relpath)))
  return entries
    .map((entry) => ({ entry, bytes: Buffer.from(entry.relpath) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ entry }) => entry)
}

function formatEntry({ md5, relpath }: DirEntry): string {
  return `{"md5": ${jsonText(md5)}, "relpath": ${jsonText(relpath)}}`
}

/** `<md5 of the bytes>.dir`. */
export function dirOid(bytes: Buffer): string {
  return `${md5Hex(bytes)}.dir`
}

function jsonText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/**
 * Reads a `.dir` object. A path that leaves the directory is refused: it would be written or published elsewhere.
 * @param on what is read, for sentences
 * @throws Failure `integrity`
 */
export function parseDirObject(bytes: Buffer, on: string): readonly DirEntry[] {
  const list = parseJson(bytes, on)
  if (!Array.isArray(list)) throw broken(on, 'it is no JSON list')
  const seen = new Set<string>()
  const entries = list.map((item: unknown) => {
    const entry = typeof item === 'object' && item !== null ? (item as Record<string, unknown>) : {}
    const { md5, relpath } = entry
    if (typeof md5 !== 'string' || !/^[0-9a-f]{32}$/.test(md5)) throw broken(on, 'an entry in it has no MD5')
    if (typeof relpath !== 'string' || !isSafeRelpath(relpath))
      throw broken(on, `an entry in it has the path ${JSON.stringify(relpath)?.slice(0, 120)}`)
    if (seen.has(relpath)) throw broken(on, `the path ${JSON.stringify(relpath)} stands in it twice`)
    seen.add(relpath)
    return { md5, relpath }
  })
  for (const { relpath } of entries) {
    for (let end = relpath.indexOf('/'); end !== -1; end = relpath.indexOf('/', end + 1))
      if (seen.has(relpath.slice(0, end)))
        throw broken(on, `the path ${JSON.stringify(relpath.slice(0, end))} is a file and a folder in it`)
  }
  return entries
}

/** Relative, without empty, `.` or `..` segments, without NUL and halves of surrogate pairs, and in no `.git`, which DVC never takes for data. */
export function isSafeRelpath(path: string): boolean {
  return (
    path !== '' &&
    !path.includes('\0') &&
    path.isWellFormed() &&
    path.split('/').every((part) => !['', '.', '..', '.git'].includes(part.toLowerCase()))
  )
}

function parseJson(bytes: Buffer, on: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw broken(on, 'it is no JSON')
  }
}

function broken(on: string, seen: string) {
  return dataFailure('DVC_DIR_OBJECT', {
    what: 'A directory object is broken',
    on,
    seen,
    next: 'Run `dvc add` or `dvc commit` for its output again',
  })
}
