import {
  type Live,
  type LiveState,
  revisionOf,
  type SelectedSource,
  troubledPods,
  unfinishedNodes,
} from '@mlops-actions/argocd'
import { codeFence, escapeMarkdown, type Failure, inlineCode } from '@mlops-actions/diagnostics'
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
}

/** Verdict, how we know, then the table. */
export function successReport({ application, wanted, live, link, waited, state }: Success): string {
  const name = escapeMarkdown(application)
  const verdict =
    live.result === 'live'
      ? `## ✅ ${name}: commit ${inlineCode(wanted.slice(0, 7))} is live`
      : `## ✅ ${name}: a newer commit ${inlineCode(live.revision.slice(0, 7))}, which contains ${inlineCode(wanted.slice(0, 7))}, is live`
  const images = state?.application.status.summary.images ?? []
  return [
    verdict,
    '',
    `Synced, healthy down to the pods, looked at twice, settled: ${formatDuration(waited)}. [Application](${link})`,
    '',
    ...(images.length === 0
      ? []
      : ['| image |', '|:--|', ...images.map((image) => `| ${inlineCode(image)} |`), '']),
  ].join('\n')
}

interface Unsuccessful extends Omit<Success, 'live'> {
  readonly failure: Failure
  readonly seen: string
  readonly source: SelectedSource
  /** What the crashing pod said last; '' where that is not known or not to be shown. */
  readonly log: string
}

/** Why and what to do first, then wanted and seen side by side. */
export function failureReport({
  application,
  wanted,
  failure,
  seen,
  link,
  waited,
  state,
  source,
  log,
}: Unsuccessful): string {
  const { next, kind } = failure.details
  return [
    `## ❌ ${escapeMarkdown(application)}: commit ${inlineCode(wanted.slice(0, 7))} is not live`,
    '',
    `**Why:** ${seen.split('\n').map(escapeMarkdown).join('<br>')}`,
    '',
    `**Do this:** ${escapeMarkdown(next)}. [Application](${link})`,
    '',
    `Found after ${formatDuration(waited)}, kind ${inlineCode(kind)}.`,
    '',
    ...(state === undefined ? [] : wantedAndSeen(wanted, state, source)),
    ...(log === ''
      ? []
      : [
          '<details><summary>Last lines of the pod</summary>',
          '',
          codeFence(log, 'text'),
          '',
          '</details>',
          '',
        ]),
  ].join('\n')
}

function wantedAndSeen(
  wanted: string,
  { application, tree, relation }: LiveState,
  source: SelectedSource,
): string[] {
  const { sync, health, operationState } = application.status
  const current = revisionOf(sync, source).slice(0, 7)
  const mark = (good: boolean) => (good ? '✅' : '❌')
  const pods = tree === undefined ? [] : troubledPods(tree)
  const unfinished = tree === undefined ? [] : unfinishedNodes(tree)
  return [
    '| | wanted | seen |',
    '|:--|:--|:--|',
    `| revision | ${inlineCode(wanted.slice(0, 7))} | ${inlineCode(current)} ${mark(relation === 'same' || relation === 'newer')} |`,
    `| sync | Synced | ${escapeMarkdown(sync.status)} ${mark(sync.status === 'Synced')} |`,
    `| operation | Succeeded | ${escapeMarkdown(operationState?.phase ?? 'none')} ${mark(operationState?.phase === 'Succeeded')} |`,
    `| health | Healthy | ${escapeMarkdown(health.status)} ${mark(health.status === 'Healthy')} |`,
    ...pods.map(
      ({ pod, reason, message }) =>
        `| pod ${inlineCode(pod)} | running | ${escapeMarkdown(`${reason} ${message}`.trim())} ❌ |`,
    ),
    ...unfinished
      .filter(({ name }) => !pods.some(({ pod }) => pod === name))
      .map(
        ({ kind, name, health: node }) =>
          `| ${escapeMarkdown(kind)} ${inlineCode(name)} | Healthy | ${escapeMarkdown(node?.status ?? '')} ❌ |`,
      ),
    '',
  ]
}
