import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One object of a DVC remote: `files/md5/<first two digits>/<the rest>` below the remote's URL. */
export interface DvcObject {
  readonly key: string
  readonly body: Buffer
}

/** A folder as DVC tracks it. */
export interface TrackedFolder {
  /** MD5 of the listing, with `.dir` behind. */
  readonly md5: string
  readonly files: readonly { readonly relpath: string; readonly body: Buffer }[]
  /** What the remote has to hold. */
  readonly objects: readonly DvcObject[]
}

/**
 * What `dvc add <folder>` writes for a flat folder: the `.dvc` file beside it, and what belongs into the remote
 * (DVC 3: dvc_data/hashfile/tree.py, JSON of the files sorted by relpath, `, ` and `: ` between its parts).
 */
export function track(root: string, folder: string): TrackedFolder {
  const files = readdirSync(join(root, folder))
    .sort()
    .map((relpath) => ({ relpath, body: readFileSync(join(root, folder, relpath)) }))
  const entries = files.map(({ relpath, body }) => `{"md5": "${md5Of(body)}", "relpath": "${relpath}"}`)
  const listing = Buffer.from(`[${entries.join(', ')}]`)
  const md5 = `${md5Of(listing)}.dir`
  const size = files.reduce((sum, { body }) => sum + body.length, 0)
  writeFileSync(
    join(root, `${folder}.dvc`),
    `outs:\n- md5: ${md5}\n  size: ${size}\n  nfiles: ${files.length}\n  hash: md5\n  path: ${folder}\n`,
  )
  const objects = files.map(({ body }) => ({ key: keyOf(md5Of(body)), body }))
  return { md5, files, objects: [...objects, { key: keyOf(md5), body: listing }] }
}

function md5Of(body: Buffer): string {
  return createHash('md5').update(body).digest('hex')
}

function keyOf(md5: string): string {
  return `files/md5/${md5.slice(0, 2)}/${md5.slice(2)}`
}
