import { BuildRefusal } from './refusal.ts'

export type Variables = ReadonlyMap<string, string>

/**
 * Replaces `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+alternative}`; an unset one is empty.
 * Source: Dockerfile reference, "Environment replacement".
 */
export function expand(text: string, variables: Variables): string {
  return text.replace(
    /\\(.)|\$(?:(\w+)|\{(\w+)(?:(:?[-+])([^}]*))?\})/gs,
    (whole, escaped?: string, plain?: string, braced?: string, operator?: string, word?: string) => {
      if (escaped !== undefined) return escaped === '$' ? '$' : whole
      return resolve(variables.get(plain ?? braced ?? ''), operator, expand(word ?? '', variables))
    },
  )
}

function resolve(value: string | undefined, operator: string | undefined, word: string): string {
  const present = value !== undefined && (operator?.startsWith(':') ? value !== '' : true)
  if (operator?.endsWith('+')) return present ? word : ''
  return present ? (value ?? '') : operator ? word : ''
}

const NOTHING: Variables = new Map()

/**
 * Words separated by blanks; quotes and backslashes hold one together and are taken off.
 * Variables are replaced in each word by itself, and not between single quotes.
 */
export function splitWords(text: string, variables: Variables = NOTHING): string[] {
  const words: string[] = []
  let word: string | undefined
  for (const match of text.matchAll(
    /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)|(\s+)|((?:\$\{[^}]*\}|[^\s"'\\])+)/gs,
  )) {
    const [, double, single, escaped, blank, bare] = match
    if (blank !== undefined) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else {
      const quoted = double === undefined ? undefined : expand(double, variables).replace(/\\(["\\])/g, '$1')
      word = (word ?? '') + (quoted ?? single ?? escaped ?? expand(bare ?? '', variables))
    }
  }
  return word === undefined ? words : [...words, word]
}

/** `A=1 B="two words"`, or ENV's old `A rest of the line`. @throws BuildRefusal */
export function parseAssignments(
  text: string,
  instruction: string,
  variables: Variables,
): [string, string][] {
  const words = splitWords(text, variables)
  const [first = '', ...rest] = words
  if (!first.includes('=') && rest.length > 0 && instruction === 'ENV') return [[first, rest.join(' ')]]
  return words.map((word) => {
    const at = word.indexOf('=')
    if (at < 1)
      throw new BuildRefusal(`Syntax error - can't find = in "${word}". Must be of the form: name=value`)
    return [word.slice(0, at), word.slice(at + 1)]
  })
}
