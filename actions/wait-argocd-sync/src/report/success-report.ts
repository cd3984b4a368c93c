import { shortRevision } from '@mlops-actions/argocd'
import { escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import { formatDuration } from '@mlops-actions/text'
import type { Result } from '../fleet/outcome.ts'
import { linkMarkdown } from './describe.ts'
import { timelineMarkdown } from './gantt.ts'
import { type Standing, standingsTable } from './standings.ts'

export interface Success {
  readonly wanted: string
  readonly result: Result | undefined
  readonly standings: readonly Standing[]
  readonly notes: readonly string[]
  /** Whether the pods were looked at. */
  readonly deepHealth: boolean
  /** Whether those of the new version were seen wherever they were looked for. */
  readonly rolloutProven: boolean
  readonly started: number
  readonly ended: number
}

/** Verdict, how we know, then the table, then when what happened. Pure. */
export function successReport({
  wanted,
  result,
  standings,
  notes,
  deepHealth,
  rolloutProven,
  started,
  ended,
}: Success): string {
  const [first] = standings
  const isOne = standings.length === 1
  const images = [...new Set(standings.flatMap((one) => one.images))]
  const commit = inlineCode(shortRevision(wanted))
  const subject = isOne ? escapeMarkdown(first?.name ?? '') : `${standings.length} Applications`
  const newer = first === undefined ? '' : inlineCode(shortRevision(first.revision))
  const verdict =
    result === 'live'
      ? `${subject}: commit ${commit} is live`
      : isOne
        ? `${subject}: a newer commit ${newer}, which contains ${commit}, is live`
        : `${subject}: commit ${commit}, or a newer one that contains it, is live`
  return [
    `## ✅ ${verdict}`,
    '',
    `Synced, healthy${rolloutProven ? ' down to the pods' : ''}, looked at twice, settled: ${formatDuration(ended - started)}.${isOne ? linkMarkdown(first?.link ?? '') : ''}`,
    ...(deepHealth ? [] : ['', 'The pods were not looked at: `deep-health` is false.']),
    '',
    ...(isOne ? [] : standingsTable(standings)),
    ...(images.length === 0 ? [] : imageTable(images)),
    ...notes.map((note) => `- ${escapeMarkdown(note)}`),
    ...(notes.length === 0 ? [] : ['']),
    ...timelineMarkdown(
      standings.map(({ name, spans, waited }) => ({ name, spans, ended: started + waited, isBroken: false })),
      started,
    ),
  ].join('\n')
}

const MOST_IMAGES = 20

function imageTable(images: readonly string[]): readonly string[] {
  const left = images.length - MOST_IMAGES
  return [
    '| image |',
    '|:--|',
    ...images.slice(0, MOST_IMAGES).map((image) => `| ${inlineCode(image)} |`),
    ...(left > 0 ? [`| ${left} more |`] : []),
    '',
  ]
}
