import {
  type Live,
  type LiveState,
  type PodTrouble,
  revisionOf,
  type SelectedSource,
  unfinishedNodes,
} from '@mlops-actions/argocd'
import {
  adviceMarkdown,
  codeFence,
  escapeMarkdown,
  type Failure,
  inlineCode,
} from '@mlops-actions/diagnostics'
import { describeTrouble } from '@mlops-actions/kubernetes/pods'
import { formatDuration } from '@mlops-actions/text'

/** What was seen last, as outputs. */
export function describeState(state: LiveState | undefined) {
  const status = state?.application.status
  return {
    'sync-status': status?.sync.status ?? '',
    'health-status': status?.health.status ?? '',
    phase: status?.operationState?.phase ?? '',
    images: status?.summary.images ?? [],
  }
}

interface Success {
  readonly application: string
  readonly wanted: string
  readonly live: Live
  readonly link: string
  readonly waited: number
  readonly state: LiveState | undefined
  /** Whether the pods were looked at. */
  readonly deepHealth: boolean
}

/** Verdict, how we know, then the table. */
export function successReport({
  application,
  wanted,
  live,
  link,
  waited,
  state,
  deepHealth,
}: Success): string {
  const name = escapeMarkdown(application)
  const verdict =
    live.result === 'live'
      ? `## ✅ ${name}: commit ${inlineCode(wanted.slice(0, 7))} is live`
      : `## ✅ ${name}: a newer commit ${inlineCode(live.revision.slice(0, 7))}, which contains ${inlineCode(wanted.slice(0, 7))}, is live`
  const images = state?.application.status.summary.images ?? []
  return [
    verdict,
    '',
    `Synced, healthy${deepHealth ? ' down to the pods' : ''}, looked at twice, settled: ${formatDuration(waited)}. [Application](${link})`,
    ...(deepHealth ? [] : ['', 'The pods were not looked at: `deep-health` is false.']),
    '',
    ...(images.length === 0
      ? []
      : ['| image |', '|:--|', ...images.map((image) => `| ${inlineCode(image)} |`), '']),
  ].join('\n')
}

interface Unsuccessful extends Omit<Success, 'live' | 'deepHealth'> {
  readonly failure: Failure
  readonly seen: string
  readonly source: SelectedSource
  readonly troubles: readonly PodTrouble[]
  /** Whether output of the user's containers may be shown. */
  readonly showLogs: boolean
  /** What the crashing container said last; '' where that is not known or not to be shown. */
  readonly log: string
}

/** Kinds of failure that tell about our access, and nothing about the commit. */
const BLIND = new Set<Failure['kind']>(['auth', 'upstream', 'rate-limit', 'config', 'internal'])

/** Why and what to do first, then wanted and seen side by side. */
export function failureReport(unsuccessful: Unsuccessful): string {
  const { application, wanted, failure, seen, link, waited, state, log } = unsuccessful
  const { next, kind } = failure.details
  const commit = inlineCode(wanted.slice(0, 7))
  const name = escapeMarkdown(application)
  return [
    BLIND.has(kind)
      ? `## ❌ ${name}: whether commit ${commit} is live could not be told`
      : `## ❌ ${name}: commit ${commit} is not live`,
    '',
    `**Why:** ${escapeMarkdown(failure.details.what)}: ${seen.split('\n').map(escapeMarkdown).join('<br>')}`,
    '',
    `**Do this:** ${adviceMarkdown(next)}. [Application](${link})`,
    '',
    `Found after ${formatDuration(waited)}, kind ${inlineCode(kind)}.`,
    '',
    ...(state === undefined ? [] : wantedAndSeen(state, unsuccessful)),
    ...(log === ''
      ? []
      : [
          '<details><summary>Last lines of the container</summary>',
          '',
          codeFence(log, 'text'),
          '',
          '</details>',
          '',
        ]),
  ].join('\n')
}

function wantedAndSeen(
  { application, tree, relation }: LiveState,
  { wanted, source, troubles, showLogs }: Unsuccessful,
): string[] {
  const { sync, health, operationState } = application.status
  const current = revisionOf(sync, source).slice(0, 7)
  const mark = (good: boolean) => (good ? '✅' : '❌')
  const unfinished = tree === undefined ? [] : unfinishedNodes(tree)
  const rows = unfinished.slice(0, MOST_ROWS).map(({ uid, kind, name, health: node }) => {
    const own = troubles.find(({ pod }) => pod !== undefined && pod.metadata.uid === uid)?.trouble
    const seen = own === undefined ? (node?.status ?? '') : describeTrouble(own, showLogs)
    return `| ${escapeMarkdown(kind)} ${inlineCode(name)} | Healthy | ${escapeMarkdown(seen)} ❌ |`
  })
  return [
    '| | wanted | seen |',
    '|:--|:--|:--|',
    `| revision | ${inlineCode(wanted.slice(0, 7))} | ${inlineCode(current)} ${mark(relation === 'same' || relation === 'newer')} |`,
    `| sync | Synced | ${escapeMarkdown(sync.status)} ${mark(sync.status === 'Synced')} |`,
    `| operation | Succeeded | ${escapeMarkdown(operationState?.phase ?? 'none')} ${mark(operationState?.phase === 'Succeeded')} |`,
    `| health | Healthy | ${escapeMarkdown(health.status)} ${mark(health.status === 'Healthy')} |`,
    ...rows,
    ...(unfinished.length > MOST_ROWS
      ? [`| ${unfinished.length - MOST_ROWS} more | Healthy | not yet ❌ |`]
      : []),
    '',
  ]
}

const MOST_ROWS = 12
