import { type IgnoreRule, isIgnored } from './ignore.ts'

/**
 * Reads a `.dvcignore` as DVC does, which is not quite as git would: an exception for a folder lets in what is below it,
 * a pattern does not look past a line break, and a file in a deeper folder is read as if its lines stood in the root
 * (dvc/ignore.py, dvc/pathspec_math.py; the patterns themselves are those of pathspec).
 * @param folder the folder that holds the file, posix and relative to the root; '' for the root
 */
export function parseDvcignore(text: string, folder: string): IgnoreRule[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => (folder === '' ? line : moveToRoot(line, folder)))
    .flatMap((line) => parseRule(line))
}

/** Whether the path or a folder above it is ignored: lines that moved to the root may ignore the folder of their file. */
export function isIgnoredByDvc(rules: readonly IgnoreRule[], path: string, isDirectory: boolean): boolean {
  if (rules.length === 0) return false
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1))
    if (isIgnored(rules, path.slice(0, end), true)) return true
  return isIgnored(rules, path, isDirectory)
}

function moveToRoot(line: string, folder: string): string {
  const [negation, rule] = splitNegation(line)
  const isAnchored = rule.slice(0, -1).includes('/') && !rule.startsWith('**/')
  const bare = rule.replace(isAnchored ? /^\// : /^\*\*\//, '').replace(/^\\/, '')
  return `${negation}/${folder}${isAnchored ? '' : '/**'}/${bare}`
}

/** None for a line that has no meaning. */
function parseRule(line: string): IgnoreRule[] {
  const [negation, glob] = splitNegation(line)
  const pattern = glob === '/' || glob === '' ? undefined : patternOf(glob)
  if (pattern === undefined) return []
  const directoriesOnly = glob.endsWith('/')
  const matches = (path: string, isDirectory: boolean) => pattern.test(isDirectory ? `${path}/` : path)
  return [{ negated: negation !== '', directoriesOnly, matches }]
}

function splitNegation(line: string): [negation: '' | '!', rule: string] {
  return line.startsWith('!') ? ['!', line.slice(1)] : ['', line]
}

/** Python's `.`, which stops at a line feed only; that of JavaScript stops at U+2028 too. */
const ANY = '[^\\n]'

/** Undefined for what matches nothing. */
function patternOf(glob: string): RegExp | undefined {
  const segments = segmentsOf(glob)
  const isEverything = ['**', '**/*'].includes(segments.join('/'))
  if (isEverything && !glob.endsWith('/')) return /^[^\n]/
  // pathspec looks for a slash anywhere; DVC asks for it at the beginning of the path, where none is.
  if (isEverything || segments.join('/') === '**/*/**') return undefined
  let source = '^'
  let needsSlash = false
  for (const [at, segment] of segments.entries()) {
    const isLast = at === segments.length - 1
    if (segment !== '**') {
      const translated = segment === '*' ? '[^/]+' : translate(segment)
      if (translated === undefined) return undefined
      // Python's `$` is also before a line break that ends the text.
      source += `${needsSlash ? '/' : ''}${translated}${isLast ? '(?:/|\\n?$)' : ''}`
    } else if (isLast) source += '/'
    else source += at === 0 ? `(?:${ANY}+/)?` : `(?:/${ANY}+)?`
    needsSlash = segment !== '**' || at > 0
  }
  return new RegExp(source, 'u')
}

/** From the root on: a name alone may be anywhere, what ends with a slash stands for everything below. */
function segmentsOf(glob: string): readonly string[] {
  const segments = glob.split('/')
  const isAnywhere = segments.length === 1 || (segments.length === 2 && segments[1] === '')
  if (segments[0] === '') segments.shift()
  else if (isAnywhere && segments[0] !== '**') segments.unshift('**')
  if (segments.at(-1) === '') segments[segments.length - 1] = '**'
  return segments.filter((segment, at) => segment !== '**' || segments[at - 1] !== '**')
}

function translate(segment: string): string | undefined {
  let source = ''
  for (let at = 0; at < segment.length; ) {
    const rest = segment.slice(at)
    const range = /^\[([!^]?)(\]?[^\]]*)\]/s.exec(rest)
    const escaped = /^\\?(.)/su.exec(rest)
    if (rest.startsWith('*')) source += '[^/]*'
    else if (rest.startsWith('?')) source += '[^/]'
    else if (range !== null) source += `[${range[1] === '' ? '' : '^'}${escapeRange(range[2] ?? '')}]`
    // A range that is not closed: git takes no notice of the line.
    else if (rest.startsWith('[')) return undefined
    else source += escapeRegExp(escaped?.[1] ?? '')
    at += /^[*?]/.test(rest) ? 1 : (range?.[0].length ?? escaped?.[0].length ?? 1)
  }
  return source
}

function escapeRange(range: string): string {
  return range.replace(/[\\[\]^&]/g, '\\$&')
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
