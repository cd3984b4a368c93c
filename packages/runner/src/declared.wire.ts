/**
 * Digests by name, as `$GITHUB_ARTIFACTS_LIST` holds them (actions/runner ArtifactsListFileCommand.cs). It is empty where the
 * feature is off, and whatever else it may be one day says nothing.
 */
export function parseDeclared(text: string): ReadonlyMap<string, string> {
  const { subjects } = parseObject(text)
  const known = Array.isArray(subjects) ? (subjects as readonly unknown[]) : []
  return new Map(
    known.flatMap((subject) => {
      const { name, digest } = Object(subject) as { readonly name?: unknown; readonly digest?: unknown }
      return typeof name === 'string' && typeof digest === 'string' ? [[name, digest] as const] : []
    }),
  )
}

function parseObject(text: string): { readonly subjects?: unknown } {
  try {
    return Object(JSON.parse(text)) as { readonly subjects?: unknown }
  } catch {
    return {}
  }
}
