/** A value of DVC's configuration: text, or a list where an unquoted comma made it one. */
export type ConfigValue = string | readonly string[]

/** Options by section, both lower-case: `remote "store"` -> `url` -> value. */
export type ConfigSections = ReadonlyMap<string, ReadonlyMap<string, ConfigValue>>

/** What is wrong with a configuration file, and in which line (from 1). */
export class ConfigSyntaxError extends Error {
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.name = 'ConfigSyntaxError'
    this.line = line
  }
}

const SECTION = /^\[\s*('[^']*'|"[^"]*"|[^'"\s\]][^\]]*?)\s*\]\s*(?:#.*)?$/
const OPTION = /^('[^']*'|"[^"]*"|[^'"=][^=]*?)\s*=\s*(.*)$/s
const TRIPLE = /^('''|""")/

/**
 * Reads the dialect of ConfigObj, in which DVC writes its files: `#` begins a comment also without a blank before it,
 * an unquoted comma makes a list, quotes are taken off, names are lower-cased (dvc/config.py; configobj 5).
 * @throws ConfigSyntaxError
 */
export function parseConfigText(text: string): ConfigSections {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  const sections = new Map<string, Map<string, ConfigValue>>()
  let current: Map<string, ConfigValue> | undefined
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim()
    const number = at + 1
    if (line.includes('\0'))
      throw new ConfigSyntaxError(number, 'it holds a NUL character, as UTF-16 has them: save it as UTF-8')
    if (line === '' || line.startsWith('#')) continue
    if (line.startsWith('[')) {
      current = openSection(sections, line, number)
      continue
    }
    const [name, rest] = splitOption(line, number)
    if (current === undefined)
      throw new ConfigSyntaxError(number, `the option "${name}" stands outside of a section`)
    if (current.has(name)) throw new ConfigSyntaxError(number, `the option "${name}" stands twice`)
    if (!TRIPLE.test(rest)) {
      current.set(name, parseValue(rest, number))
      continue
    }
    const { value, last } = readTripleQuoted(lines, at, rest)
    current.set(name, value)
    at = last
  }
  return sections
}

function openSection(
  sections: Map<string, Map<string, ConfigValue>>,
  line: string,
  number: number,
): Map<string, ConfigValue> {
  const match = SECTION.exec(line)
  if (match === null || line.startsWith('[['))
    throw new ConfigSyntaxError(number, 'a section is written [name] or [\'remote "name"\']')
  const name = unquote(match[1] ?? '').toLowerCase()
  if (sections.has(name)) throw new ConfigSyntaxError(number, `the section [${name}] stands twice`)
  const section = new Map<string, ConfigValue>()
  sections.set(name, section)
  return section
}

function splitOption(line: string, number: number): [name: string, rest: string] {
  const match = OPTION.exec(line)
  if (match === null)
    throw new ConfigSyntaxError(
      number,
      /^([<=>])\1{6}/.test(line)
        ? 'it holds the marks of an unfinished merge'
        : 'an option is written name = value',
    )
  return [unquote((match[1] ?? '').trim()).toLowerCase(), (match[2] ?? '').trim()]
}

/** One value, or the items of a list: `a`, `'a,b'`, `a, b`, `a,`. */
function parseValue(text: string, number: number): ConfigValue {
  const items: string[] = []
  let rest = text
  let isList = false
  for (;;) {
    const item = /^(?:'([^']*)'|"([^"]*)"|([^'",#][^,#]*)|)\s*/.exec(rest)
    const value = item?.[1] ?? item?.[2] ?? item?.[3]?.trim()
    if (value !== undefined) items.push(checkInterpolation(value, number))
    rest = rest.slice(item?.[0].length ?? 0)
    if (rest === '' || rest.startsWith('#')) break
    if (!rest.startsWith(','))
      throw new ConfigSyntaxError(number, 'a quote is not closed, or text follows it')
    isList = true
    rest = rest.slice(1).trimStart()
  }
  return isList ? items : (items[0] ?? '')
}

function readTripleQuoted(
  lines: readonly string[],
  first: number,
  rest: string,
): { readonly value: string; readonly last: number } {
  const quote = rest.slice(0, 3)
  let value = rest.slice(3)
  for (let at = first; ; at++) {
    const end = value.indexOf(quote)
    if (end !== -1) return { value: checkInterpolation(value.slice(0, end), first + 1), last: at }
    if (at + 1 >= lines.length) throw new ConfigSyntaxError(first + 1, `${quote} is not closed`)
    value += `\n${lines[at + 1]}`
  }
}

/** `%(name)s` is replaced by ConfigObj; nobody writes it on purpose, so it is refused rather than sent as a password. */
function checkInterpolation(value: string, number: number): string {
  if (/%\([^)]*\)s/.test(value))
    throw new ConfigSyntaxError(number, 'a value uses %(name)s, which is not supported here')
  return value
}

function unquote(text: string): string {
  return /^(['"])(.*)\1$/.exec(text)?.[2] ?? text
}
