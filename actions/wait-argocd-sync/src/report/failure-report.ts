import { shortRevision } from '@mlops-actions/argocd'
import { adviceMarkdown, escapeMarkdown, type Failure, inlineCode } from '@mlops-actions/diagnostics'
import { formatDuration } from '@mlops-actions/text'
import type { Member } from '../fleet/member.ts'
import { isVerdict, type Result } from '../fleet/outcome.ts'
import { chainOf } from './chain.ts'
import { linkMarkdown } from './describe.ts'
import type { Evidence } from './evidence.ts'
import { conditionLines, logLines, noteLines, resourceRows, warningLines } from './findings.ts'
import { timelineMarkdown } from './gantt.ts'
import { MARKS, type Standing, standingsTable } from './standings.ts'
import { wantedAndSeen } from './wanted-and-seen.ts'

/** One Application that is not live, and what was found out about it. */
export interface Explained {
  readonly member: Member
  readonly failure: Failure
  readonly evidence: Evidence
}

export interface Unsuccessful {
  /** What the step fails with. */
  readonly failure: Failure
  readonly seen: string
  readonly result: Result | undefined
  readonly wanted: string
  readonly images: readonly string[]
  readonly storageUri: string | undefined
  /** All Applications of the step. */
  readonly standings: readonly Standing[]
  /** Those that are told in full, the cause of the failure first. */
  readonly explained: readonly Explained[]
  readonly notes: readonly string[]
  readonly showLogs: boolean
  readonly started: number
  readonly ended: number
}

/** Why and what to do first, then wanted and seen side by side, then what it was found in, then when what happened. Pure. */
export function failureReport(report: Unsuccessful): string {
  const { failure, seen, result, standings, explained, notes, started, ended } = report
  const { what, next, kind } = failure.details
  const [first] = explained
  const link = first?.member.link ?? standings[0]?.link ?? ''
  const isOne = standings.length === 1
  return [
    `## ${result === undefined ? '❌' : MARKS[result]} ${title(report)}`,
    '',
    `**Why:** ${isOfTitle(what) ? '' : `${escapeMarkdown(what)}: `}${inLines(seen)}`,
    '',
    `**Do this:** ${adviceMarkdown(next)}.${linkMarkdown(link)}`,
    '',
    `Found after ${formatDuration(ended - started)}, kind ${inlineCode(kind)}${result === undefined ? '' : `, result ${inlineCode(result)}`}.`,
    '',
    ...(isOne ? [] : standingsTable(standings, failure.details.seen)),
    ...explained.flatMap((one) => details(one, report, isOne)),
    ...notes.map((note) => `- ${escapeMarkdown(note)}`),
    ...(notes.length === 0 ? [] : ['']),
    ...timelineMarkdown(
      standings.map(({ name, spans, waited, result: own }) => ({
        name,
        spans,
        ended: started + waited,
        isBroken: own !== 'live' && own !== 'superseded',
      })),
      started,
    ),
  ].join('\n')
}

/** What the title has said already. */
function isOfTitle(what: string): boolean {
  return what === 'The commit is not live' || what === 'The commit is kept from becoming live'
}

/** Words of a server keep their lines, but for empty ones. */
function inLines(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map(escapeMarkdown).join('<br>')
}

function title({ failure, result, wanted, standings, explained }: Unsuccessful): string {
  const commit = `commit ${inlineCode(shortRevision(wanted))}`
  const name = escapeMarkdown(explained[0]?.member.name.name ?? standings[0]?.name ?? 'Argo CD')
  if (!isVerdict(failure)) return `${name}: whether ${commit} is live could not be told`
  const [first] = explained
  const isAny = first !== undefined && first.member.eyes.revision === undefined
  const broken = standings.filter(({ result: own }) => own !== 'live' && own !== 'superseded').length
  const of = standings.length === 1 ? '' : ` (${broken} of ${standings.length} Applications are not live)`
  if (isAny) return `${name} is not synced and healthy${of}`
  return `${name}: ${commit} ${result === 'blocked' ? 'is kept from becoming live' : 'is not live'}${of}`
}

function details(
  { member, failure, evidence }: Explained,
  { failure: top, images, storageUri, showLogs, ended }: Unsuccessful,
  isOne: boolean,
): readonly string[] {
  const { state, eyes, name } = member
  if (state === undefined) return []
  const chain = chainOf(state.application, state.tree, { troubles: eyes.subject.judge.troubles, showLogs })
  return [
    ...(isOne
      ? []
      : [
          `### ${escapeMarkdown(name.name)}`,
          '',
          ...(failure.details.seen === top.details.seen
            ? []
            : [escapeMarkdown(failure.details.seen.split('\n', 1)[0] ?? ''), '']),
        ]),
    ...wantedAndSeen({ state, eyes, images, storageUri, evidence }),
    ...(chain.length === 0 ? [] : ['**From the Application down to what is not well**', '', ...chain, '']),
    ...resourceRows(state),
    ...conditionLines(state, failure.details),
    ...noteLines(evidence, failure, showLogs),
    ...warningLines(evidence, ended, showLogs),
    ...logLines(evidence),
  ]
}
