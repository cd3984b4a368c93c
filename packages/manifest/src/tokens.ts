import { SCALAR_MARK } from './caps.ts'

/**
 * The new texts of the flow scalars (plain or quoted) in which two texts of one manifest differ, in their order, or
 * undefined where anything else differs too.
 *
 * The parser is a machine over tokens, and a flow scalar is one token to it, whatever is in it: where nothing else
 * differs both texts have the same structure and the same values in all other places. A scalar with an anchor
 * is told apart, since its value shows in other places too, and one with a tag, which changes what it means.
 */
export function changedScalars(before: readonly string[], after: readonly string[]): string[] | undefined {
  const [old, now] = [joinMarks(before), joinMarks(after)]
  if (old.length !== now.length) return undefined
  const changed = [...now.keys()].filter((index) => old[index] !== now[index])
  const isExchange = (index: number): boolean =>
    isFlowScalar(old[index]) && isFlowScalar(now[index]) && !hasProperties(now, index)
  return changed.every(isExchange)
    ? changed.map((index) => now[index]?.replace(SCALAR_MARK, '') ?? '')
    : undefined
}

/** The mark before a plain scalar and the scalar as one token. */
function joinMarks(tokens: readonly string[]): string[] {
  return tokens.flatMap((token, index) => {
    if (token === SCALAR_MARK) return []
    return tokens[index - 1] === SCALAR_MARK ? [SCALAR_MARK + token] : [token]
  })
}

function isFlowScalar(token: string | undefined): boolean {
  return token !== undefined && [SCALAR_MARK, '"', "'"].includes(token.charAt(0))
}

/** An anchor or a tag stands before its node, with blanks, line ends and comments between them. */
function hasProperties(tokens: readonly string[], index: number): boolean {
  let at = index - 1
  while (/^(?:\s|#)/.test(tokens[at] ?? '')) at -= 1
  return /^[&!]/.test(tokens[at] ?? '')
}
