import { escapeMarkdown, inlineCode, type JsonValue } from '@mlops-actions/diagnostics'
import { formatCount } from '@mlops-actions/text'
import type { Outcome } from './outcome.ts'
import type { BoundPast } from './work.ts'

/** Rows of a list that a person reads. */
const ROWS = 30

/** What of the history was looked at, as JSON; null where nobody asked. */
export function pastValue({ past, plan }: Pick<Outcome, 'past' | 'plan'>): JsonValue {
  if (past === undefined) return null
  return {
    commits: past.commits,
    objects: pastObjects(past, plan),
    unreadable: past.unreadable.map(({ commit, seen }) => ({ commit, seen })),
    'left-out': past.binding.leftOut.map(({ output, reason }) => ({ path: output.path, reason })),
  }
}

export function pastLines({ past, plan }: Pick<Outcome, 'past' | 'plan'>): string[] {
  if (past === undefined) return []
  const { commits, unreadable, binding } = past
  const read = `History: ${formatCount(commits - unreadable.length, 'commit')} read, with ${formatCount(pastObjects(past, plan), 'object')} that this commit does not name`
  const rows = unreadable
    .slice(0, ROWS)
    .map(({ commit, seen }) => `- ${inlineCode(commit.slice(0, 12))}: ${escapeMarkdown(seen)}`)
  const warning = `⚠️ What ${formatCount(unreadable.length, 'commit')} of the history name cannot be read, and is not among it:`
  return [
    binding.leftOut.length === 0 ? read : `${read}; ${binding.leftOut.length} outputs left out`,
    ...(rows.length === 0 ? [] : [[warning, '', ...rows].join('\n')]),
  ]
}

function pastObjects({ binding }: BoundPast, { objects }: Outcome['plan']): number {
  const sources = new Set(binding.outputs.map(({ source }) => source))
  return [...objects.values()].filter(({ source }) => sources.has(source)).length
}
