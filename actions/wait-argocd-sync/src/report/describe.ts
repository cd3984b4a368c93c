import {
  type CommitInfo,
  type LiveState,
  type Relation,
  shortRevision,
  syncedRevision,
} from '@mlops-actions/argocd'
import { escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import { formatDuration } from '@mlops-actions/text'
import type { Eyes } from '../fleet/member.ts'

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

/** The revision that Argo CD was at last; '' where that is not known. */
export function revisionSeen(state: LiveState | undefined, { source }: Pick<Eyes, 'source'>): string {
  return state === undefined ? '' : syncedRevision(state.application, source)
}

/** `` `0a1b2c3` Raise the threshold ``: the subject is foreign text. */
export function commitMarkdown(revision: string, info: CommitInfo | undefined): string {
  const subject = info?.message.split('\n', 1)[0]?.trim() ?? ''
  const id = inlineCode(shortRevision(revision))
  return subject === '' ? id : `${id} ${escapeMarkdown(subject.slice(0, 80))}`
}

/** A link behind a sentence; '' where the page is not known. */
export function linkMarkdown(link: string): string {
  return link === '' ? '' : ` [Application](${link})`
}

/** How what Argo CD is at relates to the wanted commit, in words. */
export const RELATION: Readonly<Record<Relation, string>> = {
  same: '',
  newer: 'a newer commit that contains it',
  older: 'an older commit',
  elsewhere: 'it follows something that the commit is not on',
  diverged: 'a commit that does not contain it',
  unknown: 'whether it contains it is not known',
}

/** `12 s ago`; '' where the time is not known. */
export function ago(at: string | undefined, now: number): string {
  const age = now - Date.parse(at ?? '')
  if (Number.isNaN(age)) return ''
  // What is dated has whole seconds.
  return age < 1_000 ? 'just now' : `${formatDuration(age)} ago`
}

/** `for 3 min`; '' where the time is not known. */
export function since(at: string | undefined, now: number): string {
  const age = now - Date.parse(at ?? '')
  if (Number.isNaN(age)) return ''
  return age < 1_000 ? 'just now' : `for ${formatDuration(age)}`
}

/** The words that are not empty, as one phrase. */
export function phrase(...words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' ')
}
