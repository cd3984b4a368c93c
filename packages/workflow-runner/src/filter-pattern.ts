/**
 * Whether a branch, tag or path matches a list of filter patterns; the last pattern that matches
 * decides, `!` takes back (docs: "Workflow syntax", filter pattern cheat sheet).
 */
export function filterMatches(patterns: readonly string[], name: string): boolean {
  return patterns.reduce((matched, pattern) => {
    const negative = pattern.startsWith('!')
    return toRegExp(negative ? pattern.slice(1) : pattern).test(name) ? !negative : matched
  }, false)
}

// `?`, `+` and `[]` mean what they mean in a regular expression; `*` stops at `/`, `**` does not.
function toRegExp(pattern: string): RegExp {
  const body = pattern.replace(/\*\*\/|\*\*|\*|\\.|[.^$()|{}]/g, (sign) => {
    if (sign === '**/') return '(?:.*/)?'
    if (sign === '**') return '.*'
    if (sign === '*') return '[^/]*'
    return sign.startsWith('\\') ? sign : `\\${sign}`
  })
  return new RegExp(`^${body}$`)
}
