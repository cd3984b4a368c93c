import { isSyncing, isThere, type LiveState } from '@mlops-actions/argocd'
import { escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import { matchesImage } from '@mlops-actions/kubernetes/pods'
import type { Eyes } from '../fleet/member.ts'
import { ago, commitMarkdown, phrase, RELATION, revisionSeen, since } from './describe.ts'
import type { Evidence } from './evidence.ts'

export interface Compared {
  readonly state: LiveState
  readonly eyes: Pick<Eyes, 'source' | 'revision'>
  readonly images: readonly string[]
  /** URI of the model that is expected. */
  readonly storageUri: string | undefined
  readonly evidence: Pick<Evidence, 'wanted' | 'current'>
}

/** What was wanted beside what was seen, each with its age. Pure. */
export function wantedAndSeen({ state, eyes, images, storageUri, evidence }: Compared): readonly string[] {
  const { application, relation, now } = state
  const { sync, health, operationState, reconciledAt } = application.status
  const wanted = eyes.revision
  const current = revisionSeen(state, eyes)
  const at =
    current === wanted ? commitMarkdown(current, undefined) : commitMarkdown(current, evidence.current)
  const compared = ago(reconciledAt, now)
  return [
    '| | wanted | seen |',
    '|:--|:--|:--|',
    row(
      'revision',
      wanted === undefined ? 'any' : commitMarkdown(wanted, evidence.wanted),
      current === '' ? 'none' : [at, RELATION[relation]].filter(Boolean).join(', '),
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
    ...images.map((image) => imageRow(image, state)),
    ...(storageUri === undefined ? [] : [modelRow(storageUri, state)]),
    '',
  ]
}

/** As the verdict has it: what objects ask for counts, too, and a name with another registry before it. */
function imageRow(image: string, { application, declared }: LiveState): string {
  const all = [...application.status.summary.images, ...declared.flatMap(({ images }) => images)]
  const found = all.find((one) => matchesImage(one, { image }))
  return row(
    'image',
    inlineCode(image),
    found === undefined ? listed(all) : inlineCode(found),
    found !== undefined,
  )
}

function modelRow(storageUri: string, { declared }: LiveState): string {
  const all = declared.flatMap(({ models }) => models)
  const isSeen = all.includes(storageUri)
  return row('model', inlineCode(storageUri), isSeen ? inlineCode(storageUri) : listed(all), isSeen)
}

function listed(values: readonly string[]): string {
  return [...new Set(values)].slice(0, 3).map(inlineCode).join(', ') || 'none'
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
