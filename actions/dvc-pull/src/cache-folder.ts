import { stat } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { Failure } from '@mlops-actions/diagnostics'
import type { Repository } from '@mlops-actions/dvc'

/**
 * A cache has a folder of its own: in data it would become data, and in `.git` nobody looks for it.
 * @param folder absolute
 * @throws Failure `config`
 */
export async function assertCacheFolder(folder: string, { root, outputs }: Repository): Promise<void> {
  const path = relative(root, folder).split(sep).join('/')
  const found = await stat(folder).catch(() => undefined)
  if (found !== undefined && !found.isDirectory()) throw notACache(folder, 'it is a file')
  if (path === '' || /^\.\.(?:\/\.\.)*$/.test(path)) throw notACache(folder, 'the repository lies in it')
  if (path.split('/').includes('.git')) throw notACache(folder, 'it belongs to git')
  const output = outputs.find(
    (known) => `${path}/`.startsWith(`${known.path}/`) || known.path.startsWith(`${path}/`),
  )
  if (output !== undefined) throw notACache(folder, `${output.path}, which is tracked, has its place there`)
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
