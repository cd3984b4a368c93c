import { shortRevision } from '@mlops-actions/argocd'
import { escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import { formatDuration } from '@mlops-actions/text'
import type { Member } from '../fleet/member.ts'
import { type Result, resultOf } from '../fleet/outcome.ts'
import type { Span } from '../fleet/timeline.ts'
import { describeState, revisionSeen } from './describe.ts'

/** How it stands with one Application. */
export interface Standing {
  readonly name: string
  readonly parent: string | undefined
  readonly result: Result
  /** The commit that is live, or the one that Argo CD was seen at last. */
  readonly revision: string
  /** Why it is not live; '' where it is. */
  readonly reason: string
  readonly waited: number
  readonly link: string
  readonly syncStatus: string
  readonly healthStatus: string
  readonly phase: string
  readonly images: readonly string[]
  readonly spans: readonly Span[]
}

/** @param waited milliseconds since the step began, for those that have not ended. Pure. */
export function standingOf(member: Member, waited: number): Standing {
  const { name, parent, ending, state, eyes, link, spans } = member
  const seen = describeState(state)
  return {
    name: name.name,
    parent,
    result:
      ending === undefined
        ? 'pending'
        : ending.kind === 'live'
          ? ending.live.result
          : (resultOf(ending.failure) ?? 'pending'),
    revision: ending?.kind === 'live' ? ending.live.revision : revisionSeen(state, eyes),
    reason: ending === undefined ? member.reason : ending.kind === 'live' ? '' : ending.failure.details.seen,
    waited: ending?.waited ?? waited,
    link,
    syncStatus: seen['sync-status'],
    healthStatus: seen['health-status'],
    phase: seen.phase,
    images: seen.images,
    spans,
  }
}

/** As the outputs and the report say it. Without what makes it long. */
export function standingJson({ name, parent, result, revision, reason, waited, link, ...seen }: Standing) {
  return {
    name,
    ...(parent === undefined ? {} : { parent }),
    result,
    revision,
    'sync-status': seen.syncStatus,
    'health-status': seen.healthStatus,
    phase: seen.phase,
    ...(reason === '' ? {} : { reason: reason.slice(0, 300) }),
    'waited-seconds': Math.round(waited / 1_000),
    url: link,
  }
}

/** The sign that a result has in a summary. */
export const MARKS: Readonly<Record<Result, string>> = {
  live: '✅',
  superseded: '✅',
  blocked: '⛔',
  failed: '❌',
  timeout: '⏱️',
  pending: '⏳',
}
const WORST_FIRST: readonly Result[] = ['failed', 'blocked', 'timeout', 'pending', 'superseded', 'live']
const MOST_ROWS = 50

interface Column {
  readonly title: string
  readonly align: string
  readonly cell: (standing: Standing) => string
}

/**
 * All Applications, the worst first, with the columns that say something. Pure.
 * @param told the reason that stands above the table
 */
export function standingsTable(standings: readonly Standing[], told = ''): readonly string[] {
  const rank = ({ result }: Standing) => WORST_FIRST.indexOf(result)
  const sorted = standings.toSorted((one, other) => rank(one) - rank(other))
  const columns = columnsOf(standings, told)
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    row(columns.map(({ title }) => title)),
    `|${columns.map(({ align }) => align).join('|')}|`,
    ...sorted.slice(0, MOST_ROWS).map((standing) => row(columns.map(({ cell }) => cell(standing)))),
    ...(sorted.length > MOST_ROWS
      ? [
          `| ${sorted.length - MOST_ROWS} more, in the output \`report-file\` ${'| '.repeat(columns.length - 1)}|`,
        ]
      : []),
    '',
  ]
}

function columnsOf(standings: readonly Standing[], told: string): readonly Column[] {
  const after = { title: 'after', align: '--:', cell: ({ waited }: Standing) => formatDuration(waited) }
  const why = { title: 'why', align: ':--', cell: ({ reason }: Standing) => whyOf(reason, told) }
  return [
    { title: 'Application', align: ':--', cell: nameOf },
    { title: 'result', align: ':--', cell: ({ result }) => `${MARKS[result]} ${result}` },
    {
      title: 'revision',
      align: ':--',
      cell: ({ revision }) => (revision === '' ? '' : inlineCode(shortRevision(revision))),
    },
    ...(standings.some(({ waited }) => waited > 0) ? [after] : []),
    ...(standings.some(({ reason }) => reason !== '') ? [why] : []),
  ]
}

function nameOf({ name, parent, link }: Standing): string {
  const linked = link === '' ? escapeMarkdown(name) : `[${escapeMarkdown(name)}](${link})`
  return `${linked}${parent === undefined ? '' : ` (made by ${escapeMarkdown(parent)})`}`
}

function whyOf(reason: string, told: string): string {
  if (reason !== '' && reason === told) return 'as above'
  return escapeMarkdown((reason.split('\n', 1)[0] ?? '').slice(0, 160))
}
