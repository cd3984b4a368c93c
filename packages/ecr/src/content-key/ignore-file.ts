import { posix } from 'node:path'

/** Go's `unicode.IsSpace`, which trims lines; JavaScript's `trim` has U+FEFF too, and lacks U+0085. */
const SPACE = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g')

/**
 * The patterns of a `.dockerignore`, as moby/patternmatcher `ignorefile.ReadAll` reads them: a line that begins with
 * `#` in its first column is a comment, white space around a pattern goes, the path is cleaned, and one leading `/`
 * goes too, behind a `!` as well.
 */
export function parseIgnoreFile(text: string): readonly string[] {
  return text
    .replace(/^\ufeff/, '')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map(trim)
    .filter((line) => line !== '')
    .map(parsePattern)
}

function parsePattern(line: string): string {
  const inverted = line.startsWith('!')
  const pattern = cleanPath(inverted ? trim(line.slice(1)) : line)
  const relative = pattern.length > 1 && pattern.startsWith('/') ? pattern.slice(1) : pattern
  return inverted ? `!${relative}` : relative
}

function trim(text: string): string {
  return text.replace(AROUND, '')
}

/** Go's `filepath.Clean`: as `path.normalize`, without a slash at the end. An empty text stays what it is. */
export function cleanPath(path: string): string {
  if (path === '') return ''
  const normal = posix.normalize(path)
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal
}
