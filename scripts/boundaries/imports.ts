import type { Token } from './tokens.ts'

/** One import, re-export, dynamic import or require; `first` and `last` are the indexes of its tokens. */
export type Import = {
  /** Undefined when a dynamic import computes what it loads. */
  readonly specifier: string | undefined
  readonly line: number
  readonly typeOnly: boolean
  readonly first: number
  readonly last: number
}

/**
 * Token ranges in which `as` gives a name and is no cast: import clauses, re-exports and `export { a as b }`.
 */
export function findNameClauses(
  tokens: readonly Token[],
): readonly (readonly [first: number, last: number])[] {
  const imports = findImports(tokens).map(({ first, last }) => [first, last] as const)
  const exports = tokens.flatMap((token, at) =>
    token.text === 'export' && tokens[at + 1]?.text === '{'
      ? [[at, indexOfText(tokens, '}', at)] as const]
      : [],
  )
  return [...imports, ...exports]
}

/** Finds everything in a token list that names another module. */
export function findImports(tokens: readonly Token[]): readonly Import[] {
  const found: Import[] = []
  for (let at = 0; at < tokens.length; at++) {
    const one = importAt(tokens, at)
    if (one === undefined) continue
    found.push(one)
    at = one.last
  }
  return found
}

function importAt(tokens: readonly Token[], at: number): Import | undefined {
  const token = tokens[at]
  if (token?.kind !== 'word' || isMember(tokens, at)) return undefined
  const next = tokens[at + 1]?.text
  if (token.text === 'require' && next === '(') return call(tokens, at)
  if (token.text === 'import') {
    if (next === '(') return call(tokens, at)
    if (next === '.' || next === ':') return undefined
    return declaration(tokens, at, at + 1)
  }
  if (token.text === 'export') return reExport(tokens, at)
  return undefined
}

function isMember(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text
  return before === '.' || before === '?.'
}

function call(tokens: readonly Token[], at: number): Import {
  const argument = tokens[at + 2]
  const isLiteral =
    (argument?.kind === 'string' || argument?.kind === 'template') &&
    /^[),]$/.test(tokens[at + 3]?.text ?? '')
  return {
    specifier: isLiteral ? argument.text : undefined,
    line: tokens[at]?.line ?? 0,
    typeOnly: false,
    first: at,
    last: at + 2,
  }
}

function reExport(tokens: readonly Token[], at: number): Import | undefined {
  const clause = tokens[at + 1]?.text === 'type' ? at + 2 : at + 1
  const opening = tokens[clause]?.text
  if (opening !== '{' && opening !== '*') return undefined
  const closing = opening === '{' ? indexOfText(tokens, '}', clause) : clause
  const from = opening === '{' ? closing + 1 : indexOfText(tokens, 'from', clause)
  if (tokens[from]?.text === 'from') return declaration(tokens, at, clause)
  return undefined
}

function declaration(tokens: readonly Token[], first: number, clause: number): Import {
  let last = clause
  while (last < tokens.length && tokens[last]?.kind !== 'string') last++
  const afterType = tokens[first + 2]?.text
  return {
    specifier: tokens[last]?.text,
    line: tokens[first]?.line ?? 0,
    typeOnly: tokens[first + 1]?.text === 'type' && afterType !== 'from' && afterType !== ',',
    first,
    last,
  }
}

function indexOfText(tokens: readonly Token[], text: string, from: number): number {
  const index = tokens.findIndex((token, at) => at >= from && token.text === text)
  return index === -1 ? tokens.length : index
}
