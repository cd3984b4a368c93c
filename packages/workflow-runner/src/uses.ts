/** What a `uses:` names. */
export type Uses =
  /** `./path`: a directory of the workspace. */
  | { readonly kind: 'workspace'; readonly path: string }
  /** `$/path`: the repository and commit of the file it stands in. */
  | { readonly kind: 'self'; readonly path: string }
  | { readonly kind: 'remote'; readonly repository: string; readonly path: string; readonly ref: string }

/** Reads a `uses:` of a step or job; throws for anything that GitHub does not accept either. */
export function parseUses(uses: string): Uses {
  if (uses.startsWith('./')) return { kind: 'workspace', path: uses.slice(2) }
  if (uses.startsWith('$/')) return selfReference(uses)
  const match = /^([^/@]+\/[^/@]+)(?:\/([^@]+))?@(.+)$/.exec(uses)
  if (match === null) {
    throw new Error(`Expected format {org}/{repo}[/path]@ref, ./path or $/path. Actual '${uses}'`)
  }
  return {
    kind: 'remote',
    repository: match[1] ?? '',
    path: (match[2] ?? '').replace(/\/$/, ''),
    ref: match[3] ?? '',
  }
}

function selfReference(uses: string): Uses {
  const path = uses.slice(2)
  if (path === '')
    throw new Error('$/ needs a path: an action at the root of a repository cannot be named by it')
  if (path.includes('@'))
    throw new Error(`$/ is always the commit of the file itself; '${uses}' must not have @ref`)
  return { kind: 'self', path }
}
