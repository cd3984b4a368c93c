import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

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
  /** Bytes of all files. */
  readonly bytes: number
  /** Writes `.dvc/config` for a remote at this address. */
  pointTo(remote: { readonly url: string }): void
  /** Changes one file and what is recorded of it. */
  changeOne(): void
  remove(): void
}

/** Writes a repository as DVC would have left it after `dvc add`, without a cache: what a job has that made its data. */
export function makeDataset(wish: DatasetWish): Dataset {
  const root = mkdtempSync(join(tmpdir(), 'dvc-bench-'))
  const md5s = new Map<string, string>()
  for (let at = 0; at < wish.files; at++) {
    const relpath = nameOf(at, wish)
    md5s.set(relpath, writeContent(join(root, 'data', relpath), wish, at))
  }
  record(root, wish, md5s)
  return {
    root,
    bytes: wish.files * wish.size,
    pointTo: ({ url }) =>
      write(
        root,
        '.dvc/config',
        `[core]\nremote = r\n['remote "r"']\nurl = s3://data/dvc\nendpointurl = ${url}\n`,
      ),
    changeOne: () => {
      const [first = ''] = md5s.keys()
      md5s.set(first, writeContent(join(root, 'data', first), wish, -1))
      record(root, wish, md5s)
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** A thousand files in a folder, as data sets have them. */
function nameOf(at: number, { as }: DatasetWish): string {
  return as === 'single' ? `f${at}.bin` : `${String(Math.floor(at / 1_000)).padStart(3, '0')}/f${at}.bin`
}

function record(root: string, { as, size, files }: DatasetWish, md5s: ReadonlyMap<string, string>): void {
  if (as === 'single') {
    for (const [name, md5] of md5s)
      write(root, `data/${name}.dvc`, `outs:\n- md5: ${md5}\n  size: ${size}\n  hash: md5\n  path: ${name}\n`)
    return
  }
  const entries = [...md5s].sort(([a], [b]) => (a < b ? -1 : 1))
  const list = entries.map(([relpath, md5]) => `{"md5": "${md5}", "relpath": "${relpath}"}`).join(', ')
  const oid = `${createHash('md5').update(`[${list}]`).digest('hex')}.dir`
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
