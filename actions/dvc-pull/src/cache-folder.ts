import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { Failure } from '@mlops-actions/diagnostics'
import type { Repository } from '@mlops-actions/dvc'

/**
 * A cache has a folder of its own: in data it would become data, and in `.git` nobody looks for it.
 * @param folder absolute; wherever links lead from there counts
 * @throws Failure `config`
 */
export async function assertCacheFolder(folder: string, { root, outputs }: Repository): Promise<void> {
  const path = relative(await realpath(root), await realOf(folder))
    .split(sep)
    .join('/')
  const found = await stat(folder).catch(() => undefined)
  if (found !== undefined && !found.isDirectory()) throw notACache(folder, 'it is a file')
  if (path === '' || /^\.\.(?:\/\.\.)*$/.test(path)) throw notACache(folder, 'the repository lies in it')
  // Also on a disk that does not tell .git from .GIT.
  if (path.toLowerCase().split('/').includes('.git')) throw notACache(folder, 'it belongs to git')
  const output = outputs.find(
    (known) => `${path}/`.startsWith(`${known.path}/`) || known.path.startsWith(`${path}/`),
  )
  if (output !== undefined) throw notACache(folder, `${output.path}, which is tracked, has its place there`)
}

/** The path without links, as far as it is there. */
async function realOf(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined)
  return real ?? join(await realOf(dirname(path)), basename(path))
}

function notACache(folder: string, seen: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'DVC_CACHE_DIR',
    what: 'Cannot keep a cache there',
    on: `cache-dir: ${folder}`,
    seen,
    next: 'Name a folder of its own, such as .dvc/cache',
  })
}
