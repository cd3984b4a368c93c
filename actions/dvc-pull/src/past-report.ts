import type { JsonValue } from '@mlops-actions/diagnostics'
import { contentId, pastFacts, pastParagraphs } from '@mlops-actions/dvc'
import { formatCount } from '@mlops-actions/text'
import type { Outcome } from './outcome.ts'

/** What of the history was looked at, as JSON; null where nobody asked. */
export function pastValue(outcome: Outcome): JsonValue {
  const { past } = outcome
  return past === undefined ? null : { ...pastFacts(past), ...pastCounts(outcome) }
}

export function pastLines(outcome: Outcome): string[] {
  const { past, dryRun } = outcome
  if (past === undefined) return []
  const { objects, downloaded } = pastCounts(outcome)
  const came = dryRun ? '' : `, ${downloaded.toLocaleString('en-US')} of them downloaded`
  return pastParagraphs(past, `; the cache is to have ${formatCount(objects, 'object')} of theirs${came}`)
}

/** Objects that other commits name, and those of them that came over the network. */
function pastCounts({ plan, result }: Outcome): { readonly objects: number; readonly downloaded: number } {
  const ids = new Set(plan.files.flatMap(({ file }) => (file.cacheOnly ? [contentId(file)] : [])))
  return { objects: ids.size, downloaded: [...ids].filter((id) => result?.fetched.has(id)).length }
}
