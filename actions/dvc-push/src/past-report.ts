import type { JsonValue } from '@mlops-actions/diagnostics'
import { type BoundPast, pastFacts, pastParagraphs } from '@mlops-actions/dvc'
import { formatCount } from '@mlops-actions/text'
import type { Outcome } from './outcome.ts'

/** What of the history was looked at, as JSON; null where nobody asked. */
export function pastValue({ past, plan }: Pick<Outcome, 'past' | 'plan'>): JsonValue {
  return past === undefined ? null : { ...pastFacts(past), objects: pastObjects(past, plan) }
}

export function pastLines({ past, plan }: Pick<Outcome, 'past' | 'plan'>): string[] {
  if (past === undefined) return []
  const objects = formatCount(pastObjects(past, plan), 'object')
  return pastParagraphs(past, `, with ${objects} that this commit does not name`)
}

function pastObjects({ binding }: BoundPast, { objects }: Outcome['plan']): number {
  const sources = new Set(binding.outputs.map(({ source }) => source))
  return [...objects.values()].filter(({ source }) => sources.has(source)).length
}
