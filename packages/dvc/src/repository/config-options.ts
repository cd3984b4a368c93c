import { invalidFile } from '../invalid.ts'

const words = (text: string) => new Set(text.split(/\s+/))

// dvc/config_schema.py. Options of remotes are checked where a remote is used.
const SECTIONS = words('core cache remote state index machine feature plots exp parsing hydra studio db')
const OPTIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  core: words(
    `remote checksum_jobs interactive analytics hardlink_lock no_scm autostage experiments check_update site_cache_dir
     machine`,
  ),
  cache: words('dir type protected shared slow_link_warning verify local s3 gs hdfs webhdfs ssh azure'),
}

/** @param name of the section, lower-case: `core`, `remote "store"` @throws Failure `config`, as in DVC */
export function assertSection(file: string, name: string): void {
  const kind = /^(\w+)\s*"/.exec(name)?.[1] ?? name
  if (!SECTIONS.has(kind)) throw unknown(file, `it has the section [${name}], which DVC does not have`)
}

/** @throws Failure `config` for an option that the section does not have, as in DVC */
export function assertOption(file: string, section: string, option: string): void {
  const known = OPTIONS[section]
  if (known !== undefined && !known.has(option))
    throw unknown(file, `its section [${section}] has the option "${option}", which DVC does not have`)
}

function unknown(file: string, seen: string) {
  return invalidFile(file, seen, 'Correct its name or remove it', 'DVC_CONFIG')
}
