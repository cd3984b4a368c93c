import { isSyncing, isThere, type LiveState } from '@mlops-actions/argocd'
import { escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import { ago, commitMarkdown, phrase, RELATION, revisionSeen, since } from './describe.ts'
import type { Evidence } from './evidence.ts'
import type { Eyes } from './member.ts'

export interface Compared {
  readonly state: LiveState
  readonly eyes: Pick<Eyes, 'source'>
  readonly wanted: string
  readonly images: readonly string[]
  readonly evidence: Pick<Evidence, 'wanted' | 'current'>
}

/** What was wanted beside what was seen, each with its age. Pure. */
export function wantedAndSeen({ state, eyes, wanted, images, evidence }: Compared): readonly string[] {
  const { application, relation, now } = state
  const { sync, health, operationState, reconciledAt, summary } = application.status
  const current = revisionSeen(state, eyes)
  const at =
    current === wanted ? commitMarkdown(current, undefined) : commitMarkdown(current, evidence.current)
  const compared = ago(reconciledAt, now)
  return [
    '| | wanted | seen |',
    '|:--|:--|:--|',
    row(
      'revision',
      commitMarkdown(wanted, evidence.wanted),
      [current === '' ? 'none' : at, RELATION[relation]].filter(Boolean).join(', '),
      isThere(state),
    ),
    row(
      'sync',
      'Synced',
      phrase(escapeMarkdown(sync.status), compared && `(compared ${compared})`),
      sync.status === 'Synced',
    ),
    row(
      'operation',
      'Succeeded',
      operationText(state),
      operationState?.phase === 'Succeeded' && !isSyncing(application),
    ),
    row(
      'health',
      'Healthy',
      phrase(escapeMarkdown(health.status), since(health.lastTransitionTime, now)),
      health.status === 'Healthy',
    ),
    ...images.map((image) => {
      const isSeen = summary.images.includes(image)
      const seen = summary.images.slice(0, 3).map(inlineCode).join(', ')
      return row('image', inlineCode(image), isSeen ? inlineCode(image) : seen || 'none', isSeen)
    }),
    '',
  ]
}

function operationText({ application, now }: LiveState): string {
  const { operationState } = application.status
  if (operationState === undefined) return 'none'
  const { phase, startedAt, finishedAt, retryCount } = operationState
  const isRunning = phase === 'Running' || phase === 'Terminating'
  const age = isRunning ? since(startedAt, now) : ago(finishedAt, now)
  const tries = retryCount === 0 ? '' : `(tried again ${retryCount === 1 ? 'once' : `${retryCount} times`})`
  return phrase(escapeMarkdown(phase), age, tries)
}

function row(what: string, wanted: string, seen: string, isGood: boolean): string {
  return `| ${what} | ${wanted} | ${seen} ${isGood ? '✅' : '❌'} |`
}
