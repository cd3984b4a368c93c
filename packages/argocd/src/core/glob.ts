/** As Argo CD matches names (gobwas/glob without separators): `*`, `?`, `[abc]`, `[!a-z]`, `{one,other}`, `\` before a character. */
export function globMatches(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^${toExpression(pattern)}$`, 's').test(text)
  } catch {
    return false
  }
}

function toExpression(pattern: string): string {
  let depth = 0
  return pattern.replace(
    /\\(.)|\[(!?)([^\]]+)\]|[\s\S]/g,
    (all, escaped: string, not: string, set: string) => {
      if (escaped !== undefined) return literal(escaped)
      if (set !== undefined) return `[${not === '!' ? '^' : ''}${set.replace(/[\\^[\]]/g, '\\$&')}]`
      if (all === '*') return '.*'
      if (all === '?') return '.'
      if (all === '{') {
        depth += 1
        return '(?:'
      }
      if (all === '}' && depth > 0) {
        depth -= 1
        return ')'
      }
      return all === ',' && depth > 0 ? '|' : literal(all)
    },
  )
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
