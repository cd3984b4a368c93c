import { compilePattern, type IgnorePattern } from './ignore-pattern.ts'

/** What is left out of a context. */
export interface IgnoreMatcher {
  /** Judges one path, by the verdict on the folder that holds it; `undefined` at the top. */
  judge(path: string, parent: IgnoreVerdict | undefined): IgnoreVerdict
  /** Whether a folder that is left out may still hold something that is not. */
  mayHoldMore(folder: string): boolean
}

export interface IgnoreVerdict {
  readonly ignored: boolean
  /** Which pattern matched, in their order: what matched a folder matches all below it. */
  readonly matched: readonly boolean[]
}

/**
 * Judges paths as BuildKit's walk does (moby/patternmatcher `MatchesUsingParentResults`): the last pattern that
 * matches a path or a folder above it decides, and a pattern is only asked where its answer could change something.
 * @throws UnreadablePattern
 */
export function createIgnoreMatcher(lines: readonly string[]): IgnoreMatcher {
  const patterns = lines.map(compilePattern)
  const inverted = patterns.filter((pattern) => pattern.inverted)
  const beginnings = inverted.map(({ text }) => `${text.replace(/\/\*\*$/, '').replace(/\/\*$/, '')}/`)
  const onlyBeginnings = beginnings.every((beginning) => !/[*[\]?^\\]/.test(beginning))
  return {
    judge: (path, parent) => judge(patterns, path, parent),
    mayHoldMore: (folder) =>
      inverted.length > 0 &&
      (!onlyBeginnings || beginnings.some((beginning) => beginning.startsWith(`${folder}/`))),
  }
}

function judge(
  patterns: readonly IgnorePattern[],
  path: string,
  parent: IgnoreVerdict | undefined,
): IgnoreVerdict {
  let ignored = false
  const matched = patterns.map(({ inverted, matches }, at) => {
    const matching = parent?.matched[at] === true || (inverted === ignored && matches(path))
    if (matching) ignored = !inverted
    return matching
  })
  return { ignored, matched }
}
