import { escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import type { Ending } from './report.ts'
import type { BumpReport, HealthReport } from './reports.wire.ts'

/** The chain from the commit to the answers, as far as it was seen. Pure. */
export function formatEvidence({ verdict, reports }: Ending): string {
  if (verdict === 'live' || verdict === 'live-already')
    return `**How we know:** ${chain(reports.bump, reports.sync.application, reports.health)}`
  if (verdict === 'rolled-back' || verdict === 'superseded')
    return `**How we know what serves:** ${chain(reports.rollback, reports.sync.application, reports.restored)}`
  return ''
}

function chain(manifest: BumpReport, application: string, health: HealthReport): string {
  const facts = [
    `${commitLink(manifest)} is on ${inlineCode(manifest.branch)}`,
    `${application === '' ? 'Argo CD' : inlineCode(application)} synced that commit, healthy down to the pods`,
    `${health.pods} of ${health.pods} ready pods run this version, ${health.restarts} restarts`,
    ...answers(health),
    'seen twice',
  ]
  return facts.join(' → ')
}

function answers({ requests, errors, compared, p95 }: HealthReport): readonly string[] {
  if (requests === undefined) return ['ready by the model server (no request was given to ask it)']
  const latency = p95 === undefined ? '' : `, p95 ${Math.round(p95)} ms`
  return [`${requests - errors} of ${requests} requests answered${compared ? ' as expected' : ''}${latency}`]
}

function commitLink({ commit, commitUrl }: BumpReport): string {
  const short = inlineCode(commit.slice(0, 7))
  return /^https?:\/\/[^\s()<>]+$/.test(commitUrl) ? `[${short}](${commitUrl})` : short
}

/** Where the time of a good deployment went, as a mermaid gantt, folded. */
export function formatTimeline({ verdict, reports: { sync, health } }: Ending): string {
  if (verdict !== 'live' || health.phases.length === 0) return ''
  const waited = (sync.waitedSeconds ?? 0) * 1_000
  const bars = [
    ...(waited === 0 ? [] : [`  Argo CD sync :0, ${waited}`]),
    ...health.phases.map(({ name, startedMs, ms }) => {
      const from = waited + Math.max(0, startedMs)
      return `  ${plain(name)} :${from}, ${from + Math.max(1, ms)}`
    }),
  ]
  const chart = ['```mermaid', 'gantt', '  dateFormat x', '  axisFormat %M:%S', ...bars, '```']
  return ['<details><summary>Where the time went</summary>', '', ...chart, '', '</details>'].join('\n')
}

/** A colon, a comma or a line break would end the name of a bar. */
function plain(name: string): string {
  return escapeMarkdown(name).replace(/[^\w -]/g, ' ')
}
