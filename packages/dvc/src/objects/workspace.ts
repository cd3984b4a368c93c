import { readdir, readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { isIgnoredByDvc, parseDvcignore } from '../formats/dvcignore.ts'
import type { IgnoreRule } from '../formats/ignore.ts'
import { fileFailure, invalidFile } from '../invalid.ts'
import { type Bounds, findInside } from '../repository/paths.ts'
import { type FilePlace, placeOf } from './object.ts'

/** A file of a tracked directory as it lies in the workspace. */
export interface WorkspaceFile {
  /** Posix, below the directory. */
  readonly relpath: string
  /** Where it lies, with links resolved. */
  readonly place: FilePlace
}

/** Folders that DVC never takes for data. */
const NEVER = new Set(['.git', '.hg'])

/**
 * The files that DVC takes for the content of a directory: links to files count as files, links to folders and empty
 * folders do not count, what `.dvcignore` names does not either (dvc/ignore.py, dvc_data/hashfile/build.py).
 * @param folder relative to the root
 * @throws Failure `config` for names that are no UTF-8, broken links, devices, and a `.dvcignore` inside
 */
export async function listTrackedFiles(bounds: Bounds, folder: string): Promise<readonly WorkspaceFile[]> {
  const rules = await rulesAbove(bounds, folder)
  const top = await findInside(bounds, folder)
  const realTop = top.kind === 'directory' ? top.realPath : join(bounds.root, folder)
  const files: WorkspaceFile[] = []
  const queue = ['']
  for (let below = queue.shift(); below !== undefined; below = queue.shift()) {
    const here = posix.join(folder, below)
    const entries = await readFolder(bounds, here)
    if (entries.some((entry) => entry.isDirectory() && entry.name.toString() === '.dvc')) continue
    for (const entry of entries) {
      const name = utf8Name(entry.name, here)
      const relpath = posix.join(below, name)
      const path = posix.join(here, name)
      if (NEVER.has(name) || isIgnoredByDvc(rules, path, entry.isDirectory())) continue
      if (name === '.dvcignore') throw dvcignoreInside(path, folder)
      if (entry.isDirectory()) queue.push(relpath)
      // What the folder itself says costs no further look, and there may be a hundred thousand of these.
      else if (entry.isFile()) files.push({ relpath, place: { folder: realTop, name: relpath } })
      else await addFile(bounds, files, path, relpath)
    }
  }
  return files
}

async function readFolder({ root }: Bounds, folder: string) {
  return readdir(join(root, folder), { withFileTypes: true, encoding: 'buffer' }).catch((error: unknown) => {
    throw fileFailure(folder, error)
  })
}

async function addFile(bounds: Bounds, files: WorkspaceFile[], path: string, relpath: string): Promise<void> {
  const found = await findInside(bounds, path)
  if (found.kind === 'file') files.push({ relpath, place: placeOf(found.realPath) })
  if (found.kind === 'other')
    throw invalidFile(
      path,
      'it is a pipe, socket or device',
      'Remove it from the tracked directory',
      'DVC_PATH',
    )
}

/** The rules of every `.dvcignore` above a path. */
export async function rulesAbove(bounds: Bounds, folder: string): Promise<IgnoreRule[]> {
  const parts = folder.split('/').slice(0, -1)
  const folders = ['', ...parts.map((_, at) => parts.slice(0, at + 1).join('/'))]
  const rules: IgnoreRule[] = []
  for (const above of folders) {
    if (isIgnoredByDvc(rules, posix.join(above, '.dvcignore'), false)) continue
    const text = await readFile(join(bounds.root, above, '.dvcignore'), 'utf8').catch(() => '')
    rules.push(...parseDvcignore(text, above))
  }
  return rules
}

/** Node would silently replace what is no UTF-8, and the file would get another name. */
function utf8Name(name: Buffer, folder: string): string {
  const text = name.toString('utf8')
  if (Buffer.from(text).equals(name)) return text
  throw invalidFile(
    folder,
    `the name of a file in it is no UTF-8: ${text}`,
    'Rename the file; DVC cannot track it either',
    'DVC_PATH',
  )
}

function dvcignoreInside(path: string, folder: string) {
  return invalidFile(
    path,
    `a .dvcignore may not lie inside of the tracked directory ${folder}`,
    'Move it above the directory',
    'DVC_PATH',
  )
}
