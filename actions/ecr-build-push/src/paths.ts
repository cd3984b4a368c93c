import { readlink, realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path'
import { wrongInput } from '@mlops-actions/diagnostics'

interface Wanted {
  readonly input: string
  readonly kind: 'folder' | 'file'
}

/**
 * The real path of what an input names, links followed.
 * @throws Failure `config` where it is not there, is something else, or lies outside of the workspace
 */
export async function insideWorkspace(workspace: string, path: string, wanted: Wanted): Promise<string> {
  const root = await realpath(workspace)
  const found = await existing(resolve(root, path), path, wanted)
  if (found === root || found.startsWith(join(root, sep))) return found
  throw wrongInput(wanted.input, {
    code: 'PATH',
    seen: `${path} leads out of the workspace`,
    next: 'Give a path below the checkout; copy what lies elsewhere',
  })
}

/**
 * The Dockerfile by its own name where that is a link: Docker looks for `<name>.dockerignore` beside that. buildx sends
 * the folder of the link, and cannot read one that leads out of it: then it is the file behind the link.
 * @throws Failure `config` as `insideWorkspace`
 */
export async function dockerfileInside(workspace: string, path: string): Promise<string> {
  const file = await insideWorkspace(workspace, path, { input: 'file', kind: 'file' })
  const named = resolve(await realpath(workspace), path)
  const inFolder = join(await realpath(dirname(named)), basename(named))
  return (await staysInFolder(inFolder)) ? inFolder : file
}

async function staysInFolder(path: string): Promise<boolean> {
  const target = await readlink(path).catch(() => undefined)
  if (target === undefined) return true
  if (isAbsolute(target) || target.split('/').includes('..')) return false
  return staysInFolder(join(dirname(path), target))
}

/** The same for files that may lie elsewhere, such as a secret in the home folder. */
export async function existing(absolute: string, path: string, wanted: Wanted): Promise<string> {
  const { kind } = wanted
  const found = await realpath(absolute).catch(() => undefined)
  const stats = found === undefined ? undefined : await stat(found)
  const fits = kind === 'folder' ? stats?.isDirectory() : stats?.isFile()
  if (found !== undefined && fits === true) return found
  const seen = found === undefined ? `there is no ${kind} ${path}` : `${path} is no ${kind}`
  throw wrongInput(wanted.input, {
    code: 'PATH',
    seen,
    next: 'Give its path from the root of the repository; was it checked out before this step?',
  })
}
