/**
 * A token of TypeScript source. `text` of a string or template piece is its raw content without quotes.
 * `afterValue` tells whether the token before it ended an expression, which is what separates a division from a
 * regular expression and a postfix `!` from a negation.
 */
export type Token = {
  readonly kind: 'word' | 'string' | 'template' | 'number' | 'regex' | 'punctuation'
  readonly text: string
  readonly line: number
  readonly afterValue: boolean
}

/** Words after which an expression starts. */
const OPERATOR_WORDS = new Set(
  'return typeof instanceof in of new delete void throw case do else yield await extends default keyof'.split(
    ' ',
  ),
)
const PUNCTUATION = [
  '>>>=',
  '...',
  '===',
  '!==',
  '**=',
  '<<=',
  '>>=',
  '&&=',
  '||=',
  '??=',
  '=>',
  '==',
  '!=',
  '<=',
  '&&',
  '||',
  '??',
  '?.',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '&=',
  '|=',
  '^=',
  '**',
]
const WORD = /[\p{ID_Start}$_#][\p{ID_Continue}$\u200c\u200d]*/uy
const NUMBER = /(?:0[xXbBoO][\da-fA-F_]+n?|\d[\d_]*\.?[\d_]*(?:[eE][+-]?\d+)?n?|\.\d[\d_]*(?:[eE][+-]?\d+)?)/y
const REGEX = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y

/**
 * Splits TypeScript into tokens without comments. Good enough to find imports and forbidden words, not a parser:
 * a `/` after a closing parenthesis is taken for a division.
 */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = []
  /** For each open `{`: whether it belongs to a template's `${`. */
  const braces: boolean[] = []
  let at = 0
  let line = 1

  const push = (kind: Token['kind'], text: string): void => {
    tokens.push({ kind, text, line, afterValue: endsValue(tokens.at(-1)) })
  }
  const advance = (to: number): void => {
    for (let i = at; i < to; i++) if (source[i] === '\n') line++
    at = to
  }
  const template = (): void => {
    const end = templatePieceEnd(source, at)
    push('template', source.slice(at, end))
    advance(end)
    if (source.startsWith('${', at)) {
      braces.push(true)
      push('punctuation', '${')
      advance(at + 2)
    } else advance(at + 1)
  }

  while (at < source.length) {
    const char = source[at] ?? ''
    const next = source[at + 1]
    if (/\s/.test(char)) advance(at + 1)
    else if (char === '/' && next === '/') advance(orEnd(source.indexOf('\n', at), source))
    else if (char === '/' && next === '*') advance(orEnd(source.indexOf('*/', at + 2) + 2, source, 1))
    else if (char === '#' && next === '!' && at === 0) advance(orEnd(source.indexOf('\n'), source))
    else if (char === "'" || char === '"') {
      const end = stringEnd(source, at)
      push('string', source.slice(at + 1, end))
      advance(end + 1)
    } else if (char === '`') {
      advance(at + 1)
      template()
    } else if (char === '}' && braces.pop() === true) {
      push('punctuation', '}')
      advance(at + 1)
      template()
    } else {
      const found = plainToken(source, at, endsValue(tokens.at(-1)))
      if (found.text === '{') braces.push(false)
      push(found.kind, found.text)
      advance(at + found.text.length)
    }
  }
  return tokens
}

function plainToken(source: string, at: number, afterValue: boolean): Pick<Token, 'kind' | 'text'> {
  const word = match(WORD, source, at)
  if (word !== undefined) return { kind: 'word', text: word }
  const number = match(NUMBER, source, at)
  if (number !== undefined) return { kind: 'number', text: number }
  const regex = afterValue ? undefined : match(REGEX, source, at)
  if (regex !== undefined) return { kind: 'regex', text: regex }
  const text = PUNCTUATION.find((sign) => source.startsWith(sign, at)) ?? source[at] ?? ''
  return { kind: 'punctuation', text }
}

function endsValue(token: Token | undefined): boolean {
  if (token === undefined) return false
  if (token.kind === 'word') return !OPERATOR_WORDS.has(token.text)
  if (token.kind === 'punctuation') return [')', ']', '}', '++', '--'].includes(token.text)
  return true
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0]
}

function stringEnd(source: string, start: number): number {
  const quote = source[start]
  let at = start + 1
  while (at < source.length && source[at] !== quote && source[at] !== '\n') at += source[at] === '\\' ? 2 : 1
  return at
}

/** Index of the closing backtick or of the next `${`. */
function templatePieceEnd(source: string, start: number): number {
  let at = start
  while (at < source.length && source[at] !== '`' && !source.startsWith('${', at))
    at += source[at] === '\\' ? 2 : 1
  return at
}

function orEnd(index: number, source: string, missing = -1): number {
  return index === missing ? source.length : index
}
