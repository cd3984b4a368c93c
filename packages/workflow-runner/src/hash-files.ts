import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** `hashFiles()`: SHA-256 over the SHA-256 of every file below `workspace` that the patterns name; empty for none. */
export function hashFiles(workspace: string, patterns: readonly string[]): string {
  const files = findFiles(workspace, patterns)
  if (files.length === 0) return ''
  const total = createHash('sha256')
  for (const file of files)
    total.update(
      createHash('sha256')
        .update(readFileSync(join(workspace, file)))
        .digest(),
    )
  return total.digest('hex')
}

/** Files below a directory, sorted, that glob patterns name; the last pattern that matches decides, `!` takes back. */
export function findFiles(root: string, patterns: readonly string[]): string[] {
  const tests = patterns
    .flatMap((pattern) => pattern.split('\n'))
    .map((pattern) => pattern.trim())
    .filter(isPattern)
    .map(toTest)
  const included = (file: string) =>
    tests.reduce((sofar, { negative, matches }) => (matches(file) ? !negative : sofar), false)
  return filesBelow(root, '').filter(included).sort()
}

function isPattern(line: string): boolean {
  return line !== '' && !line.startsWith('#')
}

function toTest(pattern: string): { negative: boolean; matches: (file: string) => boolean } {
  const negative = pattern.startsWith('!')
  const body = (negative ? pattern.slice(1) : pattern).replace(/^\.?\//, '')
  const source = body.replace(/\*\*\/|\*\*|\*|\?|[.+^$()|{}\\]/g, (sign) => {
    if (sign === '**/') return '(?:.*/)?'
    if (sign === '**') return '.*'
    if (sign === '*') return '[^/]*'
    return sign === '?' ? '[^/]' : `\\${sign}`
  })
  // A pattern that names a directory means all that is in it (@actions/glob: implicitDescendants).
  const expression = new RegExp(`^${source}(?:/.*)?$`)
  return { negative, matches: (file) => expression.test(file) }
}

function filesBelow(root: string, directory: string): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = directory === '' ? entry.name : `${directory}/${entry.name}`
    if (entry.isDirectory()) return filesBelow(root, path)
    return entry.isFile() ? [path] : []
  })
}
