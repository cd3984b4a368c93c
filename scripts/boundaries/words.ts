import { findNameClauses, type Import } from './imports.ts'
import type { Token } from './tokens.ts'

/** Something on one line that a rule forbids; `what` is a sentence that says what to do instead. */
export type Finding = { readonly line: number; readonly what: string }

/** Members of `process` that belong to the runner package: environment, streams and exit status. */
const RUNNER_ONLY = new Set(['env', 'stdout', 'stderr', 'exit', 'exitCode'])

/** Uses of the environment, the standard streams and the runner's variables. Only the runner package may have them. */
export function findRunnerAccess(tokens: readonly Token[], imports: readonly Import[]): readonly Finding[] {
  const found: Finding[] = []
  for (const [at, token] of tokens.entries()) {
    const isFree = !isMember(tokens, at)
    const next = tokens[at + 1]?.text
    const member = tokens[at + 2]?.text ?? ''
    if (token.kind === 'word' && token.text === 'process' && isFree && /^(\.|\?\.|\[)$/.test(next ?? '')) {
      if (RUNNER_ONLY.has(member)) found.push(access(token, `process.${member}`))
    }
    if (token.kind === 'word' && token.text === 'console' && isFree && next === '.')
      found.push(access(token, 'console'))
    if (token.kind !== 'regex' && /^GITHUB_[A-Z0-9_]+$/.test(token.text))
      found.push(access(token, token.text))
  }
  const named = imports.filter(
    ({ specifier }) => specifier === 'node:process' || specifier === 'node:console',
  )
  return [...found, ...named.map(({ line, specifier }) => access({ line }, `an import of ${specifier}`))]
}

function access({ line }: { line: number }, what: string): Finding {
  return { line, what: `${what} belongs to the runner package; take the value from the world or an input` }
}

/**
 * Words that switch the type checker off: `any`, `x as T` (but not `as const`) and `x!`. The older `<T>x` needs no
 * rule here, since neither the compiler (erasableSyntaxOnly) nor Node accepts it.
 */
export function findUncheckedTypes(tokens: readonly Token[]): readonly Finding[] {
  const clauses = new Set(findNameClauses(tokens).flatMap(([first, last]) => range(first, last)))
  const found: Finding[] = []
  for (const [at, token] of tokens.entries()) {
    if (clauses.has(at) || isMember(tokens, at)) continue
    const next = tokens[at + 1]?.text ?? ''
    if (token.kind === 'word' && token.text === 'any' && next !== '(' && next !== ':') {
      found.push({
        line: token.line,
        what: '`any` switches the type checker off; use `unknown` and validate',
      })
    }
    if (isCast(tokens, at)) {
      found.push({ line: token.line, what: `\`as ${next}\` is a cast; validate in a *.wire.ts file instead` })
    }
    if (token.kind === 'punctuation' && token.text === '!' && token.afterValue) {
      found.push({
        line: token.line,
        what: '`!` asserts what the compiler cannot see; narrow the type instead',
      })
    }
  }
  return found
}

function isCast(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  if (token?.kind !== 'word' || token.text !== 'as' || !token.afterValue) return false
  const next = tokens[at + 1]
  if (next === undefined || next.text === 'const') return false
  const startsType = next.kind !== 'punctuation' || /^[([{]$/.test(next.text)
  return startsType && !isKeyRemapping(tokens, at)
}

/** `{ [K in T as F<K>]: … }`: this `as` renames keys of a mapped type. */
function isKeyRemapping(tokens: readonly Token[], at: number): boolean {
  let depth = 0
  for (let i = at - 1; i >= 0; i--) {
    const text = tokens[i]?.text ?? ''
    if (/^[)\]}]$/.test(text)) depth++
    else if (/^[([]$/.test(text) || text === '{' || text === '${') depth--
    if (depth < 0) return text === '[' && tokens[i + 2]?.text === 'in'
  }
  return false
}

function isMember(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text
  return before === '.' || before === '?.'
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
}
