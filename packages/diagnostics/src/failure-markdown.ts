import type { FailureDetails } from './failure.ts'
import { adviceMarkdown, escapeMarkdown } from './markdown.ts'

/** What a summary says of a failure below its title: why, where, and what to do; an empty line behind each. */
export function failureMarkdown({ on, seen, next }: Pick<FailureDetails, 'on' | 'seen' | 'next'>): string[] {
  return [
    `**Why:** ${seen.split('\n').map(escapeMarkdown).join('<br>')}`,
    '',
    `**Where:** ${escapeMarkdown(on)}`,
    '',
    `**Do this:** ${adviceMarkdown(next)}`,
    '',
  ]
}
