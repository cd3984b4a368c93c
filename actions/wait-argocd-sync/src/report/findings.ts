import type { LiveState } from '@mlops-actions/argocd'
import { codeFence, escapeMarkdown, type Failure, inlineCode } from '@mlops-actions/diagnostics'
import { lastSeen } from '@mlops-actions/kubernetes/pods'
import { formatCount } from '@mlops-actions/text'
import { ago, phrase } from './describe.ts'
import type { Evidence } from './evidence.ts'

const MOST_ROWS = 12
const MOST_CONDITIONS = 5

/** What Argo CD could not apply, hooks that failed, and what differs from Git, as rows. Pure. */
export function resourceRows({ application: { status } }: LiveState): readonly string[] {
  const results = status.operationState?.syncResult?.resources ?? []
  const broken = results
    .filter(
      ({ status: outcome, hookPhase }) =>
        outcome === 'SyncFailed' || hookPhase === 'Failed' || hookPhase === 'Error',
    )
    .map(({ kind, name, hookType, hookPhase, message }) => ({
      kind,
      name,
      wrong: phrase(hookType === '' ? 'not applied:' : `${hookType} hook ${hookPhase}:`, message),
    }))
  const different = status.resources
    .filter((one) => one.status === 'OutOfSync')
    .map(({ kind, name, requiresPruning, health }) => ({
      kind,
      name,
      wrong: requiresPruning ? 'Git no longer has it: it has to be pruned' : differs(health),
    }))
  const unwell = status.resources
    .filter((one) => one.status !== 'OutOfSync' && isUnwell(one.health))
    .map(({ kind, name, health }) => ({
      kind,
      name,
      wrong: inWords(health),
    }))
  const rows = [...broken, ...different, ...unwell]
  if (rows.length === 0) return []
  return [
    '| resource | what is wrong |',
    '|:--|:--|',
    ...rows.slice(0, MOST_ROWS).map(({ kind, name, wrong }) => {
      return `| ${escapeMarkdown(kind)} ${inlineCode(name)} | ${escapeMarkdown(wrong.slice(0, 300))} |`
    }),
    ...(rows.length > MOST_ROWS ? [`| ${rows.length - MOST_ROWS} more | |`] : []),
    '',
  ]
}

type Health = LiveState['application']['status']['resources'][number]['health']

function isUnwell(health: Health): boolean {
  return health?.status === 'Degraded' || health?.status === 'Missing'
}

function differs(health: Health): string {
  if (health?.status === 'Missing') return 'is in Git, and not in the cluster'
  return isUnwell(health) ? `differs from Git; ${inWords(health)}` : 'differs from Git'
}

function inWords(health: Health): string {
  return `${health?.status}${health?.message ? `: ${health.message}` : ''}`
}

/** What Argo CD says of the Application as a whole, but for what stands above as the cause. Pure. */
export function conditionLines(
  { application, now }: LiveState,
  { seen }: { readonly seen: string },
): readonly string[] {
  const others = application.status.conditions.filter(({ message }) => !seen.includes(message))
  const conditions = others.slice(0, MOST_CONDITIONS).map((condition) => {
    const { type, message, lastTransitionTime } = condition
    const age = ago(lastTransitionTime, now)
    return `- ${inlineCode(type)}${age === '' ? '' : ` (${age})`}: ${escapeMarkdown(message.slice(0, 500))}`
  })
  return conditions.length === 0 ? [] : ['**Conditions of the Application**', '', ...conditions, '']
}

/** The window that is closed, where that is not the failure itself, and what KServe noted of a model that did not load. Pure. */
export function noteLines(
  { window, loadFailures }: Evidence,
  { code }: Pick<Failure, 'code'>,
  showLogs: boolean,
): readonly string[] {
  const closed =
    window === undefined || code === 'ARGOCD_WINDOW'
      ? []
      : [
          `- Sync window: ${escapeMarkdown(`${window.kind} ${window.schedule}, ${window.duration}`)} keeps it from syncing by itself`,
        ]
  const loads = loadFailures.map(({ service, reason, exitCode, message }) => {
    const code = exitCode === undefined ? '' : ` (exit code ${exitCode})`
    const words = showLogs && message !== '' ? `: ${message.slice(0, 300)}` : ''
    return `- InferenceService ${inlineCode(service)}, last failure that KServe noted: ${escapeMarkdown(`${reason || 'no reason'}${code}${words}`)}`
  })
  const lines = [...closed, ...loads]
  return lines.length === 0 ? [] : [...lines, '']
}

/** Warnings of the cluster, folded. An event of a probe quotes what the container answered. Pure. */
export function warningLines({ warnings }: Evidence, now: number, showLogs: boolean): readonly string[] {
  if (warnings.length === 0) return []
  const rows = warnings.map((event) => {
    const { reason, message, count, involvedObject } = event
    const isPrivate = reason === 'Unhealthy' && !showLogs
    const words = isPrivate
      ? 'a probe failed (what it answered is shown with include-pod-logs)'
      : message.slice(0, 300)
    const about = `${escapeMarkdown(involvedObject.kind)} ${inlineCode(involvedObject.name)}`
    return `| ${ago(lastSeen(event), now)} | ${about} | ${escapeMarkdown(reason)}${count > 1 ? ` ×${count}` : ''} | ${escapeMarkdown(words)} |`
  })
  return [
    `<details><summary>Last ${formatCount(warnings.length, 'warning')} of the cluster</summary>`,
    '',
    '| when | about | reason | message |',
    '|:--|:--|:--|:--|',
    ...rows,
    '',
    '</details>',
    '',
  ]
}

/** The log of the crashing container, folded. */
export function logLines({ log }: Evidence): readonly string[] {
  if (log === '') return []
  return [
    '<details><summary>Last lines of the container</summary>',
    '',
    codeFence(log, 'text'),
    '',
    '</details>',
    '',
  ]
}
