import { escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import { formatEvidence, formatTimeline } from './evidence.ts'
import type { Reports } from './reports.ts'
import type { ChangedValue } from './reports.wire.ts'
import type { Outcomes } from './steps.ts'
import { isAlarm, type Verdict } from './verdict.ts'
import { markOf, type Place, sayVerdict } from './words.ts'

export interface Ending {
  readonly place: Place
  readonly verdict: Verdict
  readonly steps: Outcomes
  readonly reports: Reports
}

/** The job summary: verdict, why, what to do, then what stood there before and what stands there now. Pure. */
export function formatReport(ending: Ending): string {
  const { verdict, place } = ending
  const blocks = [
    `## ${markOf(verdict)} ${escapeMarkdown(sayVerdict(verdict, place))}`,
    ...whyLines(ending),
    table(ending),
    formatEvidence(ending),
    undo(ending),
    formatTimeline(ending),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

/** The first thing that went wrong, in words: '' where nothing did. */
export function reasonOf({ steps, reports }: Pick<Ending, 'steps' | 'reports'>): string {
  const names = { bump: 'the manifest', sync: 'Argo CD', health: 'the pods' } as const
  const told = { bump: '', sync: reports.sync.seen, health: reports.health.why } as const
  for (const step of ['bump', 'sync', 'health'] as const) {
    if (steps[step] === 'cancelled')
      return `the run was cancelled at the step that looks after ${names[step]}`
    if (steps[step] === 'failure') return told[step] || `the step that looks after ${names[step]} failed`
  }
  return ''
}

function whyLines(ending: Ending): readonly string[] {
  const reason = reasonOf(ending)
  if (reason === '') return []
  const why = `**Why:** ${reason.split('\n').map(escapeMarkdown).join('<br>')}`
  return [why, `**Do this:** ${nextStep(ending)}`]
}

function nextStep({ verdict, reports, place }: Ending): string {
  const told = reports.sync.next || reports.health.next
  const cause = told === '' ? 'Look at the step that failed: it says what to do' : told
  if (!isAlarm(verdict)) return escapeMarkdown(cause)
  const { commit } = reports.bump
  const byHand = commit === '' ? '' : `, or take ${inlineCode(commit.slice(0, 12))} back by hand`
  return `Look whether ${escapeMarkdown(place.service)} answers on ${escapeMarkdown(place.environment)}${byHand}. ${escapeMarkdown(cause)}`
}

const TITLES: Readonly<Record<string, string>> = { image: 'image', 'storage-uri': 'model' }

/** The new values beside those that stand there in the end, or beside those that they replaced. */
function table({ verdict, reports: { bump, rollback } }: Ending): string {
  if (bump.values.length === 0) return ''
  if (rollback.values.length === 0)
    return rows(['before', 'now'], bump.values, ({ before, after }) => [before, after])
  const stands = new Map(
    rollback.values.map(({ field, before, after }) => [field, verdict === 'superseded' ? before : after]),
  )
  const title = verdict === 'not-proven' ? 'written back' : 'serves'
  return rows(['not live', title], bump.values, ({ field, after }) => [after, stands.get(field)])
}

function rows(
  [left, right]: readonly [string, string],
  values: readonly ChangedValue[],
  cells: (value: ChangedValue) => readonly [string | undefined, string | undefined],
): string {
  const lines = values.map((value) => {
    const [one, other] = cells(value)
    const name = TITLES[value.field] ?? escapeMarkdown(value.field)
    return `| ${name} | ${cell(one)} | ${one === other ? 'same' : cell(other)} |`
  })
  return [`| | ${left} | ${right} |`, '|:--|:--|:--|', ...lines].join('\n')
}

function cell(value: string | undefined): string {
  if (value === undefined) return 'unknown'
  return value === '' ? 'nothing' : inlineCode(value)
}

function undo({ verdict, reports: { bump } }: Ending): string {
  if (verdict !== 'live' || bump.commit === '') return ''
  return `**Undo:** a step with \`bump-kserve-image\`, \`mode: rollback\` and \`rollback-of: ${hex(bump.commit)}\`.`
}

function hex(commit: string): string {
  return commit.replace(/[^0-9a-f]/g, '')
}
