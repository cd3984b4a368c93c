import { join, resolve } from 'node:path'
import {
  type ConfigSections,
  ConfigSyntaxError,
  type ConfigValue,
  parseConfigText,
} from '../formats/config-text.ts'
import { invalidFile } from '../invalid.ts'
import { assertOption, assertSection } from './config-options.ts'

/** One option and the folder that a relative path in it starts from: that of the file it stands in. */
export interface ConfigOption {
  readonly value: ConfigValue
  readonly folder: string
  /** `.dvc/config` or `.dvc/config.local`, for sentences. */
  readonly file: string
  /** The user's home folder, for `~`. */
  readonly home?: string | undefined
}

/** How a file gets from the cache into the workspace. */
export type LinkType = 'reflink' | 'hardlink' | 'symlink' | 'copy'

/** What of DVC's configuration is needed here: all levels, merged option by option. */
export interface DvcConfig {
  /** `core.remote`, lower-case. */
  readonly defaultRemote: string | undefined
  /** Absolute path of the cache. */
  readonly cacheDir: string
  /** Tried in this order. */
  readonly cacheTypes: readonly LinkType[]
  /** `cache.shared = group`: folders that are made in the cache are writable for the group. */
  readonly cacheShared: boolean
  /** `core.no_scm`: the repository is in no git. */
  readonly noScm: boolean
  /** `core.hardlink_lock`: DVC locks by hard links, which nobody here can hold. */
  readonly hardlinkLock: boolean
  /** Options of every remote, by its lower-case name. */
  readonly remotes: ReadonlyMap<string, ReadonlyMap<string, ConfigOption>>
}

/** A level of configuration as it was read; the later of two levels wins for each option. */
export interface ConfigLevel {
  readonly file: string
  readonly folder: string
  readonly text: string
  readonly home?: string | undefined
}

/** Pure: the levels, first to last, as one configuration. @throws Failure `config` for options that DVC does not have */
export function mergeConfig(root: string, levels: readonly ConfigLevel[]): DvcConfig {
  const sections = new Map<string, Map<string, ConfigOption>>()
  for (const { file, folder, text, home } of levels) {
    for (const [name, options] of parseLevel(file, text)) {
      assertSection(file, name)
      const merged = sections.get(name) ?? new Map<string, ConfigOption>()
      sections.set(name, merged)
      for (const [option, value] of options) {
        assertOption(file, name, option)
        merged.set(option, { value, folder, file, home })
      }
    }
  }
  const option = (section: string, name: string) => sections.get(section)?.get(name)
  const flag = (section: string, name: string) => flagOf(`${section}.${name}`, option(section, name))
  const cacheDir = option('cache', 'dir')
  const remote = option('core', 'remote')
  return {
    defaultRemote:
      remote === undefined ? undefined : textOf('core.remote', remote).toLowerCase() || undefined,
    cacheDir:
      cacheDir === undefined
        ? join(root, '.dvc', 'cache')
        : resolvePath(textOf('cache.dir', cacheDir), cacheDir),
    cacheTypes: linkTypes(option('cache', 'type')),
    cacheShared: isShared(option('cache', 'shared')),
    noScm: flag('core', 'no_scm'),
    hardlinkLock: flag('core', 'hardlink_lock'),
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
export function resolvePath(path: string, { folder, home }: ConfigOption): string {
  return home !== undefined && /^~(\/|$)/.test(path) ? join(home, path.slice(1)) : resolve(folder, path)
}

const LINK_TYPES: readonly LinkType[] = ['reflink', 'hardlink', 'symlink', 'copy']

/** A list with or without quotes around it; `reflink,copy` where nothing is said. */
function linkTypes(option: ConfigOption | undefined): readonly LinkType[] {
  if (option === undefined) return ['reflink', 'copy']
  const names = typeof option.value === 'string' ? option.value.split(',') : option.value
  return names.map((name) => {
    const type = LINK_TYPES.find((known) => known === name.trim())
    if (type !== undefined) return type
    throw invalidFile(
      option.file,
      `cache.type has "${name.trim()}"`,
      `Use ${LINK_TYPES.join(', ')}, one or several`,
      'DVC_CONFIG',
    )
  })
}

/** dvc/config_schema.py takes one word for it. */
function isShared(option: ConfigOption | undefined): boolean {
  if (option === undefined) return false
  const value = textOf('cache.shared', option)
  if (value.toLowerCase() === 'group') return true
  throw invalidFile(
    option.file,
    `cache.shared is "${value}"`,
    'Write group, or remove the option',
    'DVC_CONFIG',
  )
}

function flagOf(name: string, option: ConfigOption | undefined): boolean {
  const value = option === undefined ? 'false' : textOf(name, option).toLowerCase()
  if (value === 'true' || value === 'false') return value === 'true'
  throw invalidFile(
    option?.file ?? '.dvc/config',
    `${name} is "${value}"`,
    'Write true or false',
    'DVC_CONFIG',
  )
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
