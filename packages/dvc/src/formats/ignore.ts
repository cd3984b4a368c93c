/** One line of a `.gitignore` or `.dvcignore`. */
export interface IgnoreRule {
  readonly negated: boolean
  readonly directoriesOnly: boolean
  readonly matches: (path: string, isDirectory: boolean) => boolean
}

/**
 * Reads a `.gitignore` (gitignore(5)).
 * @param folder the folder that holds the file, posix and relative to the root; '' for the root
 */
export function parseGitignore(text: string, folder: string): IgnoreRule[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/(?<!\\) +$/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => parseRule(line, folder))
}

/** Whether the last rule that matches says so. Rules of deeper folders come later. Parents are the caller's business. */
export function isIgnored(rules: readonly IgnoreRule[], path: string, isDirectory: boolean): boolean {
  const rule = rules.findLast(
    ({ matches, directoriesOnly }) => (isDirectory || !directoriesOnly) && matches(path, isDirectory),
  )
  return rule !== undefined && !rule.negated
}

function parseRule(line: string, folder: string): IgnoreRule {
  const negated = line.startsWith('!')
  const body = negated ? line.slice(1) : line
  const directoriesOnly = body.endsWith('/')
  const glob = directoriesOnly ? body.slice(0, -1) : body
  const anchored = glob.includes('/')
  const base = folder === '' ? '' : `${escapeRegExp(folder)}/`
  const pattern = new RegExp(
    `^${base}${anchored ? '' : '(?:.*/)?'}${globToRegExp(glob.replace(/^\//, ''))}$`,
    's',
  )
  return { negated, directoriesOnly, matches: (path) => pattern.test(path) }
}

function globToRegExp(glob: string): string {
  let out = ''
  for (let at = 0; at < glob.length; at++) {
    const rest = glob.slice(at)
    const [token, regExp] = nextToken(rest, at === 0)
    out += regExp
    at += token.length - 1
  }
  return out
}

function nextToken(rest: string, atStart: boolean): [token: string, regExp: string] {
  if (atStart && rest.startsWith('**/')) return ['**/', '(?:.*/)?']
  if (rest.startsWith('/**/')) return ['/**/', '/(?:.*/)?']
  if (rest === '/**') return ['/**', '/.*']
  const stars = /^\*+/.exec(rest)
  if (stars !== null) return [stars[0], '[^/]*']
  if (rest.startsWith('?')) return ['?', '[^/]']
  const range = /^\[([!^]?)(\]?[^\]]*)\]/.exec(rest)
  if (range !== null)
    return [range[0], `[${range[1] === '' ? '' : '^'}${(range[2] ?? '').replace(/[\\[\]^]/g, '\\$&')}]`]
  const escaped = /^\\(.)/su.exec(rest)
  if (escaped !== null) return [escaped[0], escapeRegExp(escaped[1] ?? '')]
  return [rest.charAt(0), escapeRegExp(rest.charAt(0))]
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
