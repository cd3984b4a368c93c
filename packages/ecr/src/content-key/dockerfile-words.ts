import { Unkeyable } from './unkeyable.ts'

type Variables = ReadonlyMap<string, string>

/** `$NAME`, `${NAME}` and `${NAME:-other}` with its kin. */
const VARIABLE = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+])((?:[^{}$]|\$\w+|\$\{\w+\})*))?\})/

/**
 * Words of an instruction with variables put in and quotes taken off (moby/buildkit `frontend/dockerfile/shell`).
 * @throws Unkeyable for a form that is not read here
 */
export function splitWords(text: string, variables: Variables, escapeCharacter: string): readonly string[] {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? ''
    if (quote === '' && /\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
      at += 1
      continue
    }
    word ??= ''
    if (character === quote || (quote === '' && /["']/.test(character))) {
      quote = quote === '' ? character : ''
      at += 1
    } else if (character === escapeCharacter && quote !== "'") {
      word += text[at + 1] ?? ''
      at += 2
    } else if (character === '$' && quote !== "'") {
      const [value, length] = readVariable(text.slice(at), variables, escapeCharacter)
      word += value
      at += length
    } else {
      word += character
      at += 1
    }
  }
  if (quote !== '') throw new Unkeyable(`a quote in the Dockerfile does not end: ${text}`)
  return word === undefined ? words : [...words, word]
}

function readVariable(
  text: string,
  variables: Variables,
  escapeCharacter: string,
): readonly [string, number] {
  const [whole, bare, braced, operator, word = ''] = VARIABLE.exec(text) ?? []
  const name = bare ?? braced
  if (whole === undefined || name === undefined)
    throw new Unkeyable(
      `${text.split(/\s/)[0]} in the Dockerfile is not a form of a variable that this action reads`,
    )
  const value = variables.get(name)
  const given = operator?.startsWith(':') === true ? value !== undefined && value !== '' : value !== undefined
  const other = (): string => splitWords(`"${word}"`, variables, escapeCharacter).join('')
  if (operator?.endsWith('-') === true) return [given ? (value ?? '') : other(), whole.length]
  if (operator?.endsWith('+') === true) return [given ? other() : '', whole.length]
  return [value ?? '', whole.length]
}
