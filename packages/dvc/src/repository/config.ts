import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  type ConfigSections,
  ConfigSyntaxError,
  type ConfigValue,
  parseConfigText,
} from '../formats/config-text.ts'
import { invalidFile } from '../invalid.ts'

/** One option and the folder that a relative path in it starts from: that of the file it stands in. */
export interface ConfigOption {
  readonly value: ConfigValue
  readonly folder: string
  /** `.dvc/config` or `.dvc/config.local`, for sentences. */
  readonly file: string
}

/** What of DVC's configuration a push needs: the levels of the repository, merged option by option. */
export interface DvcConfig {
  /** `core.remote`, lower-case. */
  readonly defaultRemote: string | undefined
  /** Absolute path of the cache. */
  readonly cacheDir: string
  /** Options of every remote, by its lower-case name. */
  readonly remotes: ReadonlyMap<string, ReadonlyMap<string, ConfigOption>>
}

/** A level of configuration as it was read; the later of two levels wins for each option. */
export interface ConfigLevel {
  readonly file: string
  readonly folder: string
  readonly text: string
}

const FILES = ['config', 'config.local'] as const

/**
 * Reads `.dvc/config` and `.dvc/config.local` below `root` (dvc/config.py). The levels of the machine and the user
 * are not read: a push must mean the same on every runner.
 * @throws Failure `config` that names file and line
 */
export async function readConfig(root: string): Promise<DvcConfig> {
  const levels: ConfigLevel[] = []
  for (const name of FILES) {
    const text = await readFile(join(root, '.dvc', name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw invalidFile(
        `.dvc/${name}`,
        `it cannot be read: ${error.message}`,
        'Make it a readable file, or remove it',
      )
    })
    if (text !== undefined) levels.push({ file: `.dvc/${name}`, folder: join(root, '.dvc'), text })
  }
  return mergeConfig(root, levels)
}

/** Pure: the levels, first to last, as one configuration. */
export function mergeConfig(root: string, levels: readonly ConfigLevel[]): DvcConfig {
  const sections = new Map<string, Map<string, ConfigOption>>()
  for (const { file, folder, text } of levels) {
    for (const [name, options] of parseLevel(file, text)) {
      const merged = sections.get(name) ?? new Map<string, ConfigOption>()
      sections.set(name, merged)
      for (const [option, value] of options) merged.set(option, { value, folder, file })
    }
  }
  const option = (section: string, name: string) => sections.get(section)?.get(name)
  const cacheDir = option('cache', 'dir')
  const remote = option('core', 'remote')
  return {
    defaultRemote: remote === undefined ? undefined : textOf('core.remote', remote).toLowerCase(),
    cacheDir:
      cacheDir === undefined
        ? join(root, '.dvc', 'cache')
        : resolvePath(textOf('cache.dir', cacheDir), cacheDir),
    remotes: remotesOf(sections),
  }
}

/** The text of an option. @throws Failure `config` where an unquoted comma made it a list */
export function textOf(name: string, { value, file }: ConfigOption): string {
  if (typeof value === 'string') return value
  throw invalidFile(
    file,
    `${name} is a list, because its value holds a comma outside of quotes`,
    `Put the value of ${name} into quotes`,
    'DVC_CONFIG',
  )
}

/** Relative to the folder of the file that says it; `~` is the home directory. */
export function resolvePath(path: string, { folder }: ConfigOption): string {
  return /^~(\/|$)/.test(path) ? join(homedir(), path.slice(1)) : resolve(folder, path)
}

function remotesOf(
  sections: ReadonlyMap<string, ReadonlyMap<string, ConfigOption>>,
): ReadonlyMap<string, ReadonlyMap<string, ConfigOption>> {
  const remotes = new Map<string, ReadonlyMap<string, ConfigOption>>()
  for (const [section, options] of sections) {
    const name = /^remote\s*"(.*)"$/.exec(section)?.[1]
    if (name !== undefined) remotes.set(name, options)
  }
  return remotes
}

function parseLevel(file: string, text: string): ConfigSections {
  try {
    return parseConfigText(text)
  } catch (error) {
    if (!(error instanceof ConfigSyntaxError)) throw error
    throw invalidFile(
      `${file}:${error.line}`,
      error.message,
      'Correct the line; `dvc config --list` shows how DVC reads it',
      'DVC_CONFIG',
    )
  }
}
