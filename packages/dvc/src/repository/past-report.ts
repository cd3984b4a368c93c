import { escapeMarkdown, inlineCode, type JsonValue } from '@mlops-actions/diagnostics'
import { formatCount } from '@mlops-actions/text'
import type { BoundPast } from './other-commits.ts'

/** Rows of a list that a person reads. */
const ROWS = 30

/** What of the history was looked at, as JSON. */
export function pastFacts({ commits, unreadable, binding }: BoundPast): Readonly<Record<string, JsonValue>> {
  return {
    commits,
    unreadable: unreadable.map(({ commit, seen }) => ({ commit, seen })),
    'left-out': binding.leftOut.map(({ output, reason }) => ({ path: output.path, reason })),
  }
}

/** Paragraphs of Markdown. @param tail what became of it, after "3 commits read" */
export function pastParagraphs({ commits, unreadable, binding }: BoundPast, tail: string): string[] {
  const read = `History: ${formatCount(commits - unreadable.length, 'commit')} read${tail}`
  const rows = unreadable
    .slice(0, ROWS)
    .map(({ commit, seen }) => `- ${inlineCode(commit.slice(0, 12))}: ${escapeMarkdown(seen)}`)
  const warning = `⚠️ What ${formatCount(unreadable.length, 'commit')} of the history name cannot be read, and is not among it:`
  return [
    binding.leftOut.length === 0 ? read : `${read}; ${binding.leftOut.length} outputs left out`,
    ...(rows.length === 0 ? [] : [[warning, '', ...rows].join('\n')]),
  ]
}
