import { realpath } from 'node:fs/promises'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { Failure } from '@mlops-actions/diagnostics'

/**
 * The absolute path of a file or folder below the workspace, which need not exist yet.
 * @throws Failure `config` for a path that leaves the workspace, by its words or through a link that is there
 */
export async function resolveInside(workspace: string, path: string, input: string): Promise<string> {
  const root = await realpath(workspace)
  const target = resolve(root, path)
  if (path.includes('\0') || !isBelow(root, target) || !isBelow(root, await realOf(target))) {
    throw new Failure({
      kind: 'config',
      code: 'PATH_OUTSIDE',
      what: 'Cannot write outside of the workspace',
      on: `input \`${input}\``,
      seen: `${path} leads out of it`,
      next: 'Give a path below the workspace',
    })
  }
  return target
}

/** The real path of the deepest part that exists, with the rest behind it. */
async function realOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : resolve(await realOf(parent), relative(parent, path))
  }
}

function isBelow(root: string, path: string): boolean {
  const rest = relative(root, path)
  return rest === '' || !(isAbsolute(rest) || rest === '..' || rest.startsWith(`..${sep}`))
}

/**
 * Whether the rest of an object key is a plain relative path: keys are data, and a bucket can hold `../../.ssh/config`.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/File_Upload_Cheat_Sheet.html on names that come from elsewhere
 */
export function isPlainPath(name: string): boolean {
  if (name === '' || /[\0\\]/.test(name) || /^[A-Za-z]:/.test(name)) return false
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}
