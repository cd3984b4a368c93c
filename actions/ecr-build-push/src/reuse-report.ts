import { adviceMarkdown, inlineCode, type JsonValue } from '@mlops-actions/diagnostics'
import { formatDuration } from '@mlops-actions/text'
import type { Reuse } from './reuse.ts'

const SHOWN_TAGS = 5

/** What became of the content key, as a paragraph of the summary. */
export function formatReuse(reuse: Reuse): string {
  if (reuse.kind === 'off') return `**Reuse:** off. ${adviceMarkdown(reuse.reason)}.`
  const key = `${inlineCode(reuse.key.tag)} (${reuse.key.scope} scope)`
  if (reuse.kind === 'miss') return `**Content key:** ${key}. ${adviceMarkdown(reuse.reason)}.`
  const { tags, age } = reuse
  const others = tags.filter((tag) => tag !== reuse.key.tag).slice(0, SHOWN_TAGS)
  const known = others.length === 0 ? '' : `, where it was ${others.map((tag) => inlineCode(tag)).join(', ')}`
  return `**Reused:** the image with the same content was pushed ${formatAge(age)} ago${known}. It keeps the labels of the commit that built it. Content key: ${key}.`
}

/** The same before anything is done. */
export function formatPlannedReuse(reuse: Reuse): string {
  if (reuse.kind !== 'hit') return formatReuse(reuse)
  return `**Nothing would be built:** an image with the same content was pushed ${formatAge(reuse.age)} ago. Content key: ${inlineCode(reuse.key.tag)}. Without it the build would be:`
}

function formatAge(age: number): string {
  const days = Math.floor(age / 86_400_000)
  return days < 2 ? formatDuration(age) : `${days} days`
}

export function reuseReport(reuse: Reuse): JsonValue {
  if (reuse.kind === 'off') return { outcome: 'off', reason: reuse.reason }
  const { tag, scope, files, bytes, bases } = reuse.key
  // A list: without their accounts two may have the same name.
  const key = { tag, scope, files, bytes, bases: [...bases].map(([name, digest]) => ({ name, digest })) }
  if (reuse.kind === 'miss') return { outcome: 'miss', reason: reuse.reason, key }
  return { outcome: 'hit', 'age-ms': reuse.age, key }
}
