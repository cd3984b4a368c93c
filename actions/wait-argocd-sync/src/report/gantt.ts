import { formatCount } from '@mlops-actions/text'
import type { Phase, Span } from '../fleet/timeline.ts'

const NAMES: Readonly<Record<Phase, string>> = {
  commit: 'waits for the commit',
  sync: 'waits for the sync',
  health: 'waits for health',
  settle: 'looks again and settles',
}
/** Of many Applications that many are drawn. */
const MOST_ROWS = 12
/** Of one that goes up and down. */
const MOST_SPANS = 12

export interface TimelineRow {
  readonly name: string
  readonly spans: readonly Span[]
  /** When the wait for this one was over, in milliseconds since the epoch. */
  readonly ended: number
  /** Whether what it waited for last never came. */
  readonly isBroken: boolean
}

/** What was waited for when, as a mermaid gantt, folded; the last bar of what failed is red. */
export function timelineMarkdown(rows: readonly TimelineRow[], started: number): string[] {
  const drawn = rows.filter(({ spans }) => spans.length > 0).slice(0, MOST_ROWS)
  if (drawn.length === 0) return []
  const left = rows.length - drawn.length
  const sections = drawn.flatMap(({ name, spans, ended, isBroken }) => [
    `  section ${plain(name)}`,
    ...spans.slice(-MOST_SPANS).map(({ phase, from, to }, at, shown) => {
      const isLast = at === shown.length - 1
      const mark = isLast && isBroken ? 'crit, ' : ''
      const start = Math.max(0, from - started)
      const end = Math.max(start + 1, (isLast ? ended : to) - started)
      return `  ${NAMES[phase]} :${mark}${start}, ${end}`
    }),
  ])
  return [
    '<details><summary>What happened when</summary>',
    '',
    '```mermaid',
    'gantt',
    '  dateFormat x',
    '  axisFormat %M:%S',
    ...sections,
    '```',
    ...(left === 0 ? [] : ['', `${formatCount(left, 'more Application')}.`]),
    '',
    '</details>',
    '',
  ]
}

/** A colon, a comma, a semicolon, a hash or a line break would end a name. */
function plain(name: string): string {
  return name.replace(/[^\w./ -]/g, ' ').slice(0, 60)
}
