import {
  adviceMarkdown,
  codeFence,
  escapeMarkdown,
  type Failure,
  inlineCode,
} from '@mlops-actions/diagnostics'
import { formatDuration } from '@mlops-actions/text'
import type { Findings } from './findings.ts'
import type { Inputs } from './inputs.ts'
import { latencyLines, timeline, versionTable } from './report.ts'

/** The job summary of a bad end: what serves now, why, what to do; then what was wanted and seen. Pure. */
export function failureSummary(failure: Failure, inputs: Inputs, findings: Findings, now: number): string {
  const { seen, next, on, kind, code } = failure.details
  return [
    `## ❌ ${escapeMarkdown(verdictOf(failure, inputs, findings))}`,
    `**Why:** ${escapeMarkdown(failure.details.what)}: ${lines(seen)}`,
    '',
    `**Do this:** ${adviceMarkdown(next)}`,
    '',
    '| | |',
    '|:--|:--|',
    `| where | ${inlineCode(on)} |`,
    `| kind · code | ${inlineCode(kind)} · ${inlineCode(code)} |`,
    `| found | ${formatDuration(now - findings.started)} after the check began |`,
    ...(findings.lastReason === undefined ? [] : [`| last seen | ${escapeMarkdown(findings.lastReason)} |`]),
    '',
    versionTable(inputs, findings),
    '',
    ...(findings.load === undefined ? [] : latencyLines(findings)),
    ...eventLines(findings),
    ...logLines(findings, inputs),
    timeline(findings),
    '',
  ].join('\n')
}

/** In words: what is not there, and what customers get meanwhile. */
function verdictOf(
  { kind }: Failure,
  { name, expectedImage, expectedStorageUri }: Inputs,
  findings: Findings,
): string {
  const { serving, readyPods, oldPods, proof, load } = findings
  if (kind === 'config' || kind === 'auth') return `${name} could not be checked`
  if (kind === 'cancelled') return `The check of ${name} was cancelled`
  if (kind === 'conflict')
    return `${name}: the version that was checked is no longer the one that is rolled out`
  if (proof !== undefined) {
    if (kind === 'gate' && load !== undefined)
      return `${name}: the expected version serves, but not well enough`
    return `${name}: the new version runs, but does not do what it must`
  }
  if (oldPods !== undefined && oldPods > 0) {
    const old = serving.find(({ image, storageUri }) => {
      return (
        (expectedImage !== undefined && image !== expectedImage) ||
        (expectedStorageUri !== undefined && storageUri !== expectedStorageUri)
      )
    })
    const version = old === undefined ? 'the old version' : shortVersion(old.image, old.storageUri)
    return `${name}: the new version is not live. ${version} goes on serving with ${oldPods} ${oldPods === 1 ? 'pod' : 'pods'}.`
  }
  if (readyPods === 0) return `${name}: the new version is not live, and no pod serves`
  return `${name}: the new version is not proven to be live`
}

function shortVersion(image: string, storageUri: string | undefined): string {
  const short = image.replace(/@sha256:([0-9a-f]{12})[0-9a-f]+$/, '@sha256:$1…').replace(/^.*\//, '')
  return storageUri === undefined ? short : `${short} with ${storageUri}`
}

function lines(text: string): string {
  return text.split('\n').map(escapeMarkdown).join('<br>')
}

function eventLines({ evidence }: Findings): readonly string[] {
  const events = evidence?.events ?? []
  if (events.length === 0) return []
  const items = events.map(
    ({ reason, message, count }) => `- ${escapeMarkdown(reason)} (${count} ×): ${escapeMarkdown(message)}`,
  )
  return ['<details><summary>Last warning events</summary>', '', ...items, '', '</details>', '']
}

function logLines({ evidence }: Findings, { includePodLogs }: Inputs): readonly string[] {
  const container = evidence?.trouble?.container
  if (container === undefined) return []
  if (!includePodLogs) return ['Pod logs are not copied here: `include-pod-logs` is false.', '']
  if (evidence?.log === undefined) return ['The log of the failing container could not be read.', '']
  const title = `Last lines of ${escapeMarkdown(container)}`
  return [`<details><summary>${title}</summary>`, '', codeFence(evidence.log), '', '</details>', '']
}
