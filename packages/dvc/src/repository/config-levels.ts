import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '@mlops-actions/diagnostics'
import { invalidFile } from '../invalid.ts'
import type { ConfigLevel } from './config.ts'
import { decode, type FileTree, workspaceTree } from './tree.ts'

export interface ConfigSource {
  /** Absolute path of the repository. */
  readonly root: string
  /** Where `.dvc/config` is read from. */
  readonly tree: FileTree
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * The levels of configuration that are there: of the machine, of the user, `.dvc/config`, `.dvc/config.local`
 * (dvc/config.py). The last is the workspace's also where the repository is read from a commit.
 */
export async function readLevels({ root, tree, env }: ConfigSource): Promise<readonly ConfigLevel[]> {
  const folder = join(root, '.dvc')
  const committed = await tree.read('.dvc/config')
  const local = await workspaceTree(root).read('.dvc/config.local')
  const levels = [
    ...(await Promise.all(outerFolders(env).map(readOuter))),
    committed === undefined ? undefined : { file: '.dvc/config', folder, text: committed },
    local === undefined ? undefined : { file: '.dvc/config.local', folder, text: local },
  ]
  return levels.filter((level) => level !== undefined).map((level) => ({ ...level, home: env['HOME'] }))
}

/** Of the machine, then of the user (dvc/dirs.py; platformdirs' site and user configuration). None without a home. */
function outerFolders(env: ConfigSource['env']): string[] {
  const home = env['HOME']
  if (home === undefined || home === '') return []
  const isMac = process.platform === 'darwin'
  const system = isMac ? '/Library/Application Support' : firstOf(env['XDG_CONFIG_DIRS'], '/etc/xdg')
  const user = isMac
    ? join(home, 'Library/Application Support')
    : firstOf(env['XDG_CONFIG_HOME'], join(home, '.config'))
  return [
    env['DVC_SYSTEM_CONFIG_DIR'] || join(system, 'dvc'),
    env['DVC_GLOBAL_CONFIG_DIR'] || join(user, 'dvc'),
  ]
}

function firstOf(folders: string | undefined, otherwise: string): string {
  return folders?.split(':')[0] || otherwise
}

async function readOuter(folder: string): Promise<ConfigLevel | undefined> {
  const file = join(folder, 'config')
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw invalidFile(file, `it cannot be read: ${messageOf(error)}`, 'Make it a readable file, or remove it')
  })
  return bytes === undefined ? undefined : { file, folder, text: decode(bytes, file) }
}
