import { escapeMarkdown, inlineCode, type JsonValue } from '@mlops-actions/diagnostics'
import { contentId } from '@mlops-actions/dvc'
import { formatCount } from '@mlops-actions/text'
import type { Outcome } from './outcome.ts'

/** Rows of a list that a person reads. */
const ROWS = 30

/** What of the history was looked at, as JSON; null where nobody asked. */
export function pastValue(outcome: Outcome): JsonValue {
  const { past } = outcome
  if (past === undefined) return null
  return {
    commits: past.commits,
    ...pastCounts(outcome),
    unreadable: past.unreadable.map(({ commit, seen }) => ({ commit, seen })),
    'left-out': past.binding.leftOut.map(({ output, reason }) => ({ path: output.path, reason })),
  }
}

export function pastLines(outcome: Outcome): string[] {
  const { past, dryRun } = outcome
  if (past === undefined) return []
  const { unreadable, commits, binding } = past
  const { objects, downloaded } = pastCounts(outcome)
  const came = dryRun ? '' : `, ${downloaded.toLocaleString('en-US')} of them downloaded`
  const read = `History: ${formatCount(commits - unreadable.length, 'commit')} read; the cache is to have ${formatCount(objects, 'object')} of theirs${came}`
  const rows = unreadable
    .slice(0, ROWS)
    .map(({ commit, seen }) => `- ${inlineCode(commit.slice(0, 12))}: ${escapeMarkdown(seen)}`)
  const warning = `⚠️ What ${formatCount(unreadable.length, 'commit')} of the history name cannot be read, and is not among it:`
  return [
    binding.leftOut.length === 0 ? read : `${read}; ${binding.leftOut.length} outputs left out`,
    ...(rows.length === 0 ? [] : [[warning, '', ...rows].join('\n')]),
  ]
}

/** Objects that other commits name, and those of them that came over the network. */
function pastCounts({ plan, result }: Outcome): { readonly objects: number; readonly downloaded: number } {
  const ids = new Set(plan.files.flatMap(({ file }) => (file.cacheOnly ? [contentId(file)] : [])))
  return { objects: ids.size, downloaded: [...ids].filter((id) => result?.fetched.has(id)).length }
}
