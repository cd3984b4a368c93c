import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** Files of one size, in one directory output `data`, or each an output of its own. */
export interface DatasetWish {
  readonly files: number
  /** Bytes of each. */
  readonly size: number
  /** `directory`: one output with all of them; `single`: one `.dvc` file for each. */
  readonly as: 'directory' | 'single'
  /** Whether the files are holes, which are read as zeros and take no disk. */
  readonly sparse?: boolean
}

export interface Dataset {
  readonly root: string
  /** Paths of the data. */
  readonly files: readonly string[]
  /** Bytes of all files. */
  readonly bytes: number
  /** Writes `.dvc/config` for a remote at this address. */
  pointTo(remote: { readonly url: string }): void
  /** Changes one file and what is recorded of it. */
  changeOne(): void
  /** Another folder with what Git would have of this one: all but the data. */
  clone(): Checkout
  remove(): void
}

/** A repository without its data. */
export interface Checkout {
  readonly root: string
  pointTo(remote: { readonly url: string }): void
  /** Removes whatever a pull has brought. */
  empty(): void
  remove(): void
}

/** Writes a repository as DVC has left it after `dvc add`: with a cache, whose files are links to those of the workspace. */
export function makeDataset(wish: DatasetWish): Dataset {
  const root = mkdtempSync(join(tmpdir(), 'dvc-bench-'))
  const md5s = new Map<string, string>()
  for (let at = 0; at < wish.files; at++) {
    const relpath = nameOf(at, wish)
    md5s.set(relpath, writeContent(join(root, 'data', relpath), wish, at))
  }
  record(root, wish, md5s)
  for (const [relpath, md5] of md5s) cache(root, relpath, md5)
  return {
    root,
    files: [...md5s.keys()].map((relpath) => join(root, 'data', relpath)),
    bytes: wish.files * wish.size,
    pointTo: ({ url }) => configure(root, url),
    changeOne: () => {
      const [first = ''] = md5s.keys()
      // The old bytes stay in the cache.
      rmSync(join(root, 'data', first))
      md5s.set(first, writeContent(join(root, 'data', first), wish, -1))
      cache(root, first, md5s.get(first) ?? '')
      record(root, wish, md5s)
    },
    clone: () => cloneOf(wish, md5s),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/**
 * Up to so many bytes stay on the disk until the bench is over: ext4 passes over files that were deleted in the last seconds
 * whenever one is made, which took a third of the processor time of a pull of 5,000 files, and no runner has deleted them.
 */
const MOST_TRASH = 2 ** 30

function cloneOf(wish: DatasetWish, md5s: ReadonlyMap<string, string>): Checkout {
  const folder = mkdtempSync(join(tmpdir(), 'dvc-bench-clone-'))
  const root = join(folder, 'checkout')
  let gone = 0
  const empty = () => {
    const trash = join(folder, `gone-${gone++}`)
    mkdirSync(trash)
    for (const path of ['data', '.dvc/cache', '.dvc/tmp', 'data.dvc'])
      if (existsSync(join(root, path))) renameSync(join(root, path), join(trash, basename(path)))
    if (wish.files * wish.size > MOST_TRASH) rmSync(trash, { recursive: true })
    record(root, wish, md5s)
    rmSync(join(root, '.dvc/cache'), { recursive: true, force: true })
  }
  empty()
  return {
    root,
    pointTo: ({ url }) => configure(root, url),
    empty,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function configure(root: string, url: string): void {
  const remote = `['remote "r"']\nurl = s3://data/dvc\nendpointurl = ${url}\n`
  write(root, '.dvc/config', `[core]\nno_scm = true\nremote = r\n${remote}`)
}

/** DVC takes what is read-only for right and hashes it no more. */
function cache(root: string, relpath: string, md5: string): void {
  const file = join(root, 'data', relpath)
  const cached = join(root, '.dvc/cache/files/md5', md5.slice(0, 2), md5.slice(2))
  mkdirSync(dirname(cached), { recursive: true })
  linkSync(file, cached)
  chmodSync(cached, 0o444)
}

/** A thousand files in a folder, as data sets have them. */
function nameOf(at: number, { as }: DatasetWish): string {
  return as === 'single' ? `f${at}.bin` : `${String(Math.floor(at / 1_000)).padStart(3, '0')}/f${at}.bin`
}

function record(root: string, { as, size, files }: DatasetWish, md5s: ReadonlyMap<string, string>): void {
  if (as === 'single') {
    // In quotes, since one in a million looks like a number.
    for (const [name, md5] of md5s)
      write(
        root,
        `data/${name}.dvc`,
        `outs:\n- md5: '${md5}'\n  size: ${size}\n  hash: md5\n  path: ${name}\n`,
      )
    return
  }
  const entries = [...md5s].sort(([a], [b]) => (a < b ? -1 : 1))
  const list = entries.map(([relpath, md5]) => `{"md5": "${md5}", "relpath": "${relpath}"}`).join(', ')
  const oid = `${createHash('md5').update(`[${list}]`).digest('hex')}.dir`
  write(root, `.dvc/cache/files/md5/${oid.slice(0, 2)}/${oid.slice(2)}`, `[${list}]`)
  chmodSync(join(root, '.dvc/cache/files/md5', oid.slice(0, 2), oid.slice(2)), 0o444)
  const facts = `  size: ${files * size}\n  nfiles: ${files}\n  hash: md5\n  path: data\n`
  write(root, 'data.dvc', `outs:\n- md5: ${oid}\n${facts}`)
}

/** Content that no two files share; random in its first bytes, repeated behind them. Returns its MD5. */
function writeContent(path: string, { size, sparse = false }: DatasetWish, seed: number): string {
  mkdirSync(dirname(path), { recursive: true })
  const hash = createHash('md5')
  const piece = sparse ? Buffer.alloc(Math.min(size, 2 ** 20)) : randomBytes(Math.min(size, 2 ** 20))
  piece.write(`${seed}`)
  const file = openSync(path, 'w')
  for (let at = 0; at < size; at += piece.length) {
    const part = piece.subarray(0, Math.min(piece.length, size - at))
    hash.update(part)
    if (!sparse || at === 0) writeSync(file, part, 0, part.length, at)
    if (sparse && at === 0) piece.fill(0)
  }
  ftruncateSync(file, size)
  closeSync(file)
  return hash.digest('hex')
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
