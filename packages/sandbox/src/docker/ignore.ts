interface Rule {
  readonly pattern: RegExp
  readonly keeps: boolean
}

export type IgnoreRules = (path: string) => boolean

/**
 * `.dockerignore`: the last rule that matches a path, or a directory above it, decides; `!` keeps.
 * Source: Dockerfile reference, "dockerignore file"; moby/patternmatcher.
 */
export function parseIgnore(text: string): IgnoreRules {
  const rules = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(parseRule)
  return (path) => {
    const candidates = withParents(path)
    let ignored = false
    for (const rule of rules) {
      if (candidates.some((candidate) => rule.pattern.test(candidate))) ignored = !rule.keeps
    }
    return ignored
  }
}

function parseRule(line: string): Rule {
  const keeps = line.startsWith('!')
  const segments = (keeps ? line.slice(1) : line)
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
  return { pattern: patternToRegExp(segments.join('/')), keeps }
}

function withParents(path: string): string[] {
  const segments = path.split('/')
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'))
}

/** Go's filepath.Match with `**` for any number of directories. */
export function patternToRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|\[[^\]]*\]|\\.|[\s\S]/g, (token) => {
    if (token === '**/') return '(?:.*/)?'
    if (token === '**') return '.*'
    if (token === '*') return '[^/]*'
    if (token === '?') return '[^/]'
    if (token.startsWith('[') && token.length > 1) return token
    return token.startsWith('\\') ? token : token.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${source}$`)
}
