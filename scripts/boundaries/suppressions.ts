import type { CommentLine } from './comments.ts'
import type { Finding } from './syntax.ts'

/**
 * Comments that switch a checker off. The compiler's are refused, but for an error that a test expects; the linter's
 * need their reason behind a colon.
 */
export function findSuppressions(
  comments: readonly CommentLine[],
  { isTest }: { readonly isTest: boolean },
): readonly Finding[] {
  return comments.flatMap(({ line, text }) => {
    const what = problemOf(text, isTest)
    return what === undefined ? [] : [{ line, what }]
  })
}

function problemOf(text: string, isTest: boolean): string | undefined {
  const [, directive, reason = ''] =
    /^(@ts-(?:ignore|nocheck|expect-error)|biome-ignore)\b(.*)/.exec(text) ?? []
  if (directive === undefined) return undefined
  const mayStand = directive === 'biome-ignore' || (directive === '@ts-expect-error' && isTest)
  if (!mayStand) return `\`${directive}\` switches the type checker off; correct the type instead`
  return isReason(reason) ? undefined : `\`${directive}\` needs its reason: \`${directive} …: why\``
}

/** Words, and not the placeholder that editors write. */
function isReason(text: string): boolean {
  const reason = /:(.*)$/.exec(text)?.[1] ?? ''
  return /[A-Za-z]{2}/.test(reason.replace(/<explanation>/g, ''))
}
