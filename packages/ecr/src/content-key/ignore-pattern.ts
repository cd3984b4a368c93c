import { cleanPath } from './ignore-file.ts'

/** One pattern of a `.dockerignore`. */
export interface IgnorePattern {
  /** Without its `!`. */
  readonly text: string
  /** Whether it began with `!`: it takes back what an earlier pattern left out. */
  readonly inverted: boolean
  readonly matches: (path: string) => boolean
}

/** Docker refuses this pattern, or reads it in a way that is not worth a copy; its message says which pattern. */
export class UnreadablePattern extends Error {}

/**
 * Compiles one pattern as moby/patternmatcher does (`patternmatcher.go`, `New` and `compile`), quirks included: what
 * has no wildcard is compared as text, a `**` at either end is a prefix or suffix, and only the rest is an expression.
 * @throws UnreadablePattern
 */
export function compilePattern(line: string): IgnorePattern {
  const cleaned = cleanPath(line)
  const inverted = cleaned.startsWith('!')
  const text = inverted ? cleaned.slice(1) : cleaned
  if (text === '') throw new UnreadablePattern(line)
  return { text, inverted, matches: matcherOf(text) }
}

type MatchKind = 'exact' | 'prefix' | 'suffix' | 'expression'

function matcherOf(text: string): (path: string) => boolean {
  const { kind, source } = translate([...text], text)
  if (kind === 'exact') return (path) => path === text
  if (kind === 'prefix') return (path) => path.startsWith(text.slice(0, -2))
  if (kind === 'suffix') {
    const suffix = text.slice(2)
    return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1))
  }
  const expression = toExpression(source, text)
  return (path) => expression.test(path)
}

interface Translation {
  kind: MatchKind
  source: string
}

function translate(characters: readonly string[], text: string): Translation {
  const made: Translation = { kind: 'exact', source: '' }
  for (let at = 0, step = 0; at < characters.length; step++) {
    const character = characters[at] ?? ''
    if (character === '*' && characters[at + 1] === '*') {
      at += characters[at + 2] === '/' ? 3 : 2
      addDoubleStar(made, at >= characters.length)
      if (step === 0) made.kind = 'suffix'
    } else if (character === '[') at = addClass(made, characters, at, text)
    else if (character === '\\') at = addEscaped(made, characters, at, text)
    else {
      at += 1
      addCharacter(made, character)
    }
  }
  return made
}

/** `**` and a slash behind it stand for any number of folders; at the end for anything at all. */
function addDoubleStar(made: Translation, atEnd: boolean): void {
  if (!atEnd) {
    made.source += '(?:[^\\n]*\\/)?'
    made.kind = 'expression'
  } else if (made.kind === 'exact') made.kind = 'prefix'
  else {
    made.source += '[^\\n]*'
    made.kind = 'expression'
  }
}

function addCharacter(made: Translation, character: string): void {
  if (character === '*' || character === '?') {
    made.source += character === '*' ? '[^\\/]*' : '[^\\/]'
    made.kind = 'expression'
    return
  }
  // `^` is not escaped there either, and is an anchor in an expression.
  made.source += /[.+()|{}$\]/]/.test(character) ? `\\${character}` : character
}

/** A class, whose content Go hands on to its expression nearly as it is; the readings that differ are refused. */
function addClass(made: Translation, characters: readonly string[], at: number, text: string): number {
  const end = characters.indexOf(']', at + 1)
  const content = characters.slice(at + 1, end).join('')
  if (end === -1 || !/^\^?(?:[A-Za-z0-9_ .,+=@%~-])+$/.test(content) || /^\^?-|-$|--/.test(content))
    throw new UnreadablePattern(text)
  made.source += `[${content}]`
  made.kind = 'expression'
  return end + 1
}

function addEscaped(made: Translation, characters: readonly string[], at: number, text: string): number {
  const next = characters[at + 1] ?? ''
  // Behind a backslash, Go's expressions take letters and digits for classes and references.
  if (!/^[!-/:-@[-`{-~ ]$/.test(next)) throw new UnreadablePattern(text)
  made.source += /[\^$\\.*+?()[\]{}|/]/.test(next) ? `\\${next}` : next
  made.kind = 'expression'
  return at + 2
}

function toExpression(source: string, text: string): RegExp {
  try {
    return new RegExp(`^${source}$`, 'u')
  } catch {
    throw new UnreadablePattern(text)
  }
}
