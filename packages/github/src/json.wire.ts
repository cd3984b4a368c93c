import { Failure } from '@mlops-actions/diagnostics'

// Readers of GitHub's answers: each says which part of the answer is not what it should be.

export function text(value: unknown, key: string): string {
  const found = field(value, key)
  if (typeof found !== 'string') throw unexpected(key, found)
  return found
}

export function number(value: unknown, key: string): number {
  const found = field(value, key)
  if (typeof found !== 'number') throw unexpected(key, found)
  return found
}

export function boolean(value: unknown, key: string): boolean {
  const found = field(value, key)
  if (typeof found !== 'boolean') throw unexpected(key, found)
  return found
}

/** One of the words; any other is not what GitHub's schema has. */
export function word<Word extends string>(value: unknown, key: string, words: readonly Word[]): Word {
  const found = text(value, key)
  const known = words.find((candidate) => candidate === found)
  if (known === undefined) throw unexpected(key, found)
  return known
}

/** `{ nodes: […] }`, the shape of every list of GraphQL; where the list itself is null it is empty. */
export function nodes(value: unknown, key: string): readonly unknown[] {
  const connection = field(value, key)
  if (connection === null) return []
  const found = field(connection, 'nodes')
  if (!Array.isArray(found)) throw unexpected(`${key}.nodes`, found)
  return found.filter((node) => node !== null)
}

export function field(value: unknown, key: string): unknown {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, key))
    return (value as Record<string, unknown>)[key]
  throw unexpected(key, value)
}

export function unexpected(key: string, found: unknown): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'GH_SHAPE',
    what: "Cannot read GitHub's answer",
    on: key,
    seen: `${JSON.stringify(found)?.slice(0, 200)} stands where something else was expected`,
    next: 'Check that `GITHUB_API_URL` leads to GitHub and not to a proxy',
  })
}
